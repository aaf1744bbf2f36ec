import DatasetChecks
import DatasetFiles
import DatasetGen
import Foundation
import Testing

/// Verification of whole datasets: untouched ones pass, and what disagrees is named even where the digests fit.
@Suite
struct VerificationTests {
    private static func recipe(order: String = "time", _ outputs: String) -> String {
        """
        dataset: {order: \(order), duration: 4h, start: 1969-12-31T23:00:00Z}
        simulation: {interval: 1s}
        fleet:
          - {count: 2, prefix: "a,\\"b", location: {city: "O'Brien \\"Lab\\", é ☃", coordinates: {latitude: -33.8, longitude: 0}}}
          - {count: 1, prefix: d, location: Oslo, height_meters: 2.5}
        normal_parameters: {temperature: {resolution: 0.0625}, humidity: {resolution: 1}}
        anomalies:
          probability: 0.2
          types: {missing_data: {duration: 1m, modes: [null, omit, stuck]}, trend: {duration: 1m}}
        outputs: \(outputs)
        """
    }

    @Test(
        arguments: ["time", "sensor"],
        [
            "{csv: {}, jsonl: {}, sqlite: {}}",
            "{csv: {timestamps: epoch_s}, jsonl: {timestamps: utc, compression: zstd}, sqlite: {timestamps: epoch_ns}}",
            "{csv: {compression: none}, jsonl: {timestamps: epoch_ms}, sqlite: {indexes: [timestamp]}, clean: true}",
            "{csv: {timestamps: epoch_us}, jsonl: {compression: none}}", "[csv, clean]", "[jsonl, clean]",
            "[sqlite, clean]",
        ]
    )
    func untouchedDatasetsPass(order: String, outputs: String) async throws {
        let dataset = try await AuditedDataset(Self.recipe(order: order, outputs))
        #expect(dataset.plan.rows.count > 2 * GenerationPlan.rowsPerBlock)
        #expect(try await dataset.problems() == [])
        #expect(try await dataset.problems(regenerates: true) == [])
        let report = try await dataset.verify()
        #expect(Set(report.checks.map(\.subject)) == Set(try dataset.names()))
    }

    private typealias Bench = VerificationBench

    /// The fields of a line of `readings.csv`, none of which has a comma.
    private func replace(_ line: inout String, _ field: Int, by text: String) {
        var fields = line.components(separatedBy: ",")
        fields[field] = text
        line = fields.joined(separator: ",")
    }

    @Test func changedRowsAreNamed() async throws {
        let bench = try await Bench()
        let lines = String(decoding: bench.good["readings.csv"]!, as: UTF8.self).components(separatedBy: "\n")
        let row = try #require(lines.indices.first { $0 >= 100 && lines[$0].contains(",0,0,,") })
        let fields = lines[row].components(separatedBy: ",")
        let reading = "reading \(fields[0]) (\(fields[2]) at \(fields[1]))"
        let change: (Int, String) -> String = {
            "row \(row), \(reading): \($1), not \(fields[$0]) (by readings.sqlite)"
        }
        for (field, text, words) in [
            (0, "7", "id is 7"), (1, "2025", "timestamp is 2025"), (2, "T", "sensor_id is T"),
            (3, "-9.99", "temperature is -9.99"), (8, "1", "anomaly_flag is 1"), (11, "X", "model is X"),
            (17, "Mars/Base", "timezone is Mars/Base"), (21, "1", "synced is 1"),
        ] {
            try await bench.expect("readings.csv", change(field, words)) { replace(&$0[row], field, by: text) }
        }
        try await bench.expect(
            "readings.csv",
            "row \(row), \(reading): temperature is empty, not \(fields[3]) (by readings.sqlite)"
        ) {
            replace(&$0[row], 3, by: "")
        }
        try await bench.expect("readings.csv", "before row \(row) that of \(reading) is missing (by readings.sqlite)") {
            $0.remove(at: row)
        }
        try await bench.expect(
            "readings.csv",
            "before row \(row), \(reading), there is one too many (by readings.sqlite)"
        ) {
            $0.insert($0[row - 1], at: row)
        }
        try await bench.expect("readings.csv", "its header is wrong: voltage is volts, not voltage") {
            $0[0] = $0[0].replacingOccurrences(of: "voltage", with: "volts")
        }
        let rows = lines.count - 2
        try await bench.expect("readings.csv", "there are rows behind row \(rows), the last") {
            $0.insert("x", at: rows + 1)
        }
        try await bench.expect(
            "readings.jsonl",
            "row \(row), \(reading): readings.humidity is -1, not \(fields[4]) (by readings.sqlite)"
        ) {
            $0[row - 1] = $0[row - 1].replacingOccurrences(of: "\"humidity\":\(fields[4])", with: "\"humidity\":-1")
        }
        try await bench.expect("readings.jsonl", "row \(row), \(reading): it is not JSON (by readings.sqlite)") {
            $0[row - 1] = "{"
        }
    }

