import Foundation
import Testing

@Suite("verify", .timeLimit(.minutes(30)))
struct VerifyTests {
    private let workspace: Workspace

    /// Makes the digests fit the files.
    private static let sums = "cd set && rm SHA256SUMS && sha256sum * > ../sums && mv ../sums SHA256SUMS"

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.generate("nasty.yaml", to: "set")
    }

    /// `verify` must refuse the dataset and name the file.
    private func expectRefusal(naming name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let outcome = try workspace.run("verify", "set", "--quiet")
        let lines = outcome.errorLines
        #expect(outcome.status == 76, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.output == "", sourceLocation: sourceLocation)
        #expect(lines.allSatisfy { $0.hasPrefix("error: ") }, "\(lines)", sourceLocation: sourceLocation)
        #expect(lines.contains { $0.contains("set/\(name)") }, "\(lines)", sourceLocation: sourceLocation)
    }

    @Test("accepts a good dataset")
    func good() throws {
        let outcome = try workspace.run("verify", "set")
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        for name in DatasetFile.all { #expect(outcome.output.contains(name), "\(name)") }
        #expect(try workspace.run("verify", "set/").status == 0)
        let quiet = try workspace.run("verify", "set", "--quiet")
        #expect(quiet.status == 0)
        #expect(quiet.output == "")
    }

    @Test("reports as one JSON object")
    func json() throws {
        struct Report: Decodable {
            struct Check: Decodable {
                var subject: String
                var ok: Bool
            }
            var ok: Bool
            var checks: [Check]
        }
        let good: Report = try workspace.run("verify", "set", "--json").decoded()
        #expect(good.ok)
        #expect(Set(good.checks.map(\.subject)) == Set(DatasetFile.all))
        try workspace.write("more", to: "set/sensors.csv")
        let outcome = try workspace.run("verify", "set", "--json")
        #expect(outcome.status == 76)
        let bad: Report = try outcome.decoded()
        #expect(!bad.ok)
        #expect(Set(bad.checks.filter { !$0.ok }.map(\.subject)) == ["sensors.csv"])
    }

    @Test("names a file with a flipped bit, and one that is gone", arguments: DatasetFile.all)
    func damage(name: String) throws {
        let good = try workspace.bytes("set/\(name)")
        for position in [0, good.count / 2, good.count - 1] {
            var bad = good
            bad[bad.startIndex + position] ^= 1
            try workspace.write(bad, to: "set/\(name)")
            // A wrong digest in the list is a complaint about the file it stands for.
            try expectRefusal(naming: name == "SHA256SUMS" ? "" : name)
        }
        try workspace.write(good, to: "set/\(name)")
        #expect(try workspace.run("verify", "set").status == 0)
        try workspace.remove("set/\(name)")
        try expectRefusal(naming: name)
    }

    @Test("names a file too many")
    func extra() throws {
        try workspace.write("x", to: "set/notes.txt")
        let outcome = try workspace.run("verify", "set")
        #expect(outcome.status == 76)
        #expect(outcome.errors.contains("notes.txt"))
    }

    @Test("names a gzip file cut short, even where the digests are made to fit", arguments: [1, 8, 1_000])
    func truncation(missing: Int) throws {
        let name = "readings.jsonl.gz"
        try workspace.write(workspace.bytes("set/\(name)").dropLast(missing), to: "set/\(name)")
        try expectRefusal(naming: name)
        #expect(try workspace.shell(Self.sums).status == 0)
        try expectRefusal(naming: name)
    }

    @Test("names a zstd file that is damaged, even where the digests are made to fit")
    func frames() throws {
        let name = "readings.csv.zst"
        try workspace.generate("nasty.yaml", to: "set", "--overwrite", "--set", "outputs={csv: {compression: zstd}}")
        let good = try workspace.bytes("set/\(name)")
        #expect(try workspace.run("verify", "set").output.contains("\(name): it has "))
        var flipped = good
        flipped[flipped.startIndex + flipped.count / 2] ^= 1
        for (bad, words) in [
            (good.dropLast(1), "it ends in the middle"), (good + [7], "there are bytes behind the end"),
            (good.dropFirst(1), "it is not zstd"), (flipped, ""),
        ] {
            try workspace.write(Data(bad), to: "set/\(name)")
            try expectRefusal(naming: name)
            #expect(try workspace.shell(Self.sums).status == 0)
            try expectRefusal(naming: name)
            #expect(try workspace.run("verify", "set").errors.contains("set/\(name): \(words)"))
        }
    }

    @Test("names a table with too few rows, even where the digests are made to fit")
    func rows() throws {
        let change = "sqlite3 set/readings.sqlite 'DELETE FROM events WHERE event_id = 3'"
        #expect(try workspace.shell("\(change) && \(Self.sums)").status == 0)
        try expectRefusal(naming: "readings.sqlite")
    }

    @Test("computes the readings anew, whatever the environment says, and writes nothing")
    func regeneration() throws {
        let before = try workspace.names(in: "set")
        let environment = ["SENSOR_INTERVAL": "1", "ANOMALY_PROBABILITY": "0.9", "SENSOR_ID": "OTHER"]
        let outcome = try workspace.run("verify", "set", "--regenerate", environment: environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("readings.jsonl.gz: it has "))
        #expect(outcome.output.contains("all as recipe.yaml gives them"))
        #expect(try workspace.names(in: "set") == before)
        let single = try workspace.run("verify", "set", "--regenerate", "--threads", "1")
        #expect(single.output == outcome.output)
    }

    @Test("says which row and column of which file first differs from what the recipe gives")
    func difference() throws {
        let name = "readings.csv.gz"
        let change = "gzip -dc set/\(name) | sed '201s/,0$/,1/' | gzip -n > new && mv new set/\(name)"
        #expect(try workspace.shell("\(change) && \(Self.sums)").status == 0)
        let outcome = try workspace.run("verify", "set", "--regenerate", "--quiet")
        #expect(outcome.status == 76)
        #expect(
            outcome.errorLines.contains { line in
                line.hasPrefix("error: set/\(name): row 200, reading ")
                    && line.hasSuffix(": synced is 1, not 0 (by recipe.yaml)")
            },
            "\(outcome.errors)"
        )
    }

    @Test("says which dataset there is not")
    func absent() throws {
        let outcome = try workspace.run("verify", "nowhere")
        #expect(outcome.status == 66)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains("nowhere"))
    }
}
