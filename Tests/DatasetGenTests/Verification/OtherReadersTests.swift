import DatasetGen
import Foundation
import Testing

/// What any reader of a file would see is found, though rows, digests and sizes fit.
@Suite(.timeLimit(.minutes(30)))
struct OtherReadersTests {
    private static let recipe = """
        dataset: {seed: 4, duration: 5m}
        simulation: {interval: 5s}
        replicas: {count: 2, prefix: P}
        anomalies: {probability: 0.2, types: {spike: {}, missing_data: {duration: 15s, max_duration: 15s}}}
        outputs: {csv: {compression: none}, jsonl: {compression: zstd}, sqlite: {indexes: [sensor_id, timestamp]}}
        """

    private func expectFindings(
        _ bench: VerificationBench,
        in name: String,
        _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (AuditedDataset) throws -> Void
    ) async throws {
        for regenerates in [false, true] {
            let problems = try await bench.problems(of: name, regenerates: regenerates, change)
            #expect(!problems.isEmpty, "\(what), \(regenerates)", sourceLocation: sourceLocation)
        }
    }

    @Test func declarationsAreComparedToTheLetter() async throws {
        let bench = try await VerificationBench(Self.recipe)
        func rewriting(_ old: String, _ new: String, of table: String) -> String {
            """
            PRAGMA writable_schema = ON;
            UPDATE sqlite_schema SET sql = replace(sql, '\(old)', '\(new)') WHERE name = '\(table)';
            """
        }
        for sql in [
            "DROP INDEX sensor_data_timestamp; CREATE INDEX sensor_data_timestamp ON sensor_data (humidity)",
            "DROP INDEX sensor_data_timestamp; CREATE INDEX sensor_data_timestamp ON sensor_data (timestamp) WHERE id > 9",
            "DROP INDEX sensor_data_timestamp; CREATE UNIQUE INDEX sensor_data_timestamp ON sensor_data (timestamp, id)",
            "DROP INDEX sensor_data_timestamp; CREATE INDEX sensor_data_timestamp ON sensor_data (timestamp DESC)",
            "CREATE TABLE corrected (id INTEGER)", "CREATE VIEW corrected AS SELECT 1",
            "CREATE TRIGGER after_all AFTER INSERT ON events BEGIN DELETE FROM events; END", "ANALYZE",
            rewriting("model TEXT", "model TEXT COLLATE NOCASE", of: "sensor_data"),
            rewriting("synced BOOLEAN", "synced BOOLEAN CHECK (id < 100000)", of: "sensor_data"),
            rewriting("direction TEXT", "direction TEXT NOT NULL ON CONFLICT IGNORE", of: "events"),
            rewriting("value TEXT", "value TEXT UNIQUE ON CONFLICT REPLACE", of: "dataset"),
        ] {
            try await expectFindings(bench, in: "readings.sqlite", sql) { try $0.execute(sql) }
        }
    }

    @Test func settingsOfTheDatabaseAreThoseOfAnyDataset() async throws {
        let bench = try await VerificationBench(Self.recipe)
        for sql in [
            "PRAGMA user_version = 3", "PRAGMA application_id = 7", "PRAGMA schema_version = 99",
            "PRAGMA journal_mode = WAL", "PRAGMA default_cache_size = 12", "PRAGMA auto_vacuum = FULL; VACUUM",
            "PRAGMA page_size = 512; VACUUM", "DELETE FROM sqlite_sequence",
            "UPDATE sqlite_sequence SET seq = 9223372036854775807", "UPDATE sqlite_sequence SET seq = seq || ''",
            "INSERT INTO sqlite_sequence VALUES ('events', 7)",
            "CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(100000)); DROP TABLE t",
        ] {
            try await expectFindings(bench, in: "readings.sqlite", sql) { try $0.execute(sql) }
        }
        for bytes in [1, 512, 4_096, 1 << 20] {
            try await expectFindings(bench, in: "readings.sqlite", "\(bytes) bytes more") { dataset in
                try dataset.write(dataset.bytes("readings.sqlite") + Data(count: bytes), to: "readings.sqlite")
            }
        }
    }

    /// In SQLite a text may go on behind a NUL, and a BLOB may have a text's bytes.
    @Test(arguments: [
        ("events", "sensor_id"), ("events", "anomaly_type"), ("events", "metrics"), ("events", "start"),
        ("events", "end"), ("events", "difficulty"), ("dataset", "key"), ("dataset", "value"), ("sensors", "model"),
        ("sensors", "sensor_id"), ("sensors", "location"), ("sensor_data", "model"), ("sensor_data", "timestamp"),
        ("sensor_data", "sensor_id"),
    ])
    func textsAreComparedToTheirEnd(table: String, column: String) async throws {
        let bench = try await VerificationBench(Self.recipe)
        let changed = "rowid = (SELECT min(rowid) FROM \(table) WHERE \"\(column)\" IS NOT NULL)"
        for value in ["\"\(column)\" || char(0) || 'more'", "CAST(\"\(column)\" AS BLOB)"] {
            let sql = "UPDATE \(table) SET \"\(column)\" = \(value) WHERE \(changed)"
            try await expectFindings(bench, in: "readings.sqlite", sql) { try $0.execute(sql) }
        }
    }

