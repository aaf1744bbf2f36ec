import Foundation
import Testing

@Suite("Anomalies in readings of one's own", .timeLimit(.minutes(30)))
struct InjectTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Readings as people have them: uneven times, gaps, empty cells, negative numbers, rows that are not sorted.
    ///
    /// Each sensor has some 4,000 readings about a minute apart.
    private static func plant(sensors: Int, rows: Int = 4_000, header: Bool = true) -> String {
        var text = header ? "ts,pump,T1,Flow (l/s),remark\n" : ""
        var state: UInt64 = 88_172_645_463_325_252
        func random(_ below: Int) -> Int {
            // Marsaglia, "Xorshift RNGs", 2003.
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(below))
        }
        var times = [Int](repeating: 1_736_000_000, count: sensors)
        var levels = [Int](repeating: -150, count: sensors)
        for row in 0..<rows {
            for sensor in (0..<sensors).reversed() {
                times[sensor] += 58 + random(5) + (random(400) == 0 ? 3_600 : 0)
                levels[sensor] += random(7) - 3
                let date = Date(timeIntervalSince1970: Double(times[sensor]))
                let temperature = random(50) == 0 ? "" : tenths(levels[sensor] + (row % 1_440) / 10)
                let flow = random(60) == 0 ? "" : "\(4_000 + random(90) + levels[sensor])"
                let remark = random(9) == 0 ? "\"a, b\"" : "ok"
                text += "\(stamp(date)),P\(sensor),\(temperature),\(flow),\(remark)\n"
            }
        }
        return text
    }

    private static func tenths(_ count: Int) -> String {
        "\(count < 0 ? "-" : "")\(abs(count) / 10).\(abs(count) % 10)"
    }

    private static func stamp(_ date: Date) -> String {
        String(date.formatted(.iso8601).dropLast())
    }

    private static let recipe = """
        dataset: {name: plant, seed: 11}
        anomalies:
          probability: 0.1
          types:
            spike: {weight: 0.3}
            trend: {weight: 0.2, duration: 20m}
            pattern: {weight: 0.2, duration: 25m}
            noise: {weight: 0.1, duration: 12m}
            missing_data: {weight: 0.2, duration: 5m, modes: [null, omit, stuck, sentinel, rail]}
        outputs: {csv: {compression: none}, sqlite: true, jsonl: true, parquet: true}
        """

    private func inject(_ data: String, _ options: String..., to output: String) throws -> Outcome {
        try workspace.run(["inject", data, "r.yaml", "-o", output] + options)
    }

    private static let mapping = [
        "--time", "ts", "--sensor", "pump", "--value", "temp=T1", "--value", "flow=Flow (l/s)",
    ]

    private func injectPlant(_ options: String..., to output: String) throws {
        let outcome = try workspace.run(["inject", "plant.csv", "r.yaml", "-o", output] + Self.mapping + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test(
        "change no reading without a label, in any order of rows, and pass every check",
        arguments: ["time", "sensor"]
    )
    func exactness(order: String) throws {
        try workspace.write(Self.plant(sensors: 3), to: "plant.csv")
        try workspace.write(Self.recipe, to: "r.yaml")
        try injectPlant("--set", "dataset.order=\(order)", to: "set")
        let findings: Findings = try workspace.read(
            with: "inject",
            workspace.path("set"),
            workspace.path("plant.csv"),
            "ts",
            "pump",
            "temp=T1",
            "flow=Flow (l/s)"
        )
        #expect(findings.problems == [])
        #expect(findings["rows"] + findings["omitted"] == 12_000)
        #expect(findings["omitted"] > 10 && findings["gaps"] > 10)
        for type in ["spike", "trend", "pattern", "noise", "missing_data"] { #expect(findings[type] > 3, "\(type)") }
        // A tenth is asked for; events of minutes are few.
        #expect((700...1_800).contains(findings["anomalous"] + findings["omitted"]))
        for options in [[], ["--regenerate"]] {
            let verified = try workspace.run(["verify", "set"] + options)
            #expect(verified.status == 0, "\(verified.errors)\(verified.output)")
        }
        for format in ["csv", "sqlite", "jsonl", "parquet"] {
            let audit = try workspace.run("audit", "set", "--format", format)
            #expect(audit.status == 0, "\(format): \(audit.errors)")
            #expect(audit.output.contains("labels are exact"))
        }
        #expect(try workspace.run("describe", "set").status == 0)
    }

    @Test("are the same for any number of threads, after an interruption, and from the dataset's own recipe")
    func determinism() throws {
        try workspace.write(Self.plant(sensors: 2, rows: 20_000), to: "plant.csv")
        try workspace.write(Self.recipe, to: "r.yaml")
        try injectPlant("--threads", "1", to: "one")
        try injectPlant("--threads", "3", to: "three")
        #expect(try workspace.differences("one", "three") == [])
        try workspace.generate("one/recipe.yaml", to: "again")
        #expect(try workspace.differences("one", "again") == [])
        // The healthy readings are the file's, so that without anomalies nothing but the labels differs.
        try injectPlant("--set", "anomalies.enabled=false", to: "healthy")
        let findings: Findings = try workspace.read(
            with: "inject",
            workspace.path("healthy"),
            workspace.path("plant.csv"),
            "ts",
            "pump",
            "temp=T1",
            "flow=Flow (l/s)"
        )
        #expect(findings.problems == [] && findings["normal"] == 40_000 && findings["events"] == 0)
    }

    @Test("come from files compressed or not, of one sensor, with columns found by their names")
    func forms() throws {
        var lines = ["\u{FEFF}Time,Room Temperature,humidity,note"]
        for minute in 0..<3_000 {
            lines.append("\(1_700_000_000 + minute * 60),\(Self.tenths(200 + minute % 37)),\(minute % 11 + 40),")
        }
        try workspace.write(lines.joined(separator: "\r\n"), to: "room.csv")
        try workspace.write("dataset: {name: room}\noutputs: [csv]", to: "r.yaml")
        let plain = try inject("room.csv", to: "plain")
        #expect(plain.status == 0, "\(plain.errors)")
        #expect(plain.errors.contains("the column \"note\" is left out: it is empty"))
        let schema = try workspace.text("plain/recipe.yaml")
        #expect(schema.contains("room_temperature:") && schema.contains("humidity:"))
        #expect(try workspace.shell("gzip -k room.csv && zstd -q room.csv").status == 0)
        for suffix in ["gz", "zst"] {
            let outcome = try inject("room.csv.\(suffix)", "--quiet", to: suffix)
            #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
            #expect(workspace.exists("\(suffix)/recording.csv.\(suffix)"))
            #expect(try workspace.bytes("\(suffix)/readings.csv.gz") == workspace.bytes("plain/readings.csv.gz"))
            #expect(try workspace.run("verify", suffix, "--regenerate").status == 0)
        }
        // What loggers append, and programs that compress in parallel write: one gzip member behind another.
        let members = "(head -n 900 room.csv | gzip; tail -n +901 room.csv | gzip -1) > members.csv.gz"
        #expect(try workspace.shell("\(members); (cat members.csv.gz; echo more) > behind.csv.gz").status == 0)
        #expect(try inject("members.csv.gz", to: "members").status == 0)
        #expect(try workspace.bytes("members/readings.csv.gz") == workspace.bytes("plain/readings.csv.gz"))
        #expect(try workspace.run("verify", "members", "--regenerate").status == 0)
        let behind = try inject("behind.csv.gz", to: "behind")
        #expect(behind.status == 65 && behind.errors.contains("there are bytes behind the end"), "\(behind.errors)")
        // Units, limits and what is derived are the recipe's.
        let metrics =
            "{room_temperature: {unit: °C, limits: [-40, 85]}, fahrenheit: {formula: room_temperature * 1.8 + 32}}"
        let named = try inject("room.csv", "--set", "metrics=\(metrics)", to: "named")
        #expect(named.status == 0, "\(named.errors)")
        #expect(try workspace.run("audit", "named").status == 0)
    }

    @Test("pass over columns whose names no recipe can hold, which learn takes all the same")
    func names() throws {
        let rows = (0..<50).map { "2025-01-01T00:00:\(10 + $0),\($0 % 7),\($0 % 11),\($0 % 5)" }
        let header = "time,x,\"a\tb\",\"Temp\n(°C)\""
        try workspace.write(([header] + rows).joined(separator: "\n") + "\n", to: "odd.csv")
        try workspace.write("dataset: {name: odd}\noutputs: [csv]", to: "r.yaml")
        let outcome = try inject("odd.csv", to: "odd")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let reason = "is left out: a recipe cannot hold its name: the text has a control character or a line break\n"
        #expect(outcome.errors.components(separatedBy: reason).count == 3, "\(outcome.errors)")
        #expect(try workspace.run("recipes", "check", "odd/recipe.yaml").status == 0)
        #expect(try workspace.run("verify", "odd", "--regenerate").status == 0)
        let learnt = try workspace.run("learn", "odd.csv")
        #expect(learnt.status == 0 && learnt.output.contains("temp_c:"), "\(learnt)")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var data: String
        var options: [String] = []
        var recipe = "dataset: {name: bad}"
        var status: Int32 = 65
        var hint: String
        var testDescription: String { hint }
    }

    @Test("refuse a file that cannot be taken as it stands, by file, line and column", arguments: cases)
    func refusal(wrong: Case) throws {
        try workspace.write(wrong.data, to: "d.csv")
        try workspace.write(wrong.recipe, to: "r.yaml")
        let outcome = try workspace.run(["inject", "d.csv", "r.yaml", "-o", "out"] + wrong.options)
        #expect(outcome.status == wrong.status)
        #expect(outcome.errors.contains(wrong.hint), "\(outcome.errors)")
        #expect(outcome.output == "" && !workspace.exists("out"))
    }

    private static let good = "time,x\n2025-01-01T00:00:00,1.5\n2025-01-01T00:01:00,2\n"

    static let cases = [
        Case(data: "", hint: "d.csv: it is empty"),
        Case(data: "time,x\n", hint: "d.csv: it has no rows"),
        Case(data: "a;b\n1;2\n", hint: "its columns have semicolons between them"),
        Case(data: "a,b\n1,2\n", hint: "d.csv:1: no column is called timestamp or time; there are \"a\", \"b\""),
        Case(
            data: good,
            options: ["--time", "tme"],
            hint: "there is no column \"tme\" among \"time\", \"x\"; did you mean"
        ),
        Case(data: good, options: ["--value", "y=z"], hint: "metrics.y.column: there is no column \"z\""),
        Case(data: good + "2025-01-01T00:02:00,abc\n", hint: "d.csv:4:21: x: \"abc\" is no number"),
        Case(data: good + "2025-01-01T00:02:00,0.1234567\n", hint: "d.csv:4:21: x: 0.1234567 has more than 6 decimals"),
        Case(data: good + "2025-01-01T00:02:00,3000000000\n", hint: "d.csv:4:21: x: 3000000000 is too large"),
        Case(data: good + "18.1.2025 10:30,1\n", hint: "d.csv:4:1: time: \"18.1.2025 10:30\" is not a time such as"),
        Case(data: good + "1850-01-01,1\n", hint: "d.csv:4:1: time: \"1850-01-01\" is not a time from 1900 to 2199"),
        Case(data: good + "0,1\n", hint: "\"0\" is no time of the years 1973 to 2199 in seconds, ms, µs or ns"),
        Case(data: "t\0i\0m\0e\0,\0x\0", hint: "d.csv: the file is UTF-16 text; save it as UTF-8"),
        Case(data: good + "2025-01-01T00:02:00\n", hint: "d.csv:4:1: the row has 1 fields, the header 2"),
        Case(
            data: good + "2025-01-01T00:01:00,7\n",
            hint: "d.csv:4: a second reading at 2025-01-01T00:01:00.000000, as in line 3"
        ),
        Case(data: "time,x\n2025-01-01,1\n", hint: "no sensor has two readings"),
        Case(data: "time,x\n2025-01-01,1\n2025-03-01,1\n", hint: "between 1ms and 1d is possible"),
        Case(
            data: "time,sensor,x\n2025-01-01,a,1\n2025-01-02,a,1\n2025-01-01,b,1\n2025-01-01T00:01:00,b,1\n",
            hint: "b reports every 1m and a every 1d"
        ),
        Case(data: good, recipe: "simulation: {interval: 5s}", hint: "the recording says when readings are taken"),
        Case(
            data: "time,sensor,x\n2025-01-01T00:00:00,a,1\n2025-01-01T00:01:00,a,2\n",
            recipe: "replicas: {count: 3}",
            hint: "the recording says which sensors there are"
        ),
        Case(data: good, recipe: "delivery: {loss: 0.1}", hint: "have arrived as they are"),
        Case(
            data: good,
            recipe: "metrics: {x: {limits: [0, 1]}}",
            hint: "do not hold the recording's readings, 1.5 to 2"
        ),
        Case(data: good, recipe: "metrics: {x: {}, y: {mean: 3, std_dev: 1}}", hint: "replay or derived, not process"),
        Case(
            data: "time,温度,12\n2025-01-01,1,2\n",
            hint: "d.csv: no column of it can be a metric: the column \"温度\" is left out: its name has none of the "
                + "small letters, digits and _ that a metric's has; --value NAME=温度 gives it another name; the column "
                + "\"12\" is left out: \"12\" is no name of a metric"
        ),
        Case(
            data: "time,x,y\n2025-01-01,20 %,\n2025-01-02,21 %,\n",
            hint: "a metric: the column \"x\" is left out: \"20 %\" in line 2 is no number; the column \"y\" is left "
                + "out: it is empty"
        ),
        Case(data: "time\n2025-01-01\n", hint: "can be a metric: it has none beside those of times and sensors"),
        Case(
            data: "t\tx,y\n2025-01-01,1\n",
            options: ["--time", "t\tx"],
            hint: "the text has a control character or a line break"
        ),
        Case(data: good, options: ["--value", "y"], status: 64, hint: "write NAME=COLUMN"),
        Case(data: good, options: ["-o", "-"], status: 64, hint: "--output"),
    ]

    @Test("refuse what is missing, changed, or in a live run")
    func misuse() throws {
        try workspace.write(Self.good, to: "d.csv")
        try workspace.write("dataset: {name: d}\nrecording: {file: d.csv}\noutputs: [csv]", to: "r.yaml")
        let missing = try workspace.run("inject", "none.csv", "r.yaml", "-o", "out")
        #expect(missing.status == 66 && missing.errors.contains("none.csv"), "\(missing.errors)")
        let live = try workspace.run("recipe", "r.yaml", "--realtime")
        #expect(live.status == 64 && live.errors.contains("a live run"), "\(live.errors)")
        let shard = try workspace.run("recipe", "r.yaml", "--shard", "0/2")
        #expect(shard.status == 64 && shard.errors.contains("--shard"), "\(shard.errors)")
        try workspace.write("dataset: {name: d}\nmetrics: {x: {model: replay}}", to: "alone.yaml")
        let alone = try workspace.run("recipe", "alone.yaml")
        #expect(alone.status == 65 && alone.errors.contains("a replay needs a section recording"), "\(alone.errors)")
        try workspace.write("recording: {file: ../d.csv}", to: "outside.yaml")
        let outside = try workspace.run("recipe", "outside.yaml")
        #expect(outside.status == 65 && outside.errors.contains("not in the recipe's folder"), "\(outside.errors)")
        try workspace.generate("r.yaml", to: "set")
        try workspace.write(Self.good + "2025-01-01T00:02:00,3\n", to: "set/recording.csv")
        let verified = try workspace.run("verify", "set")
        #expect(verified.status == 76 && verified.errors.contains("is another file"), "\(verified.errors)")
    }

    @Test("are sized by what each sensor's own readings do")
    func sizes() throws {
        var lines = ["time,sensor,x"]
        for minute in 0..<6_000 {
            // Two sensors that differ in nothing but the size of their noise.
            let noise = [3, -1, 2, -3, 1, 0, -2, 4, -4, 1, -1][minute * 7 % 11]
            let time = 1_700_000_000 + minute * 60
            lines += ["\(time),calm,\(1_000 + noise)", "\(time),loud,\(1_000 + 20 * noise)"]
        }
        try workspace.write(lines.joined(separator: "\n"), to: "d.csv")
        let recipe = """
            dataset: {name: d}
            anomalies: {probability: 0.02, types: {spike: {magnitude: [10, 10]}}}
            outputs: [csv]
            """
        try workspace.write(recipe, to: "r.yaml")
        let outcome = try inject("d.csv", to: "set")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let events = try workspace.text("set/events.csv").split(separator: "\n")
            .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let sensor = try #require(events[0].firstIndex(of: "sensor_id"))
        let size = try #require(events[0].firstIndex(of: "magnitude"))
        func mean(_ name: String) -> Double {
            let sizes = events.dropFirst().filter { $0[sensor] == name }.compactMap { Double($0[size]) }
            return sizes.reduce(0, +) / Double(max(1, sizes.count))
        }
        #expect(mean("calm") > 5)
        #expect((15...25).contains(mean("loud") / mean("calm")))
    }
}
