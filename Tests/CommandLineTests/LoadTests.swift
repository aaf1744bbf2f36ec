import Foundation
import Testing

@Suite("A load into PostgreSQL", .timeLimit(.minutes(30)))
struct LoadTests {
    private let workspace: Workspace
    private let server: PostgreSQLServer

    init() throws {
        workspace = try Workspace()
        server = try PostgreSQLServer(workspace)
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.write(Samples.days, to: "days.yaml")
    }

    private func load(_ source: String, _ options: String...) throws -> Outcome {
        try workspace.run(["load", source, server.url()] + options)
    }

    private func load(_ source: String, _ options: [String]) throws -> Outcome {
        try workspace.run(["load", source, server.url()] + options)
    }

    @Test("has the rows of the CSV file, every value")
    func sameRows() throws {
        try workspace.generate("nasty.yaml", to: "out", "--format", "csv", "--set", "outputs.csv.compression=none")
        let outcome = try load("out", "--layout", "wide", "--verify", "rows")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("proven: all "), "\(outcome.output)")
        try server.query(
            "CREATE TABLE csv (LIKE readings);\n\\copy csv from 'out/readings.csv' with (format csv, header)"
        )
        let differing =
            "SELECT count(*) FROM ((TABLE readings EXCEPT ALL TABLE csv) UNION ALL "
            + "(TABLE csv EXCEPT ALL TABLE readings)) AS differing"
        #expect(try server.query(differing) == "0")
        #expect(try server.query("SELECT count(*) > 4000 FROM csv") == "t")
    }

    @Test("proves each layout in each way", arguments: ["star", "wide", "narrow"], ["count", "sums", "rows"])
    func layouts(layout: String, proof: String) throws {
        for source in ["nasty.yaml", "cold-chain.yaml"] {
            for labels in ["fields", "none"] {
                let outcome = try load(
                    source,
                    "--layout",
                    layout,
                    "--verify",
                    proof,
                    "--duration",
                    "2h",
                    "--labels",
                    labels,
                    "--if-exists",
                    "replace",
                    "--set",
                    "outputs.clean=true",
                    "--json"
                )
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.output.contains("\"differences\":[]"), "\(outcome.output)")
            }
        }
    }

    /// 216,000 readings, 14 blocks.
    private let blocks = "dataset: {duration: 6h}\nreplicas: {count: 100}\nsimulation: {interval: 10s}\n"

    @Test("goes on without blocks that are refused, tells which, and is finished once they are not")
    func refused() throws {
        try workspace.write(blocks, to: "blocks.yaml")
        let script = try load("blocks.yaml", "--create", "print")
        try server.query(script.output)
        try server.query("ALTER TABLE readings ADD CONSTRAINT tea CHECK (time <> '2025-01-01 02:00:00Z')")
        let options = ["--create", "never", "--batch", "4MB"]
        let first = try load("blocks.yaml", options)
        #expect(first.status == 74 && first.errors.contains("tea"), "\(first.errors)")
        let second = try load("blocks.yaml", options + ["--resume", "--max-errors", "2", "--errors", "no.jsonl"])
        #expect(second.status == 74, "\(second.errors)")
        #expect(second.errors.contains("1 of 14 blocks were refused; the first: "), "\(second.errors)")
        #expect(try server.query("SELECT count(*) FROM readings") == "\(216_000 - 16_384)")
        struct Refused: Decodable {
            let block, readings: Int
            let first_time, last_time, error: String
        }
        let text = try workspace.text("no.jsonl")
        let told = try JSONDecoder().decode(Refused.self, from: Data(text.utf8))
        #expect(text.hasSuffix("}\n") && told.readings == 16_384 && told.error.contains("tea"), "\(text)")
        #expect(
            told.first_time <= "2025-01-01T02:00:00.000Z" && told.last_time >= "2025-01-01T02:00:00.000Z",
            "\(text)"
        )
        #expect(try load("blocks.yaml", options + ["--errors", "no.jsonl", "--if-exists", "append"]).status == 73)
        try server.query("ALTER TABLE readings DROP CONSTRAINT tea")
        let last = try load("blocks.yaml", options + ["--resume", "--verify", "rows", "--errors", "no.jsonl"])
        #expect(last.status == 0, "\(last.errors)")
        #expect(try workspace.text("no.jsonl") == text)
    }

    private struct Summary: Decodable { var seconds: Double }

    @Test("keeps to its rate, of many batches and of one", arguments: [("6h", "108000"), ("6m", "1800")])
    func rate(duration: String, rate: String) throws {
        try workspace.write(blocks, to: "blocks.yaml")
        let command = ["load", "blocks.yaml", "null:", "--duration", duration, "--rate", rate, "--json"]
        let summary: Summary = try workspace.run(command).decoded()
        #expect(summary.seconds >= 2)
    }

    @Test("finds how large batches may be")
    func latency() throws {
        try workspace.write(blocks, to: "blocks.yaml")
        for (time, isLarge) in [("1us", false), ("1h", true)] {
            let options = ["--target-latency", time, "--workers", "1", "--json", "--if-exists", "replace"]
            let outcome = try load("blocks.yaml", options)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("\"batch_readings\":16384,") != isLarge, "\(outcome.output)")
        }
    }

    @Test("may be of windows of time in which sensor follows sensor")
    func windows() throws {
        let order = ["--order", "window=2h"]
        let outcome = try load("days.yaml", order + ["--layout", "wide", "--verify", "rows", "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        try workspace.generate("days.yaml", to: "days", "--set", "dataset.order=window=2h")
        let digest = try #require(outcome.output.firstMatch(of: /"content_sha256":"([0-9a-f]{64})"/)?.1)
        #expect(try workspace.text("days/manifest.json").contains(digest))
        let hours = "floor(extract(epoch FROM \"timestamp\") / 7200)"
        let query =
            "SELECT count(*) FROM (SELECT id, row_number() OVER (ORDER BY \(hours), sensor_id, \"timestamp\") AS place, "
            + "row_number() OVER (ORDER BY id) AS number FROM readings) AS x WHERE place <> number"
        #expect(try server.query(query) == "0")
        for (source, options, message) in [
            ("days", order, "options that change a recipe do not go with it"),
            ("days.yaml", order + ["--set", "dataset.order=time"], "both set dataset.order"),
            ("days.yaml", ["--order", "hours"], "--order: dataset.order: expected time, sensor, or a window"),
        ] {
            let refused = try load(source, options)
            #expect([64, 65].contains(refused.status) && refused.errors.contains(message), "\(refused)")
        }
    }

    @Test("loads the library of PostgreSQL when it connects, and not with the program")
    func library() throws {
        let libraries = try workspace.shell("ldd \"$TOOL\"").output
        #expect(libraries.contains("libc.so"))
        for library in ["libpq", "libmosquitto", "librdkafka", "libnats"] {
            #expect(!libraries.contains(library), "\(libraries)")
        }
    }

    @Test("has its reference to sensors checked by the proof")
    func reference() throws {
        let isChecked = "SELECT convalidated FROM pg_constraint WHERE contype = 'f'"
        #expect(try load("days.yaml", "--verify", "none").status == 0)
        #expect(try server.query(isChecked) == "f")
        #expect(try load("days.yaml", "--verify-only").status == 0)
        #expect(try server.query(isChecked) == "t")
    }

    @Test("in stars gives readings their sensors, names however strange")
    func star() throws {
        #expect(try load("nasty.yaml").status == 0)
        let names = try server.query("SELECT DISTINCT name FROM readings JOIN sensors USING (sensor_id) ORDER BY 1")
        try workspace.generate("nasty.yaml", to: "out", "--format", "sqlite")
        let known =
            try workspace.query(
                "SELECT DISTINCT sensor_id AS name FROM sensor_data ORDER BY 1",
                of: "out/readings.sqlite"
            ) as [Name]
        #expect(names == known.map(\.name).sorted().joined(separator: "\n"))
        #expect(try server.query("SELECT location FROM sensors ORDER BY sensor_id LIMIT 1") == "O'Brien \"Lab\", é ☃")
        #expect(try server.query("SELECT model FROM sensors ORDER BY sensor_id LIMIT 1") == "back\\slash")
        #expect(try server.query("SELECT count(*) FROM pg_constraint WHERE conname = 'readings_sensor_id_fkey'") == "1")
    }

    private struct Name: Decodable { var name: String }

    @Test(
        "that is no longer what was sent is found out, with sensor, time and column",
        arguments: [
            (
                "DELETE FROM readings WHERE time = '2025-01-02 03:04Z' AND sensor_id = 2",
                "2025-01-02T03:04:00Z: its row is missing"
            ),
            (
                "UPDATE readings SET temperature = temperature + 0.2 WHERE time = '2025-01-02 03:04Z' AND sensor_id = 2",
                "2025-01-02T03:04:00Z, column temperature: "
            ),
            (
                "INSERT INTO readings SELECT * FROM readings WHERE time = '2025-01-02 03:04Z' AND sensor_id = 2",
                "2025-01-02T03:04:00Z: a row that was not sent, or a second one"
            ),
            (
                "UPDATE readings SET anomaly_type = 'noise' WHERE time = '2025-01-02 03:04Z' AND sensor_id = 2",
                "2025-01-02T03:04:00Z, column anomaly_type: noise is stored, NULL was sent"
            ),
            (
                "UPDATE readings SET pressure = 'NaN' WHERE time = '2025-01-02 03:04Z' AND sensor_id = 2",
                "2025-01-02T03:04:00Z, column pressure: "
            ),
            (
                "UPDATE readings SET time = time + interval '1 ms' WHERE time = '2025-01-02 03:04Z' AND sensor_id = 2",
                "2025-01-02T03:04:00Z: its row is missing"
            ),
        ]
    )
    func foundOut(damage: String, finding: String) throws {
        // Without anomalies, the reading is a normal one.
        let source = ["--set", "anomalies.probability=0"]
        #expect(try load("days.yaml", source).status == 0)
        #expect(try load("days.yaml", source + ["--verify-only"]).status == 0)
        try server.query(damage)
        for proof in ["sums", "rows"] {
            let outcome = try load("days.yaml", source + ["--verify-only", "--verify", proof])
            // Sums do not see times that are between others.
            #expect(outcome.status == 76 || (proof == "sums" && damage.contains("interval")), "\(damage) \(outcome)")
            if outcome.status == 76 {
                #expect(outcome.errors.contains("sensor \"DAY_000002\", " + finding), "\(outcome.errors)")
            }
        }
    }

    @Test("says what stands in its way")
    func occupied() throws {
        #expect(try load("days.yaml").status == 0)
        let again = try load("days.yaml")
        #expect(again.status == 73)
        #expect(again.errors.contains("holds these readings already; --verify-only proves them"), "\(again.errors)")
        for (option, difference) in [
            (["--labels", "none"], "it has --labels fields, and this one none"),
            (["--layout", "wide"], "its layout is star, and this one is wide"),
        ] {
            let unlike = try load("days.yaml", option + ["--verify-only"])
            #expect(unlike.status == 73 && unlike.errors.contains(difference), "\(unlike.errors)")
        }
        let other = try load("days.yaml", "--seed", "9", "--resume")
        #expect(other.status == 73)
        #expect(
            other.errors.contains("its recipe has dataset.seed: 5, and this one has dataset.seed: 9"),
            "\(other.errors)"
        )
        let overlap = try load("days.yaml", "--duration", "61h", "--if-exists", "append")
        #expect(overlap.status == 73)
        #expect(overlap.errors.contains("could not be told apart from these"), "\(overlap.errors)")
        let later = ["--start", "2026-01-01", "--if-exists", "append", "--verify", "rows"]
        let appended = try load("days.yaml", later)
        #expect(appended.status == 0, "\(appended.errors)")
        #expect(try server.query("SELECT count(*) FROM sensors") == "2")
        #expect(try load("days.yaml", "--verify-only", "--verify", "rows").status == 0)
        let replaced = try load("days.yaml", "--seed", "9", "--if-exists", "replace")
        #expect(replaced.status == 0, "\(replaced.errors)")
        #expect(try server.query("SELECT count(*), count(DISTINCT load_id) FROM gen_dataset_loads") == "1|1")
    }

    @Test("replaces what loads have made, and nothing else")
    func strangers() throws {
        try server.query("CREATE TABLE customers (id integer, name text); INSERT INTO customers VALUES (1, 'A')")
        for command in [["load", "days.yaml", server.url()], ["bench", server.url(), "--rows", "50000"]] {
            let outcome = try workspace.run(command + ["--table", "customers", "--if-exists", "replace"])
            #expect(outcome.status == 73 && outcome.errors.contains("is none that a load has made"), "\(outcome)")
        }
        #expect(try server.query("SELECT count(*) FROM customers") == "1")
        #expect(try load("days.yaml").status == 0)
        let rows = try server.query("SELECT count(*) FROM readings")
        let never = try load("days.yaml", "--if-exists", "replace", "--create", "never")
        #expect(never.status == 73 && never.errors.contains("--create auto does"), "\(never.errors)")
        #expect(try server.query("SELECT count(*) FROM readings") == rows)
        // Somebody's own table of sensors stays.
        try server.query("ALTER TABLE sensors ADD owner text; UPDATE sensors SET owner = 'Ada'")
        let replaced = try load("days.yaml", "--if-exists", "replace")
        #expect(replaced.status == 0, "\(replaced.errors)")
        #expect(try server.query("SELECT count(*) FROM sensors WHERE owner = 'Ada'") == "2")
        // A table of the same name that has taken the place of a load's.
        try server.query("DROP TABLE readings; CREATE TABLE readings (a integer); INSERT INTO readings VALUES (1)")
        #expect(try load("days.yaml", "--if-exists", "replace").status == 73)
        #expect(try server.query("SELECT count(*) FROM readings") == "1")
    }

    @Test(
        "creates the sensors of a table of readings that is there without them, in partitions as well",
        arguments: ["", " PARTITION BY RANGE (time); CREATE TABLE readings_all PARTITION OF readings DEFAULT"]
    )
    func withoutSensors(partitions: String) throws {
        let columns = "temperature float8, humidity float8, pressure float8, voltage float8"
        try server.query(
            "CREATE TABLE readings (time timestamptz NOT NULL, sensor_id integer NOT NULL, \(columns), "
                + "anomaly_flag boolean NOT NULL, anomaly_type text)" + partitions
        )
        let outcome = try load("days.yaml", "--verify", "rows")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try server.query("SELECT count(*) FROM sensors") == "2")
    }

    @Test(
        "refuses a table that is another one, and leaves it as it is",
        arguments: [
            (
                "CREATE TABLE readings (time timestamptz, sensor_id integer, temperature real)",
                "the column temperature of the table \"readings\" is real; it must be double precision"
            ),
            (
                "CREATE TABLE readings (time timestamp, sensor_id integer)",
                "the column time of the table \"readings\" is timestamp without time zone; it must be timestamp with time zone"
            ),
            (
                "CREATE TABLE readings (time timestamptz)",
                "the table \"readings\" has no column sensor_id; it needs one of type integer"
            ),
            ("CREATE TABLE sensors (a integer)", "there is a table \"sensors\" already"),
        ]
    )
    func otherTable(statement: String, message: String) throws {
        try server.query(statement)
        let outcome = try load("days.yaml", "--if-exists", "append")
        #expect(outcome.status == 73)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
        #expect(try server.query("SELECT count(*) FROM pg_class WHERE relname LIKE 'gen_dataset%'") == "0")
    }

    @Test("goes into tables that the printed statements have made")
    func printed() throws {
        let script = try workspace.run("load", "days.yaml", "postgres:", "--create", "print", "--table", "lab.climate")
        #expect(script.status == 0, "\(script.errors)")
        let missing = try load("days.yaml", "--create", "never", "--table", "lab.climate")
        #expect(missing.status == 73, "\(missing.errors)")
        try server.query("CREATE SCHEMA lab;\n" + script.output)
        let outcome = try load("days.yaml", "--create", "never", "--table", "lab.climate")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try server.query("SELECT count(*) FROM lab.climate_sensors") == "2")
    }

    @Test("never shows a password")
    func secrets() throws {
        for url in [
            "postgres://user:hushhush@127.0.0.1:1/db", "postgres://user:hushhush@127.0.0.1:nonsense/db",
            "postgres://127.0.0.1:1/db?password=hushhush&user=u",
        ] {
            let outcome = try workspace.run("load", "days.yaml", url)
            #expect(outcome.status == 74, "\(outcome.errors)")
            #expect(!outcome.errors.contains("hushhush") && outcome.errorLines.count == 1, "\(outcome.errors)")
        }
    }

    @Test("refuses what PostgreSQL cannot store, by name")
    func unstorable() throws {
        try workspace.write("sensor: {id: \"A\\0B\", location: Oslo}\n", to: "nul.yaml")
        let outcome = try load("nul.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("nul.yaml:1:"), "\(outcome.errors)")
    }

    @Test("refuses metrics that could have no column, and has them in the narrow layout where they need none")
    func namesOfMetrics() throws {
        let long = String(repeating: "m", count: 60)
        for (metric, layout, status) in [
            ("xmin", "star", 65), ("xmin", "wide", 65), ("xmin", "narrow", 0), (long, "star", 65), (long, "narrow", 65),
            (long, "wide", 0),
        ] {
            let values = "{unit: ppm, mean: 650, std_dev: 180, min: 400, max: 5000, resolution: 1}"
            try workspace.write("dataset: {duration: 1m}\nmetrics: {\(metric): \(values)}\n", to: "named.yaml")
            let outcome = try load("named.yaml", "--layout", layout, "--table", "\(layout)_\(metric.prefix(4))")
            #expect(outcome.status == status, "\(metric) \(layout) \(outcome.errors)")
            #expect(status == 0 || outcome.errors.contains("rename the metric \(metric)"), "\(outcome.errors)")
        }
    }

    @Test("of mistakes says what would be right")
    func mistakes() throws {
        let cases = [
            (["days.yaml", "postgre://x/y"], "did you mean postgres:?"),
            (["days.yaml", "nowhere"], "targets are URLs that begin with postgres://"),
            (["days.yaml", "null:", "--verify", "sums"], "give --verify none"),
            (["days.yaml", "null:", "--batch", "20000"], "a multiple of 16384, such as 16384"),
            (["days.yaml", "null:", "--verify-only", "--resume"], "does not go with --verify-only"),
            (["days.yaml", "null:", "--batch", "1B"], "a multiple of 16384, or bytes with a unit, from 1kB on"),
            (["days.yaml", "null:", "--target-latency", "0s"], "a time above 0, such as 200ms"),
            (["days.yaml", "null:", "--rate", "0"], "above 0, and 1e9 at most"),
        ]
        for (arguments, message) in cases {
            let outcome = try workspace.run(["load"] + arguments)
            #expect(outcome.status == 64, "\(arguments) \(outcome.errors)")
            #expect(outcome.errors.contains(message), "\(outcome.errors)")
        }
        #expect(try workspace.run("load", "days.yaml", "null:").status == 0)
    }
}
