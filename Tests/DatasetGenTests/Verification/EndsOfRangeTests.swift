import DatasetChecks
import DatasetGen
import Foundation
import Testing

/// Numbers at the ends of their range, in any place of a dataset, are findings and no accidents.
@Suite(.timeLimit(.minutes(30)))
struct EndsOfRangeTests {
    private static let recipe = """
        dataset: {seed: 2, duration: 40s}
        replicas: {count: 2, prefix: E}
        anomalies: {probability: 0.3, types: {spike: {}, missing_data: {duration: 3s, max_duration: 3s}}}
        outputs: {csv: {compression: none}, jsonl: {compression: none, timestamps: epoch_ns}, sqlite: {timestamps: epoch_ms}}
        """

    private static let numbers = [
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615", "-1",
        "2147483648",
        "-2147483648", "99999999999999999999999", "1e308", "-1e400", "5e-324", "-0", "0.0000000000000000001",
    ]

    /// All that reads a dataset reads it; whether there was something to find.
    private func expectFindings(_ bench: VerificationBench, _ what: String, _ change: (AuditedDataset) throws -> Void)
        async throws
    {
        let problems = try await bench.problems(change)
        #expect(!problems.isEmpty, "\(what)")
        let regenerated = try await bench.dataset.problems(regenerates: true)
        #expect(!regenerated.isEmpty, "\(what)")
        for format in [OutputFormat.csv, .jsonl, .sqlite] { _ = try bench.dataset.audit(format) }
    }

    @Test(arguments: ["events.csv", "sensors.csv", "readings.csv"])
    func inTables(name: String) async throws {
        let bench = try await VerificationBench(Self.recipe)
        let lines = String(decoding: try #require(bench.good[name]), as: UTF8.self).components(separatedBy: "\n")
        let count = lines[0].components(separatedBy: ",").count
        for column in 0..<count {
            for index in column..<column + 3 {
                let number = Self.numbers[index % Self.numbers.count]
                try await expectFindings(bench, "\(name) \(column) \(number)") { dataset in
                    try dataset.change(name) { lines in
                        for line in [1, 2, lines.count - 2] {
                            var fields = lines[line].components(separatedBy: ",")
                            fields[column] = number
                            lines[line] = fields.joined(separator: ",")
                        }
                    }
                }
            }
        }
    }

    @Test func inLinesOfJSON() async throws {
        let bench = try await VerificationBench(Self.recipe)
        for key in ["timestamp", "temperature", "humidity", "pressure", "voltage"] {
            for number in Self.numbers {
                try await expectFindings(bench, "\(key) \(number)") { dataset in
                    try dataset.change("readings.jsonl") { lines in
                        lines[4] = lines[4].replacing(try Regex("\"\(key)\":[-0-9.nul]+"), with: "\"\(key)\":\(number)")
                    }
                }
            }
        }
    }

    @Test func inTheDatabase() async throws {
        let bench = try await VerificationBench(Self.recipe)
        let columns = [
            "sensor_data": ["id", "timestamp", "temperature", "voltage", "status_code", "synced", "latitude"],
            "events": ["event_id", "start", "first_reading", "last_reading", "readings", "magnitude", "truncated"],
            "sensors": ["rowid", "latitude", "temperature_resolution"], "sqlite_sequence": ["seq", "rowid"],
        ]
        for (table, columns) in columns.sorted(by: { $0.key < $1.key }) {
            for column in columns {
                // What SQLite takes for a rowid only where it is one.
                let isKey = ["id", "event_id", "rowid"].contains(column)
                for number in Self.numbers.prefix(isKey ? 2 : 99) where number != "-0" {
                    let sql =
                        "UPDATE \(table) SET \(column) = \(number) WHERE rowid = (SELECT max(rowid) FROM \(table))"
                    try await expectFindings(bench, sql) { try $0.execute(sql) }
                }
            }
        }
    }

    @Test func inTheManifest() async throws {
        let bench = try await VerificationBench(Self.recipe)
        let lines = String(decoding: try #require(bench.good["manifest.json"]), as: UTF8.self)
            .components(separatedBy: "\n")
        let places = lines.indices.filter { lines[$0].firstMatch(of: /: -?[0-9][0-9.]*,?$/) != nil }
        #expect(places.count > 50)
        for (index, place) in places.enumerated() {
            let number = Self.numbers[index % Self.numbers.count]
            let problems = try await bench.problems { dataset in
                try dataset.change("manifest.json") { lines in
                    lines[place] = lines[place].replacing(/: -?[0-9][0-9.]*/, with: ": \(number)")
                }
            }
            #expect(!problems.isEmpty, "\(lines[place]) \(number)")
        }
    }

    /// However its end is stated, a run may last as long as time does.
    @Test(arguments: [
        "end: 2200-01-01", "end: 2200-01-01T00:00:00Z", "end: 2199-12-31T23:00:00-01:00",
        "end: 2200-01-01T05:30:00+05:30", "duration: 100s",
    ])
    func atTheEndOfTime(end: String) throws {
        let recipe = try readRecipe("dataset: {start: 2199-12-31T23:58:20Z, \(end)}")
        #expect(recipe.grid.end.zonedText == "2200-01-01T00:00:00Z")
        #expect(recipe.grid.tickCount == 100)
    }

    @Test func atTheEndsOfTime() async throws {
        for (start, duration) in [("2199-12-31T23:58:20Z", "100s"), ("1900-01-01T00:00:00Z", "100s")] {
            let dataset = try await AuditedDataset(
                """
                dataset: {seed: 1, start: \(start), duration: \(duration)}
                replicas: {count: 20}
                anomalies: {probability: 0.3, types: {trend: {duration: 30s}}}
                outputs: {csv: {compression: none}, jsonl: {timestamps: epoch_us}, sqlite: {timestamps: utc}}
                """
            )
            let events = String(decoding: try dataset.bytes("events.csv"), as: UTF8.self)
            if start.hasPrefix("2199") { #expect(events.contains(",2200-01-01T00:00:00.000000,")) }
            #expect(try await dataset.problems() == [])
            #expect(try await dataset.problems(regenerates: true) == [])
            for format in [OutputFormat.csv, .jsonl, .sqlite] { #expect(try dataset.audit(format).isExact) }
        }
    }
}
