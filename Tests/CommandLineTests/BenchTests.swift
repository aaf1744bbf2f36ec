import Foundation
import Testing

@Suite("A benchmark", .timeLimit(.minutes(30)))
struct BenchTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private struct Report: Decodable {
        struct Output: Decodable {
            var output: String
            var rows_per_second: Double
            var bytes_per_second: Double?
            var bytes_per_row: Double?
            var user_seconds_per_million_rows: Double
            var system_seconds_per_million_rows: Double
        }
        var rows: Int
        var sensors: Int
        var threads: Int
        var runs: Int
        var disk_bytes_per_second: Double
        var outputs: [Output]
    }

    @Test("shows each output and all at once, and leaves nothing behind")
    func table() throws {
        let outcome = try workspace.run("bench", "--rows", "5000", "--runs", "1", "--sensors", "10", "--threads", "1")
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "5,000 rows of 10 sensors on 1 thread, one run")
        for name in [
            "generation alone", "SQLite", "CSV, gzip", "CSV, zstd", "CSV, uncompressed", "JSON Lines, gzip",
            "JSON Lines, zstd",
            "JSON Lines, uncompressed", "all at once",
        ] {
            #expect(lines.contains { $0.hasPrefix("  \(name)  ") }, "\(name)")
        }
        #expect(lines.last?.hasPrefix("The disk takes ") == true)
        #expect(try workspace.names() == [])
    }

    @Test("gives programs figures that agree with each other")
    func figures() throws {
        let outcome = try workspace.run(
            [
                "bench", "--rows", "5000", "--runs", "2", "--sensors", "7", "--threads", "2", "--format", "csv,sqlite",
                "--json",
            ]
        )
        #expect(outcome.errors == "")
        let report: Report = try outcome.decoded()
        // Whole ticks of 7 sensors.
        #expect(report.rows == 5_005)
        #expect(report.sensors == 7 && report.threads == 2 && report.runs == 2)
        #expect(report.disk_bytes_per_second > 0)
        #expect(report.outputs.map(\.output) == ["generation", "sqlite", "csv-gzip", "csv-zstd", "csv-none", "all"])
        for output in report.outputs {
            #expect(output.rows_per_second > 0)
            #expect(output.user_seconds_per_million_rows >= 0 && output.system_seconds_per_million_rows >= 0)
            #expect((output.bytes_per_row == nil) == (output.output == "generation"))
            if let bytes = output.bytes_per_second, let size = output.bytes_per_row {
                #expect(abs(bytes / output.rows_per_second / size - 1) < 0.01)
            }
        }
        let sizes = report.outputs.compactMap(\.bytes_per_row)
        try #require(sizes.count == 5)
        #expect(sizes[1] < sizes[3], "gzip is smaller")
        #expect(sizes[2] < sizes[3], "zstd is smaller")
        #expect(sizes[4] > sizes[0] && sizes[4] > sizes[1], "all formats are larger than each")
    }

    @Test("measures generation alone if asked for no format")
    func generation() throws {
        let outcome = try workspace.run("bench", "--rows", "5000", "--runs", "1", "--format", "none", "--json")
        let report: Report = try outcome.decoded()
        #expect(report.outputs.map(\.output) == ["generation"])
    }

    @Test("works in the folder that it is given")
    func folder() throws {
        let missing = try workspace.run("bench", "--rows", "1000", "--runs", "1", "-o", "missing")
        #expect(missing.status == 73)
        #expect(missing.errors.contains("missing/"))
        try FileManager.default.createDirectory(atPath: workspace.path("disk"), withIntermediateDirectories: false)
        let given = try workspace.run("bench", "--rows", "1000", "--runs", "1", "--format", "csv", "-o", "disk")
        #expect(given.status == 0)
        #expect(try workspace.names() == ["disk"])
        #expect(try workspace.names(in: "disk") == [])
    }

    @Test(
        "that is interrupted removes its folder",
        arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143)), (SIGHUP, Int32(129))]
    )
    func interrupted(signal: Int32, status: Int32) throws {
        let run = try workspace.start("bench", "--rows", "1000000", "--runs", "1000", "--format", "csv")
        try workspace.waitForReadings(in: "gen-dataset-bench-\(run.identifier).partial/dataset.partial", of: run)
        run.send(signal)
        let outcome = try run.outcome()
        #expect(outcome.status == status)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1 && outcome.errors.hasPrefix("error: interrupted"), "\(outcome.errors)")
        #expect(try workspace.names() == [])
    }

    @Test("of a target tells rates, times of batches and who waited, and writes reports")
    func target() throws {
        let server = try PostgreSQLServer(workspace)
        let command = ["bench", server.url(), "--rows", "100000", "--sensors", "50", "--runs", "2", "--verify", "rows"]
        let reports = ["--report", "pg.json", "--report", "pg.md", "--report", "pg.svg"]
        let outcome = try workspace.run(command + reports)
        #expect(outcome.status == 0, "\(outcome.errors)")
        for name in ["readings/s", "values/s", "batch, 99 %", "waited for the target", "CPU of gen-dataset", "proof"] {
            #expect(outcome.output.contains("  \(name)  "), "\(outcome.output)")
        }
        let report: TargetReport = try JSONDecoder().decode(TargetReport.self, from: workspace.bytes("pg.json"))
        #expect(report.runs.count == 2 && report.readings == 100_000)
        for run in report.runs {
            let mean = run.readings_per_second_over_time.reduce(0, +) / Double(run.readings_per_second_over_time.count)
            #expect(abs(mean / run.readings_per_second - 1) < 0.05, "\(mean) \(run.readings_per_second)")
            #expect(run.batch_p50_seconds <= run.batch_p99_seconds && run.batches > 0)
        }
        #expect(try workspace.text("pg.md").hasPrefix("# 100,000 readings of 50 sensors into the table"))
        #expect(try workspace.shell("python3 -c 'import xml.dom.minidom as m; m.parse(\"pg.svg\")'").status == 0)
        #expect(try server.query("SELECT count(*) FROM gen_dataset_bench") == "100000")
        let again = try workspace.run(command)
        #expect(again.status == 73 && again.errors.contains("--if-exists replace"), "\(again.errors)")
        #expect(try workspace.run(command + ["--if-exists", "replace"] + reports).status == 0)
        let null = try workspace.run("bench", "null:", "--rows", "50000", "--runs", "2")
        #expect(null.status == 0 && null.output.contains("into nowhere"), "\(null.errors)")
    }

    private struct TargetReport: Decodable {
        struct Run: Decodable {
            var readings_per_second: Double
            var batches: Int
            var batch_p50_seconds: Double
            var batch_p99_seconds: Double
            var readings_per_second_over_time: [Double]
        }
        var readings: Int
        var runs: [Run]
    }

    @Test(
        "of mistakes says what would be right",
        arguments: [
            (["--workers", "2"], "--workers concerns a target, and none is named"),
            (["null:", "--format", "csv"], "--format concerns files, and a target is measured"),
            (["null:", "--report", "x.txt"], "ends in .json, .md or .svg"), (["nul:"], "did you mean null:?"),
            (["null:", "--table", "x"], "null: has no --table"),
        ]
    )
    func targetMistakes(arguments: [String], message: String) throws {
        let outcome = try workspace.run(["bench"] + arguments)
        #expect(outcome.status == 64 && outcome.errors.contains(message), "\(outcome.errors)")
    }
}
