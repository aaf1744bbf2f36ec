import Foundation
import Testing

@Suite("Readings of one's own in Parquet and SQLite", .timeLimit(.minutes(30)))
struct RecordingFormatTests {
    private let workspace: Workspace

    private struct Files: Decodable {
        var names: [String]
    }

    init() throws {
        workspace = try Workspace()
        var text = "ts,pump,T1,Flow (l/s),remark\n"
        for row in 0..<3_000 {
            let (minute, second) = (row / 2 % 60, row % 2)
            let time =
                "2025-01-0\(1 + row / 2_880)T\(String(100 + row / 120 % 24).dropFirst()):\(String(100 + minute).dropFirst()):00"
            let level = row * 7_919 % 613 - 150
            let temperature = row % 50 == 49 ? "" : "\(level < 0 ? "-" : "")\(abs(level) / 10).\(abs(level) % 10)"
            let flow = row % 60 == 59 ? "" : "\(4_000 + row * 31 % 97)"
            text += "\(time),P\(second),\(temperature),\(flow),\(row % 9 == 0 ? "\"a, \"\"b\"\"\"" : "ok")\n"
        }
        try workspace.write(text, to: "plant.csv")
        try workspace.write(
            "dataset: {name: plant, seed: 3}\nanomalies: {probability: 0.1}\noutputs: [csv]\n",
            to: "r.yaml"
        )
    }

    private func inject(_ data: String, _ options: String..., to output: String) throws -> Outcome {
        try workspace.run(["inject", data, "r.yaml", "-o", output, "--time", "ts", "--sensor", "pump"] + options)
    }

    @Test("are those of CSV, whatever wrote them and how, and are checked again from the dataset's copy")
    func sameReadings() throws {
        let files: Files = try workspace.read(with: "recordings", workspace.path("plant.csv"), workspace.path("files"))
        #expect(files.names.count > 25)
        let plain = try inject("plant.csv", to: "plain")
        try #require(plain.status == 0, "\(plain.errors)")
        let readings = try workspace.bytes("plain/readings.csv.gz")
        for name in files.names {
            let outcome = try inject("files/\(name)", to: "out/\(name)")
            #expect(outcome.status == 0, "\(name): \(outcome.errors)")
            #expect(try workspace.bytes("out/\(name)/readings.csv.gz") == readings, "\(name)")
        }
        for (name, copy) in [("delta.parquet", "recording.parquet"), ("plant.db", "recording.db")] {
            #expect(try workspace.bytes("out/\(name)/\(copy)") == workspace.bytes("files/\(name)"))
            for check in [["verify", "out/\(name)", "--regenerate"], ["audit", "out/\(name)"]] {
                let outcome = try workspace.run(check)
                #expect(outcome.status == 0, "\(check): \(outcome.errors)")
            }
            try workspace.generate("out/\(name)/recipe.yaml", to: "again/\(name)")
            #expect(try workspace.differences("out/\(name)", "again/\(name)") == [])
        }
        let nested = try inject("files/nested.parquet", "--overwrite", to: "out/nested.parquet")
        #expect(nested.errors.contains("the column \"list\" is left out") && nested.errors.contains("\"record\""))
        let learnt = try workspace.run("learn", "files/zstd-2.parquet", "--time", "ts", "--sensor", "pump", "--quiet")
        let same = try workspace.run("learn", "plant.csv", "--time", "ts", "--sensor", "pump", "--quiet")
        #expect(learnt.status == 0 && same.status == 0)
        // But for the names that the first lines have from the file's, and the digest of all in the last one.
        func lines(_ text: String) -> [Substring] { text.split(separator: "\n").dropFirst(5).dropLast() }
        #expect(lines(learnt.output) == lines(same.output))
        let columns = ["--table", "readings", "--time", "ts", "--sensor", "pump"]
        let audit = try workspace.run(["audit", "plain", "--against", "files/plant.db"] + columns)
        #expect(audit.errors.contains("files/plant.db: the dataset has 2 whole days and the file 2"), "\(audit.errors)")
        try refused()
    }

    /// What cannot be taken as it stands is named by row and column.
    private func refused() throws {
        for (name, hint) in [
            ("brotli.parquet", "is compressed by Brotli; Zstandard, Snappy and gzip are read"),
            ("moment.parquet", "\"ts\" with a time that is none of 1900 to 2199 in whole microseconds"),
            ("twice.parquet", "row 3001: a second reading of P1 at 2025-01-01T00:03:00.000000, as in row 8"),
            ("two.db", "recording.table (--table) says which of its tables has the readings: \"pumps\", \"valves\""),
            ("busy.db", "beside it is a log"),
            ("timeless.parquet", "there is no column \"ts\" among \"x\""),
        ] {
            let outcome = try inject("files/\(name)", to: "refused")
            #expect(outcome.status == 65 && outcome.errors.contains(hint), "\(name): \(outcome.errors)")
            #expect(outcome.errorLines.count == 1 && !workspace.exists("refused"))
        }
        let table = try inject("files/plant.db", "--table", "reading", to: "refused")
        #expect(table.errors.contains("no table \"reading\" among \"notes\", \"readings\"; did you mean \"readings\"?"))
        let text = try inject("plant.csv", "--table", "readings", to: "refused")
        #expect(text.status == 65 && text.errors.contains("is for SQLite databases, and this is CSV"), "\(text.errors)")
        let option = try workspace.run("audit", "plain", "--table", "readings")
        #expect(option.status == 64 && option.errors.contains("--table needs --against"))
        // Damage at any place ends with a message.
        let whole = try workspace.bytes("files/zstd-1.parquet")
        for place in stride(from: 4, to: whole.count, by: whole.count / 40) {
            var bytes = whole
            bytes[place] ^= 0x5A
            try workspace.write(bytes, to: "damaged.parquet")
            let outcome = try inject("damaged.parquet", "--overwrite", to: "damaged")
            #expect([0, 65].contains(outcome.status), "byte \(place): \(outcome.status) \(outcome.errors)")
            try workspace.write(whole.prefix(place), to: "cut.parquet")
            #expect(try inject("cut.parquet", to: "cut").status == 65)
        }
    }
}