    @Test func whatTheDatabaseSaysIsComparedToo() async throws {
        let bench = try await Bench()
        func expect(_ sql: String, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws {
            let problems = try await bench.problems { try $0.execute(sql) }
            for words in words {
                #expect(problems.contains { $0.hasPrefix(words) }, "\(problems)", sourceLocation: sourceLocation)
            }
        }
        try await expect(
            "UPDATE sensor_data SET pressure = 1 WHERE id = 3",
            "readings.csv: row 3, reading 3 (S_000003 at 2025-01-05T00:00:00.000000): pressure is ",
            "readings.jsonl: row 3,",
            "manifest.json: content_sha256 is ",
            "manifest.json: statistics.pressure.normal.min is "
        )
        try await expect(
            "UPDATE sensor_data SET pressure = 1013.251 WHERE id = 3",
            "readings.sqlite: reading 3 (S_000003"
        )
        try await expect("UPDATE sensor_data SET location = 'x' WHERE id = 9", "readings.sqlite: reading 9 (S_000004")
        try await expect("UPDATE sensor_data SET synced = 1 WHERE id = 9", "readings.sqlite: reading 9 (S_000004")
        try await expect("UPDATE sensor_data SET timestamp = 'x' WHERE id = 9", "readings.sqlite: reading 9 (S_000004")
        try await expect(
            "UPDATE sensor_data SET id = 99999 WHERE id = 9",
            "readings.sqlite: sensor_data has a reading 99999"
        )
        try await expect(
            "UPDATE sensor_data SET anomaly_flag = 1, status_code = 1, anomaly_type = 'noise' WHERE id = 1",
            "events.csv: reading 1 (S_000001 at 2025-01-05T00:00:00.000000) is noise, by events.csv it is pattern"
        )
        try await expect(
            "UPDATE events SET magnitude = 99 WHERE event_id = 2",
            "readings.sqlite: row 2 of events: magnitude is 99"
        )
        try await expect(
            "DELETE FROM events WHERE event_id = 2",
            "readings.sqlite: row 2 of events: event_id is 3, in events.csv 2"
        )
        try await expect(
            "UPDATE sensors SET model = 'x' WHERE rowid = 2",
            "readings.sqlite: row 2 of sensors (S_000002): model is x"
        )
        try await expect("UPDATE dataset SET value = '9' WHERE key = 'seed'", "readings.sqlite: seed in dataset is 9")
        try await expect(
            "ALTER TABLE sensor_data ADD COLUMN extra",
            "readings.sqlite: sensor_data has a column too many: extra"
        )
        try await expect("CREATE INDEX i ON sensor_data (id)", "readings.sqlite: its indexes are i, not none")
    }

    @Test func eventsAreHeldAgainstLabels() async throws {
        let bench = try await Bench(
            """
            dataset: {duration: 1h}
            simulation: {interval: 5s}
            anomalies: {probability: 0.3, types: {spike: {}, trend: {duration: 30s}}}
            outputs: {csv: {compression: none}}
            """
        )
        let lines = String(decoding: bench.good["events.csv"]!, as: UTF8.self).components(separatedBy: "\n")
        let row = try #require(lines.indices.first { lines[$0].contains(",trend,") && $0 > 2 && $0 < lines.count - 3 })
        let fields = lines[row].components(separatedBy: ",")
        let first = try #require(Int(fields[6]))
        let changes: [(Int, String, String)] = [
            (2, "noise", "is trend, by events.csv it is noise"), (0, "99", "stands event 99 (trend of"),
            (8, "77", "row \(row) of events.csv: readings is 77, but from first to last there are"),
            (4, "2025-01-01T00:00:01.000000", "row \(row) of events.csv: start is 2025-01-01T00:00:01.000000, but by"),
            (1, "NOBODY", "row \(row) of events.csv: the fleet has no sensor"),
        ]
        for (field, text, words) in changes {
            let problems = try await bench.problems {
                try $0.change("events.csv") { replace(&$0[row], field, by: text) }
            }
            #expect(problems.contains { $0.hasPrefix("events.csv: ") && $0.contains(words) }, "\(problems)")
        }
        let removed = try await bench.problems { try $0.change("events.csv") { $0.remove(at: row) } }
        #expect(
            removed.contains { $0.hasPrefix("events.csv: reading \(first) (") && $0.hasSuffix("it is normal") },
            "\(removed)"
        )
        #expect(removed.contains { $0.hasPrefix("manifest.json: labels.types.trend.events is ") }, "\(removed)")
    }

