import Foundation
import Testing

@Suite("Line protocol", .timeLimit(.minutes(30)))
struct LineProtocolTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Two kinds of sensors, a state whose names want escapes, rows that are missing, and many events.
    private static let mixed = """
        dataset: {name: mixed, seed: 7, start: 2025-01-05, duration: 4h}
        simulation: {interval: 20s}
        metrics:
          temperature: {}
          co2: {unit: ppm, mean: 650, std_dev: 180, min: 400, max: 5000, resolution: 1}
          door: {model: state, states: {'say "a\\b", c=d': 0.8, "1": 0.2}, dwell: 90s}
        fleet:
          - {count: 2, prefix: "A,B =c", location: 'back\\ slash, é=☃', manufacturer: '"Q"', model: "\\\\,x"}
          - {count: 3, prefix: COLD, metrics: [temperature, door], location: Oslo}
        anomalies:
          probability: 0.2
          types:
            spike: {weight: 0.2}
            missing_data: {weight: 0.6, duration: 1m, modes: [null, omit]}
            noise: {weight: 0.2, duration: 2m}
        """

    private func write(_ outputs: String, of recipe: String = mixed, to name: String = "points.yaml") throws {
        try workspace.write("\(recipe)\noutputs: \(outputs)\n", to: name)
    }

    @Test(
        "says what CSV says",
        arguments: [
            "{}", "{compression: zstd}", "{labels: none, compression: none}", "{database: lab, precision: us}",
        ],
        ["time", "sensor"]
    )
    func agreement(options: String, order: String) throws {
        try write("{csv: true, influx: \(options), clean: \(options.count > 4)}")
        try workspace.generate("points.yaml", to: "out", "--set", "dataset.order=\(order)")
        let findings: Findings = try workspace.read(with: "points", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["measurement sensor_data"] == findings["points"] && findings["points"] > 3_000)
        #expect(findings["nulls"] > 1_000)
        try workspace.expectTellsAllReadings()
    }

    @Test("has no point where there is no field, and the manifest counts those that there are")
    func absent() throws {
        try write("{csv: {compression: none}, influx: {labels: none}}")
        try workspace.generate("points.yaml", to: "out")
        let findings: Findings = try workspace.read(with: "points", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["left out"] > 20)
        // A file that tells no labels says nothing by itself, and is checked beside another, or against the recipe.
        let count = findings["points"]
        let said = "it has \(count / 1_000),\(count % 1_000) rows, all as in readings.csv"
        #expect(try workspace.run("verify", "out").output.contains(said), "\(said)")
        try write("{influx: {labels: none}}", to: "alone.yaml")
        try workspace.generate("alone.yaml", to: "alone")
        #expect(
            try workspace.run("verify", "alone").output.contains("it has no column anomaly_type; --regenerate compares")
        )
        #expect(try workspace.run("verify", "alone", "--regenerate").status == 0)
    }

    @Test("tells all readings by itself", arguments: ["{}", "{compression: none, database: lab}"])
    func source(options: String) throws {
        try write("{influx: \(options), clean: true}")
        try workspace.generate("points.yaml", to: "out")
        for command in [
            ["verify", "out"], ["verify", "out", "--regenerate"], ["audit", "out", "--format", "influx"],
        ] {
            let outcome = try workspace.run(command)
            #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        }
        try write("{csv: true, influx: \(options), clean: true}", to: "both.yaml")
        try workspace.generate("both.yaml", to: "both")
        let digest = "grep -h content_sha256 out/manifest.json both/manifest.json | sort -u | wc -l"
        #expect(try workspace.shell(digest).output.trimmingCharacters(in: .whitespacesAndNewlines) == "1")
        #expect(try workspace.shell("cmp out/readings.lp* both/readings.lp*").status == 0)
    }

    @Test(
        "is found to be wrong, row and field by name",
        arguments: [
            ("s/temperature=\\(-*[0-9]*\\)\\./temperature=1\\1./", "temperature is "),
            ("s/location=Oslo/location=Bergen/", "location is Bergen, not Oslo"),
            ("s/anomaly_flag=0i/anomaly_flag=1i/", "anomaly_flag is 1i, not 0i"),
            ("s/ \\([0-9]*\\)$/ \\10/", "time is "), ("d", "is missing"), ("p", "there is one too many"),
            ("s/,door=/,gate=/", "door is missing"),
        ]
    )
    func damage(edit: String, said: String) throws {
        try write("{csv: true, influx: {compression: none}}")
        try workspace.generate("points.yaml", to: "out")
        try #require(try workspace.shell("sed -i '1703\(edit)' out/readings.lp").status == 0)
        // Its checksum is mended, so that only its rows can tell.
        let sums = "cd out && sha256sum $(cut -c 67- SHA256SUMS) > new && mv new SHA256SUMS"
        try #require(try workspace.shell(sums).status == 0)
        for options in [[], ["--regenerate"]] {
            let outcome = try workspace.run(["verify", "out"] + options)
            #expect(outcome.status == 76)
            let told = outcome.output + outcome.errors
            #expect(told.contains("readings.lp") && told.contains("row 170") && told.contains(said), "\(told)")
        }
        // Alone it contradicts the events, the manifest or itself.
        try workspace.remove("out/readings.csv.gz")
        #expect(try workspace.run("verify", "out").status == 76)
    }

    @Test("leaves the same bytes on any number of threads, and with the resolved recipe")
    func threads() throws {
        try write("{influx: {labels: none, measurement: 'a b,c', tags: [timezone, sensor_id], database: lab}}")
        try workspace.generate("points.yaml", to: "one", "--threads", "1", "--duration", "3d")
        for count in ["2", "7"] {
            try workspace.generate("points.yaml", to: count, "--threads", count, "--duration", "3d")
            #expect(try workspace.differences("one", count) == [])
        }
        try workspace.generate("one/recipe.yaml", to: "again")
        #expect(try workspace.differences("one", "again") == [])
        let line = try workspace.shell("zcat one/readings.lp.gz | sed -n 5p").output
        #expect(line.hasPrefix(#"a\ b\,c,sensor_id=A\,B\ \=c_000001,timezone=UTC temperature="#), "\(line)")
        #expect(line.hasSuffix(" 1736035200\n"))
    }

    @Test("is finished after a kill, with the bytes of a run that was not")
    func resumed() throws {
        let recipe = """
            dataset: {duration: 8000s}
            replicas: {count: 100}
            anomalies: {probability: 0.1, types: {missing_data: {duration: 5s}}}
            """
        try write("{csv: true, influx: {labels: none}}", of: recipe, to: "long.yaml")
        let command = ["recipe", "long.yaml", "--progress", "never", "-o"]
        #expect(try workspace.run(command + ["whole"]).status == 0)
        let run = try workspace.start(command + ["out"])
        try workspace.waitForReadings(in: "out.partial", of: run)
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)
        let resumed = try workspace.run(command + ["out", "--resume"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try workspace.differences("whole", "out") == [])
    }

    @Test(
        "has the coarsest unit of time that is exact",
        arguments: [("interval=20s", "s"), ("interval=1500ms", "ms"), ("readings_per_second=3", "us")]
    )
    func precision(interval: String, unit: String) throws {
        let options = [
            "--set", "simulation.\(interval)", "--duration", "6s", "--set", "metrics={temperature: {}}",
        ]
        let recipe = "dataset: {name: x}\nsensor: {id: ONE}\noutputs: {influx: {compression: none}}"
        try workspace.write(recipe, to: "one.yaml")
        let outcome = try workspace.run(["recipe", "one.yaml", "-o", "out"] + options)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try workspace.text("out/recipe.yaml").contains("precision: \(unit)\n"))
        #expect(try workspace.text("out/manifest.json").contains("\"timestamps\": \"epoch_\(unit)\""))
        #expect(try workspace.run("verify", "out").status == 0)
    }

    @Test(
        "refuses what it cannot write, and says where",
        arguments: [
            ("outputs: {influx: {measurement: 'a\\'}}", "measurement: the text ends in \\"),
            ("outputs: {influx: {measurement: '#a'}}", "a measurement does not begin with # or _"),
            ("outputs: {influx: {tags: [location]}}", "outputs.influx.tags: sensor_id is missing"),
            (
                "outputs: {influx: {tags: [sensor_id, temperature]}}",
                "outputs.influx.tags.1: expected one of sensor_id,"
            ),
            ("outputs: {influx: {timestamps: utc}}", "concerns sqlite, csv, jsonl, parquet and arrow only, not influx"),
            (
                "outputs: {influx: {columns: [id]}}",
                "columns: concerns sqlite, csv, jsonl, clickhouse, pgcopy, parquet and arrow only, not influx"
            ),
            ("outputs: {csv: {tags: [sensor_id]}}", "tags: concerns influx and openmetrics only, not csv"),
            ("outputs: {influx: {database: 'a b'}}", "database: "),
            ("simulation: {interval: 500ms}\noutputs: {influx: {precision: s}}", "precision: s is coarser than"),
            ("metrics: {time: {unit: s, mean: 1, std_dev: 0.1}}\noutputs: [influx]", "a metric is called time"),
            ("sensor: {id: 'ONE\\'}\noutputs: [influx]", #"sensor_id of sensor "ONE\": the text ends in \"#),
            ("sensor: {id: ONE, location: 'x\\'}\noutputs: [influx]", #"location of sensor "ONE": the text ends in \"#),
        ]
    )
    func refusals(recipe: String, said: String) throws {
        try workspace.write(recipe, to: "bad.yaml")
        let outcome = try workspace.run("recipe", "bad.yaml", "-o", "out")
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(outcome.errors.contains(said) && outcome.errors.contains("bad.yaml:"), "\(outcome.errors)")
        #expect(!workspace.exists("out"))
    }

    @Test("is no output unless it is named, and beside the usual ones where an option names it")
    func named() throws {
        try workspace.write(Samples.small, to: "small.yaml")
        try workspace.generate("small.yaml", to: "usual")
        #expect(try workspace.names(in: "usual") == DatasetFile.all)
        try workspace.generate("small.yaml", to: "more", "--set", "outputs.influx.database=lab")
        #expect(try workspace.names(in: "more") == (DatasetFile.all + ["readings.lp.gz"]).sorted())
        try workspace.generate("small.yaml", to: "alone", "--format", "influx")
        #expect(try workspace.names(in: "alone").filter { $0.hasPrefix("readings") } == ["readings.lp.gz"])
        let bench = try workspace.run("bench", "--rows", "5000", "--runs", "1", "--sensors", "10", "--format", "influx")
        #expect(bench.status == 0 && bench.output.contains("line protocol, uncompressed"), "\(bench.errors)")
    }

    @Test(
        "goes into InfluxDB and comes out of it as it was",
        arguments: ["{database: sensors}", "{database: sensors, compression: none}"]
    )
    func influxDB(options: String) throws {
        try write("{csv: true, influx: \(options)}")
        try workspace.generate("points.yaml", to: "out")
        let findings: Findings = try workspace.read(with: "influx", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["points"] > 3_000)
    }
}
