import Foundation
import Testing

@Suite("The form of times", .timeLimit(.minutes(30)))
struct TimestampFormTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
    }

    private static let styles = ["naive", "utc", "epoch_s", "epoch_ms", "epoch_us", "epoch_ns"]

    private func generate(_ outputs: String) throws {
        try workspace.generate(
            "small.yaml",
            to: "out",
            "--set",
            "anomalies.probability=0.2",
            "--set",
            "outputs=\(outputs)"
        )
    }

    private struct Count: Decodable {
        var labelled: Int
        var joined: Int
        var wrong: Int
    }

    /// Every reading of an event, and no other, lies between its start and its end, as the files have them.
    private static let join = """
        SELECT (SELECT sum(anomaly_flag) FROM readings) AS labelled,
          (SELECT count(*) FROM readings r JOIN events e ON r.sensor_id = e.sensor_id AND r.timestamp >= e.start
            AND r.timestamp < e."end" AND r.anomaly_type = e.anomaly_type) AS joined,
          (SELECT count(*) FROM events e LEFT JOIN readings r ON r.id = e.first_reading
            WHERE r.timestamp IS NOT e.start) AS wrong
        """

    @Test("is one for readings and events of a database, in its declared types too", arguments: styles)
    func database(style: String) throws {
        try generate("{sqlite: {timestamps: \(style)}, csv: {}}")
        let sql = Self.join.replacing("readings r", with: "sensor_data r")
            .replacing("FROM readings", with: "FROM sensor_data")
        let count: [Count] = try workspace.query(sql, of: "out/readings.sqlite")
        #expect(try #require(count.first).labelled > 50)
        #expect(count[0].joined == count[0].labelled && count[0].wrong == 0, "\(count)")
        struct Types: Decodable {
            var name: String
            var type: String
        }
        let types: [Types] = try workspace.query(
            """
            SELECT name, type FROM pragma_table_info('sensor_data') WHERE name = 'timestamp'
            UNION ALL SELECT name, type FROM pragma_table_info('events') WHERE name IN ('start', 'end')
            """,
            of: "out/readings.sqlite"
        )
        #expect(types.map(\.name) == ["timestamp", "start", "end"])
        #expect(types.allSatisfy { $0.type == (style.hasPrefix("epoch") ? "INTEGER" : "DATETIME") }, "\(types)")
    }

    @Test("is one for the texts, as pandas, Polars and DuckDB read them", arguments: styles)
    func texts(style: String) throws {
        try generate("{csv: {timestamps: \(style)}, sqlite: {}}")
        let findings: Findings = try workspace.read(with: "joins", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["labelled"] > 50)
    }

    private struct Manifest: Decodable {
        struct File: Decodable {
            var path: String
            var timestamps: String?
        }
        struct Column: Decodable {
            var column: String
            var type: String
            var unit: String?
        }
        var files: [File]
        var schema: [Column]
    }

    @Test(
        "of events.csv is that of the text beside it, and the manifest says which it is",
        arguments: [
            ("{csv: {timestamps: utc}, jsonl: {timestamps: epoch_ms}}", "utc", "DATETIME", nil),
            ("{jsonl: {timestamps: epoch_ms}, sqlite: {timestamps: epoch_s}}", "epoch_ms", "INTEGER", "s"),
            ("{sqlite: {timestamps: epoch_us}}", "epoch_us", "INTEGER", "µs"),
            ("{csv: {timestamps: epoch_ns}, sqlite: {timestamps: utc}}", "epoch_ns", "DATETIME", nil),
            ("{csv: {timestamps: epoch_ns}}", "epoch_ns", "INTEGER", "ns"),
        ]
    )
    func manifest(outputs: String, events: String, type: String, unit: String?) throws {
        try generate(outputs)
        let manifest = try JSONDecoder().decode(Manifest.self, from: workspace.bytes("out/manifest.json"))
        for file in manifest.files {
            switch file.path {
            case "events.csv": #expect(file.timestamps == events)
            case "sensors.csv", "recipe.yaml": #expect(file.timestamps == nil)
            default:
                let format = file.path.split(separator: ".")[1]
                #expect(outputs.contains("\(format): {timestamps: \(file.timestamps ?? "?")}"), "\(file)")
            }
        }
        let column = try #require(manifest.schema.first { $0.column == "timestamp" })
        #expect(column.type == type && column.unit == unit)
        for command in ["verify", "verify --regenerate", "audit", "describe"] {
            let outcome = try workspace.shell("\"$TOOL\" \(command) out")
            #expect(outcome.status == 0, "\(command): \(outcome.errors)")
        }
        #expect(try workspace.shell("\"$TOOL\" recipe out/recipe.yaml -o again -q").status == 0)
        #expect(try workspace.differences("out", "again") == [])
    }
}