    @Test func figuresOfTheManifestAreThoseOfTheRows() async throws {
        let bench = try await Bench()
        for (key, words) in [
            ("\"anomalous\": ", "labels.anomalous is 1"), ("\"mean\": ", "statistics.temperature.normal.mean is 1"),
            ("\"seed\": ", "seed is 1"), ("\"rows\": ", "rows is 1"), ("\"ticks\": ", "time.ticks is 1"),
            ("\"column\": \"", "schema.0.column is 1d"),
        ] {
            let problems = try await bench.problems { dataset in
                try dataset.change("manifest.json") { lines in
                    let line = try #require(lines.firstIndex { $0.contains(key) })
                    let rest = lines[line].range(of: key)!
                    lines[line]
                        .replaceSubrange(
                            rest.upperBound...,
                            with: key.hasSuffix("\"") ? "1d\"," : lines[line].hasSuffix(",") ? "1," : "1"
                        )
                }
            }
            #expect(problems.contains { $0.hasPrefix("manifest.json: " + words) }, "\(key) \(problems)")
        }
    }

    @Test func regenerationNamesTheFirstDifference() async throws {
        let bench = try await Bench()
        let lines = String(decoding: bench.good["readings.csv"]!, as: UTF8.self).components(separatedBy: "\n")
        let fields = lines[9].components(separatedBy: ",")
        let old = "\(fields[3]),\(fields[4])"
        let csv = try await bench.problems(regenerates: true) {
            try $0.change("readings.csv") { replace(&$0[9], 3, by: "-1.5") }
        }
        #expect(
            csv == [
                "readings.csv: row 9, reading 9 (\(fields[2]) at \(fields[1])): temperature is -1.5, not \(fields[3]) (by recipe.yaml)"
            ],
            "\(old)"
        )
        let sql =
            "UPDATE sensor_data SET pressure = 1, anomaly_flag = 0, status_code = 0, anomaly_type = NULL WHERE id = 9"
        let database = try await bench.problems(regenerates: true) { try $0.execute(sql) }
        #expect(
            database.allSatisfy { $0.hasPrefix("readings.sqlite: reading 9 (") && $0.hasSuffix("(by recipe.yaml)") }
        )
        #expect(database.count == 1, "\(database)")
        let events = try await bench.problems(regenerates: true) { dataset in
            try dataset.change("events.csv") { replace(&$0[2], 9, by: "9.5") }
        }
        #expect(
            events.contains { $0.hasPrefix("events.csv: row 2, event 2 (") && $0.contains("magnitude is 9.5, not ") }
        )
    }

    @Test func datasetsOfOtherVersionsAreNoted() async throws {
        let bench = try await Bench("outputs: [csv]")
        let problems = try await bench.problems { dataset in
            try dataset.change("manifest.json") { lines in
                for line in lines.indices {
                    lines[line] = lines[line].replacingOccurrences(of: "\"\(Generator.version)\"", with: "\"0.0.9\"")
                }
            }
        }
        #expect(problems == [])
        let notes = try await bench.dataset.verify().checks.filter { $0.outcome == .note }
        #expect(notes.count == 1 && notes[0].finding.contains("0.0.9"), "\(notes)")
    }

    @Test func whatIsNoFileIsNotRead() async throws {
        let dataset = try await AuditedDataset("outputs: [csv]")
        try FileManager.default.removeItem(atPath: dataset.path + "/events.csv")
        try #require(mkfifo(dataset.path + "/events.csv", 0o644) == 0)
        #expect(try await dataset.problems().contains("events.csv: it is not a file"))
    }
}