    @Test func rowsOfEventsAreWrittenInOneWay() async throws {
        for outputs in [Self.recipe, Self.recipe.replacing("sqlite: {indexes: [sensor_id, timestamp]}", with: "")] {
            let bench = try await VerificationBench(outputs)
            let changes: [(String, (inout [String]) -> Void)] = [
                ("a field too many", { $0[3] += ",x" }),
                ("a row that is far too long", { $0[3] += String(repeating: ",x", count: 1 << 18) }),
                ("a column too many", { $0 = $0.map { $0.isEmpty ? "" : $0 + ",x" } }),
                (
                    "reversed columns",
                    {
                        $0 = $0.map {
                            $0.split(separator: ",", omittingEmptySubsequences: false).reversed().joined(separator: ",")
                        }
                    }
                ),
                ("CR LF", { $0 = $0.map { $0.isEmpty ? "" : $0 + "\r" } }), ("CR LF once", { $0[2] += "\r" }),
                ("no last line feed", { $0.removeLast() }), ("an empty line", { $0.append("") }),
                ("a zero in front", { $0[2] = "0" + $0[2] }), ("a plus", { $0[2] = "+" + $0[2] }),
                (
                    "quotes",
                    {
                        $0[2] = $0[2].replacing(",P_000", with: ",\"P_000", maxReplacements: 1)
                            .replacing(/(P_\d+),/, maxReplacements: 1) { "\($0.1)\"," }
                    }
                ),
                ("a byte order mark", { $0[0] = "\u{feff}" + $0[0] }), ("a space", { $0[2] += " " }),
                ("a line too many", { $0.insert($0[2], at: 2) }),
                ("lower precision of a time", { $0[2] = $0[2].replacing(".000000", with: "", maxReplacements: 1) }),
            ]
            for (what, change) in changes {
                try await expectFindings(bench, in: "events.csv", what) { try $0.change("events.csv", change) }
            }
        }
    }

    /// A text and the table beside it write the same times, each in its own form.
    @Test func timesOfEventsAreThoseOfTheReadingsInEveryStyle() async throws {
        for (text, table) in [("epoch_s", "naive"), ("naive", "epoch_ms"), ("epoch_ns", "utc"), ("utc", "epoch_s")] {
            let bench = try await VerificationBench(
                """
                dataset: {seed: 4, duration: 2m}
                anomalies: {probability: 0.2, types: {spike: {}, trend: {duration: 4s}}}
                outputs: {csv: {compression: none, timestamps: \(text)}, sqlite: {timestamps: \(table)}}
                """
            )
            #expect(try await bench.dataset.problems() == [])
            #expect(try await bench.dataset.problems(regenerates: true) == [])
            for column in ["start", "end"] {
                let value = table.hasPrefix("epoch") ? "\"\(column)\" + 1" : "replace(\"\(column)\", '.', '.0')"
                let sql = "UPDATE events SET \"\(column)\" = \(value) WHERE event_id = 2"
                try await expectFindings(bench, in: "readings.sqlite", sql) { try $0.execute(sql) }
            }
        }
    }

    @Test func smallFilesAreWrittenInOneWay() async throws {
        let bench = try await VerificationBench(Self.recipe)
        for name in ["sensors.csv", "readings.csv", "manifest.json"] {
            let changes: [(String, (inout [String]) -> Void)] = [
                ("CR LF", { $0 = $0.map { $0.isEmpty ? "" : $0 + "\r" } }), ("no last line feed", { $0.removeLast() }),
                ("a byte order mark", { $0[0] = "\u{feff}" + $0[0] }), ("an empty line", { $0.append("") }),
                ("a space", { $0[1] += " " }),
            ]
            for (what, change) in changes {
                try await expectFindings(bench, in: name, what) { try $0.change(name, change) }
            }
        }
        try await expectFindings(bench, in: "manifest.json", "a key of the generator") { dataset in
            try dataset.change("manifest.json") { lines in
                let line = try #require(lines.firstIndex { $0.contains("\"version\"") })
                lines[line] += ", \"by\": \"somebody\""
            }
        }
        // A recipe with a comment more means the same; but it is not the one that the dataset was written with.
        let problems = try await bench.problems(of: "recipe.yaml") { try $0.changeRecipe { $0 += "# mine\n" } }
        #expect(problems.count == 1, "\(problems)")
    }

    @Test func compressedFilesHoldNothingButText() async throws {
        let bench = try await VerificationBench(
            Self.recipe.replacing("csv: {compression: none}", with: "csv: {compression: gzip}")
        )
        let skippable = Data([0x51, 0x2a, 0x4d, 0x18, 4, 0, 0, 0]) + Data("note".utf8)
        for isInFront in [true, false] {
            try await expectFindings(bench, in: "readings.jsonl.zst", "a frame that is skipped") { dataset in
                let bytes = try dataset.bytes("readings.jsonl.zst")
                try dataset.write(isInFront ? skippable + bytes : bytes + skippable, to: "readings.jsonl.zst")
            }
        }
        try await expectFindings(bench, in: "readings.csv.gz", "a name") { dataset in
            var bytes = try dataset.bytes("readings.csv.gz")
            bytes[3] = 8
            bytes.insert(contentsOf: Data("other.csv\0".utf8), at: 10)
            try dataset.write(bytes, to: "readings.csv.gz")
        }
        try await expectFindings(bench, in: "readings.csv.gz", "a time") { dataset in
            var bytes = try dataset.bytes("readings.csv.gz")
            bytes[5] = 1
            try dataset.write(bytes, to: "readings.csv.gz")
        }
    }

    @Test func noFileIsTooMany() async throws {
        let bench = try await VerificationBench(Self.recipe)
        for name in [
            "readings.parquet", "readings.csv.gz", "readings.jsonl", "readings.sqlite-wal", "readings.sqlite-journal",
            "notes.txt", ".hidden",
        ] {
            try await expectFindings(bench, in: name, "a file too many") { try $0.write(Data("x".utf8), to: name) }
        }
    }
}
