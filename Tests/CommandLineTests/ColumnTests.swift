import Foundation
import Testing

@Suite("Columns and layout of an output", .timeLimit(.minutes(30)))
struct ColumnTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Two kinds of sensors, a state, rows that are missing, and many events.
    private static func recipe(order: String = "time", duration: String = "2h") -> String {
        """
        dataset: {name: mixed, seed: 7, duration: \(duration), order: \(order)}
        simulation: {interval: 20s}
        metrics:
          temperature: {}
          co2: {unit: ppm, mean: 650, std_dev: 180, min: 400, max: 5000, resolution: 1}
          door: {model: state, states: {"closed, really": 0.8, "1": 0.2}, dwell: 90s}
        fleet:
          - {count: 2, prefix: "A,B", location: "O'Brien, é", height_meters: -1.5}
          - {count: 3, prefix: COLD, metrics: [temperature, door], location: Oslo}
        anomalies:
          probability: 0.2
          types:
            spike: {weight: 0.2}
            trend: {weight: 0.2, duration: 2m}
            pattern: {weight: 0.2, duration: 2m}
            missing_data: {weight: 0.2, duration: 1m, modes: [null, omit]}
            noise: {weight: 0.2, duration: 2m}
        """
    }

    /// What the outputs of a test have.
    private static let outputs = [
        "columns": """
        outputs:
          csv: {columns: [difficulty, sensor_id, timestamp, event_id, co2, door, latitude, anomaly_type, clean_co2]}
          jsonl: {columns: [event_id, door, height_meters, location, temperature, difficulty, id, anomaly_flag], compression: none}
          sqlite: {columns: [door, event_id, synced, difficulty, timestamp, sensor_id, co2, clean_door], indexes: [event_id]}
          clean: true
        """,
        "narrow": """
        outputs:
          csv: {layout: narrow, compression: zstd}
          jsonl: {layout: narrow}
          sqlite: {layout: narrow, indexes: [metric]}
          clean: true
        """,
        "both": """
        outputs:
          csv: {layout: narrow, columns: [id, event_id, value, metric, serial_number, sensor_id, clean_value], level: 9}
          jsonl: {layout: narrow, columns: [value, metric, difficulty, id, anomaly_flag, height_meters]}
          sqlite: {layout: narrow, columns: [value, event_id, metric, difficulty, status_code, model]}
          clean: true
        """,
        "single": """
        outputs:
          csv: {columns: anomaly_type}
          jsonl: {columns: [clean_temperature]}
          sqlite: {columns: [id]}
          clean: true
        """,
    ]

    private func write(_ outputs: String, order: String = "time", to name: String) throws {
        try workspace.write(Self.recipe(order: order) + "\n" + outputs, to: name)
    }

    @Test(
        "hold in all formats what a dataset with all columns holds",
        arguments: outputs.keys.sorted(),
        ["time", "sensor"]
    )
    func values(kind: String, order: String) throws {
        try write("outputs: [csv, clean]", order: order, to: "plain.yaml")
        try write(try #require(Self.outputs[kind]), order: order, to: "shaped.yaml")
        try workspace.generate("plain.yaml", to: "plain")
        try workspace.generate("shaped.yaml", to: "shaped")
        let (plain, shaped) = (workspace.path("plain"), workspace.path("shaped"))
        let findings: Findings = try workspace.read(with: "columns", plain, shaped)
        #expect(findings.problems == [])
        #expect(findings["from_csv"] > 1_700 && findings["from_duck"] == findings["from_csv"])
        #expect(findings["from_json"] > 1_700 && findings["from_sqlite"] > 1_700)
        #expect(findings["events"] > 50 && findings["easy"] > 5)
        if kind == "narrow" { #expect(findings["unmeasured"] > 1_000) }
        let verified = try workspace.run("verify", "shaped", "--regenerate")
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(!verified.output.contains("note "), "\(verified.output)")
        #expect(try workspace.run("verify", "shaped").status == 0)
        // The dataset is the same, whatever its files hold of it.
        let digest = "grep -h content_sha256 plain/manifest.json shaped/manifest.json | sort -u | wc -l"
        #expect(try workspace.shell(digest).output.trimmingCharacters(in: .whitespacesAndNewlines) == "1")
    }

    @Test(
        "leave the same bytes on any number of threads, and with the resolved recipe",
        arguments: ["columns", "narrow"]
    )
    func threads(kind: String) throws {
        try write(try #require(Self.outputs[kind]), to: "shaped.yaml")
        try workspace.generate("shaped.yaml", to: "one", "--threads", "1", "--duration", "12h")
        for count in ["2", "7"] {
            try workspace.generate("shaped.yaml", to: count, "--threads", count, "--duration", "12h")
            #expect(try workspace.differences("one", count) == [])
        }
        try workspace.generate("one/recipe.yaml", to: "again")
        #expect(try workspace.differences("one", "again") == [])
    }

    @Test("of a database may be called like words of SQL, with indexes too, and only such names are quoted")
    func words() throws {
        let names = ["order", "group", "select", "where", "is", "primary", "cast", "current_time", "temp"]
        let metrics = names.map { "  \($0): {mean: 1, std_dev: 0.1}\n" }.joined()
        let outputs = "outputs: {sqlite: {indexes: [\(names.joined(separator: ", "))]}, csv: true, clean: true}"
        let recipe = "dataset: {name: words, duration: 2h}\nreplicas: {count: 3}\n\(outputs)\nmetrics:\n\(metrics)"
        try workspace.write(recipe, to: "words.yaml")
        try workspace.generate("words.yaml", to: "words")
        for command in [["verify", "words", "--regenerate"], ["verify", "words"], ["describe", "words"]] {
            let outcome = try workspace.run(command)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        }
        let audit = try workspace.run("audit", "words", "--format", "sqlite")
        #expect(audit.output.contains("labels are exact"), "\(audit.output)\(audit.errors)")
        let schema = try workspace.shell("sqlite3 words/readings.sqlite .schema").output
        for name in names {
            let isQuoted = schema.contains("\n    \"\(name)\" REAL")
            #expect(isQuoted != schema.contains("\n    \(name) REAL"), "\(name): \(schema)")
            #expect(isQuoted == !["cast", "current_time", "temp"].contains(name), "\(name): \(schema)")
        }
        let count = "SELECT count(*) FROM pragma_index_list('sensor_data')"
        #expect(try workspace.shell("sqlite3 words/readings.sqlite \"\(count)\"").output == "\(names.count)\n")
    }

    @Test("are finished after a kill, with the bytes of a run that was not")
    func resumed() throws {
        let outputs = """
            outputs:
              csv: {columns: [timestamp, event_id, temperature]}
              jsonl: {layout: narrow, columns: [id, value], compression: none}
              sqlite: {layout: narrow, columns: [metric, value, event_id]}
            """
        try workspace.write("dataset: {duration: 8000s}\nreplicas: {count: 100}\n" + outputs, to: "long.yaml")
        let recipe = ["recipe", "long.yaml", "--progress", "never", "-o"]
        #expect(try workspace.run(recipe + ["whole"]).status == 0)
        let run = try workspace.start(recipe + ["out"])
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)
        let resumed = try workspace.run(recipe + ["out", "--resume"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try workspace.differences("whole", "out") == [])
    }

    @Test(
        "hold the same text, compressed or not",
        arguments: [
            "layout: narrow",
            "columns: [id, timestamp, sensor_id, location, temperature, co2, door, status_code, anomaly_type]",
            "columns: [timestamp, temperature, event_id, difficulty, sensor_id]", "columns: [timestamp, co2]",
            "columns: [timestamp, sensor_id, door, co2, model, anomaly_flag, synced]",
            "layout: narrow, columns: [id, sensor_id, timestamp, metric, value, location, anomaly_type, event_id, latitude]",
        ],
        ["time", "sensor"]
    )
    func compression(options: String, order: String) throws {
        let recipe = Self.recipe(order: order, duration: "30h")
        for (name, compression) in [
            ("none", "none"), ("fast", "gzip, level: 1"), ("thorough", "gzip, level: 2"), ("zlib", "gzip, level: 4"),
        ] {
            let output = "{\(options), compression: \(compression)}"
            try workspace.write("\(recipe)\noutputs: {csv: \(output), jsonl: \(output)}\n", to: "\(name).yaml")
            try workspace.generate("\(name).yaml", to: name)
        }
        for name in ["fast", "thorough", "zlib"] {
            for file in ["readings.csv", "readings.jsonl"] {
                let outcome = try workspace.shell("gzip -dc \(name)/\(file).gz | cmp - none/\(file)")
                #expect(outcome.status == 0, "\(name) \(file): \(outcome.output)")
            }
        }
    }

    @Test("of every dataset are what they are when they are named")
    func named() throws {
        try write(
            "outputs: {csv: {compression: none}, jsonl: {compression: none}, sqlite: true, clean: true}",
            to: "plain.yaml"
        )
        try workspace.generate("plain.yaml", to: "plain")
        let header = try workspace.shell("head -1 plain/readings.csv").output.trimmingCharacters(in: .newlines)
        let nested = """
            timestamp, sensor_id, temperature, co2, door, location, latitude, longitude, timezone, anomaly_flag, anomaly_type, \
            manufacturer, model, firmware_version, clean_temperature, clean_co2, clean_door
            """
        try write(
            """
            outputs:
              csv: {compression: none, columns: [\(header)]}
              jsonl: {compression: none, columns: [\(nested)]}
              sqlite: {columns: [\(header)]}
              clean: true
            """,
            to: "named.yaml"
        )
        try workspace.generate("named.yaml", to: "named")
        #expect(
            try workspace.differences("plain", "named").filter { $0.hasSuffix(".csv") || $0.hasSuffix(".jsonl") } == []
        )
        let dump =
            "for d in plain named; do sqlite3 $d/readings.sqlite '.dump sensor_data' | sha256sum; done | sort -u | wc -l"
        #expect(try workspace.shell(dump).output.trimmingCharacters(in: .whitespacesAndNewlines) == "1")
    }

    @Test(
        "that cannot be had are refused at their place",
        arguments: [
            (
                "csv: {columns: [timestamp, temprature]}", "4:38", "csv.columns.1",
                "expected a column of readings, found temprature; did you mean temperature?"
            ),
            ("csv: {columns: []}", "4:17", "csv.columns", "the list is empty; expected columns"),
            ("csv: {columns: [co2, id, co2]}", "4:17", "csv.columns", "one of the columns is listed twice"),
            (
                "csv: {columns: [co2, clean_co2]}", "4:32", "csv.columns.1",
                "clean_co2 is there only with outputs.clean: true"
            ),
            ("csv: {columns: [value]}", "4:27", "csv.columns.0", "value is there only with layout: narrow"),
            (
                "csv: {layout: narrow, columns: [co2]}", "4:43", "csv.columns.0",
                "co2 is no column of the narrow layout, which has the metrics in metric and value"
            ),
            (
                "sqlite: {columns: [co2], indexes: [timestamp]}", "4:46", "sqlite.indexes.0",
                "expected a column that this output has, other than id, found timestamp"
            ),
            ("csv: {layout: long}", "4:17", "csv.layout", "expected one of wide, narrow, found long"),
            (
                "{clean: true, csv: {columns: [co2]}}", "4:11", "clean",
                "the outputs' columns leave out the healthy twin; name a clean_ column, or turn it off"
            ),
        ]
    )
    func mistakes(output: String, place: String, key: String, message: String) throws {
        let text = output.hasPrefix("{") ? output : "{\(output)}"
        try workspace.write(
            """
            metrics:
              temperature: {}
              co2: {unit: ppm, mean: 650, std_dev: 180, min: 400, max: 5000, resolution: 1}
            outputs: \(text)
            """,
            to: "recipe.yaml"
        )
        let outcome = try workspace.run("recipes", "check", "recipe.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.errors == "error: recipe.yaml:\(place): outputs.\(key): \(message)\n")
    }

    @Test("are verified cell by cell with --regenerate, and without it where a file tells all readings")
    func wrong() throws {
        let outputs = """
            outputs:
              csv: {compression: none, columns: [timestamp, sensor_id, temperature, co2, door, anomaly_type, event_id]}
              jsonl: {compression: none, layout: narrow, columns: [sensor_id, metric, value, difficulty]}
              sqlite: {columns: [event_id, co2]}
            """
        try write(outputs, to: "shaped.yaml")
        try workspace.generate("shaped.yaml", to: "out")
        let right = try workspace.run("verify", "out")
        #expect(right.status == 0, "\(right.errors)")
        #expect(right.output.contains("readings.jsonl: it has 4,"), "\(right.output)")
        #expect(right.output.contains("all as in readings.csv"), "\(right.output)")
        #expect(!right.output.contains("note "), "\(right.output)")
        for (change, name, finding) in [
            ("sed -i '903s/\"value\":[^,]*/\"value\":1/' out/readings.jsonl", "readings.jsonl", "value is 1, not "),
            ("sed -i 's/,7$/,8/' out/readings.csv", "readings.csv", "event_id is 8, not 7"),
            (
                "sqlite3 out/readings.sqlite 'UPDATE sensor_data SET event_id = 9 WHERE id = 500'", "readings.sqlite",
                "event_id is 9, not "
            ),
            ("sqlite3 out/readings.sqlite 'DELETE FROM sensor_data WHERE id = 77'", "readings.sqlite", "has no row 77"),
        ] {
            #expect(try workspace.shell("cp out/\(name) kept && \(change)").status == 0)
            for options in [[], ["--regenerate"]] {
                let outcome = try workspace.run(["verify", "out"] + options)
                #expect(outcome.status == 76)
                #expect(outcome.errors.contains(finding), "\(options) \(outcome.errors)")
            }
            #expect(try workspace.shell("mv kept out/\(name)").status == 0)
        }
        #expect(try workspace.run("verify", "out", "--regenerate").status == 0)
    }

    @Test("that do not tell the readings are said to be unchecked")
    func unchecked() throws {
        try write("outputs: {csv: {layout: narrow}, jsonl: {columns: [co2]}}", to: "shaped.yaml")
        try workspace.generate("shaped.yaml", to: "out")
        let verified = try workspace.run("verify", "out")
        #expect(verified.status == 0)
        for line in [
            "note   readings.csv.gz: its rows were not compared: it has the narrow layout; --regenerate compares them",
            "note   readings.jsonl.gz: its rows were not compared: it has no column timestamp, sensor_id, temperature, "
                + "door, anomaly_type; --regenerate compares them",
            "note   events.csv: labels were not compared: no file tells all readings",
            "note   manifest.json: its figures were not compared: no file tells all readings",
        ] {
            #expect(verified.output.contains(line), "\(verified.output)")
        }
        #expect(!verified.output.contains("ok     readings.csv.gz: it has"))
        let audited = try workspace.run("audit", "out")
        #expect(audited.status == 66)
        #expect(
            audited.errors.contains("readings.csv.gz: it has the narrow layout; readings.jsonl.gz: it has no column")
        )
    }

    @Test("that tell the readings are enough for an audit, which says what it did not look at")
    func audited() throws {
        let columns = "[anomaly_type, door, temperature, timestamp, co2, sensor_id]"
        try write(
            "outputs: {csv: {columns: \(columns)}, jsonl: {columns: \(columns)}, sqlite: {columns: \(columns)}}",
            to: "s.yaml"
        )
        try workspace.generate("s.yaml", to: "out")
        for (format, missing) in [
            ("csv", "id, status_code, anomaly_flag"), ("jsonl", "anomaly_flag"),
            ("sqlite", "status_code, anomaly_flag"),
        ] {
            let outcome = try workspace.run("audit", "out", "--format", format)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(
                outcome.output.contains("not checked, as the file does not have them: \(missing)\n"),
                "\(outcome.output)"
            )
        }
    }

    @Test("are told by a dry run, with the rows of files that have one per metric")
    func dryRun() throws {
        try write("outputs: {csv: {layout: narrow}, jsonl: {columns: [co2]}}", to: "shaped.yaml")
        let outcome = try workspace.run("recipe", "shaped.yaml", "--dry-run")
        // Two sensors with three metrics, three with two.
        #expect(outcome.output.contains(", 4,320 rows\n"), "\(outcome.output)")
        #expect(outcome.output.contains("# 1,800 readings of 5 sensors"), "\(outcome.output)")
        #expect(outcome.output.contains("    layout: narrow\n") && outcome.output.contains("    columns: [co2]\n"))
        let json = try workspace.run("recipe", "shaped.yaml", "--dry-run", "--json").output
        #expect(json.contains(#""rows":4320"#) || json.contains(#""rows": 4320"#), "\(json)")
    }
}
