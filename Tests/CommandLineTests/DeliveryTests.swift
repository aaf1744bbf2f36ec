import Foundation
import Testing

@Suite("What happens to readings on their way", .timeLimit(.minutes(30)))
struct DeliveryTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// All that can happen, often enough to be seen in some thousand readings.
    private static let all = """
        {jitter: 200ms, late: {share: 0.03, delay: [5m, 2h]}, offline: {every: 3h, duration: [5m, 20m]}, loss: 0.02,
          duplicates: {share: 0.04, delay: [1s, 5m]}, clock_drift: {share: 0.5, ppm: 500}}
        """

    /// The same in the order of arrival.
    private static let ordered = "\(all.dropLast()), order: arrival}"

    /// The same without what SQLite cannot hold, and with bursts that nothing spreads.
    private static let single = """
        {late: {share: 0.02, delay: 30s}, offline: {every: 2h, duration: [5m, 20m]}, loss: 0.1}
        """

    /// A dataset with faults and the same without.
    private func generate(_ recipe: String, _ delivery: String, outputs: String, _ options: String...) throws {
        let others = outputs.replacing("arrival_time", with: "timestamp")
        try workspace.write("\(recipe)\noutputs: \(others)\n", to: "faultless.yaml")
        try workspace.write("\(recipe)\noutputs: \(outputs)\ndelivery: \(delivery)\n", to: "faulty.yaml")
        for name in ["faultless", "faulty"] {
            let outcome = try workspace.run(["recipe", "\(name).yaml", "-o", name] + options)
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
    }

    @Test(
        "can be undone by what delivery.csv tells",
        arguments: [
            (Samples.nasty, all, "{csv: true, jsonl: {compression: zstd}, influx: true}"),
            (Samples.nasty, ordered, "{csv: true, jsonl: {compression: none}, influx: true, clean: true}"),
            (Samples.nasty(order: "sensor", interval: "5s"), all, "{csv: {compression: none}, jsonl: true}"),
            (
                Samples.nasty, single,
                "{csv: true, sqlite: {indexes: [arrival_time]}, jsonl: true, influx: true, clean: true}"
            ),
        ]
    )
    func undone(recipe: String, delivery: String, outputs: String) throws {
        try generate(recipe, delivery, outputs: outputs)
        let findings: Findings = try workspace.read(
            with: "delivery",
            workspace.path("faulty"),
            workspace.path("faultless")
        )
        #expect(findings.problems == [])
        #expect(findings["rows"] > 3_000 && findings["late"] > 40 && findings["lost"] > 40)
        #expect(findings["offline"] > 100)
        if delivery != Self.single {
            #expect(findings["duplicate"] > 80 && findings["clock_drift"] > 0 && findings["shifted"] > 1_000)
            #expect(findings["delayed"] > 3_000)
        } else {
            #expect(findings["stretches"] > 2 && findings["stored"] == findings["rows"])
        }
        for options in [[], ["--regenerate"]] {
            let outcome = try workspace.run(["verify", "faulty"] + options)
            #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
            #expect(outcome.output.contains("note ") == options.isEmpty, "\(outcome.output)")
            let isCompared = outcome.output.contains("faults, as recipe.yaml gives them")
            #expect(isCompared == !options.isEmpty, "\(outcome.output)")
        }
        let described = try workspace.run("describe", "faulty")
        #expect(described.status == 0 && described.output.contains(" sent: "), "\(described.errors)")
        let audit = try workspace.run("audit", "faulty")
        #expect(audit.status != 0 && audit.errors.contains("it has the readings that arrive"), "\(audit.errors)")
    }

    @Test("goes into ClickHouse and PostgreSQL with the other columns")
    func servers() throws {
        let delivery = Self.single.replacing("{", with: "{clock_drift: {share: 1, ppm: 90}, ", maxReplacements: 1)
        try generate(Samples.nasty, delivery, outputs: "{csv: true, clickhouse: true, pgcopy: true}")
        for reader in ["clickhouse", "postgres"] {
            let findings: Findings = try workspace.read(with: reader, workspace.path("faulty"))
            #expect(findings.problems == [])
            #expect(findings["rows"] > 3_000)
        }
        #expect(try workspace.run("verify", "faulty", "--regenerate").status == 0)
    }

    @Test(
        "is the same on any number of threads, after an interruption, and with the resolved recipe",
        arguments: [all, ordered]
    )
    func bytes(delivery: String) throws {
        let recipe = """
            dataset: {duration: 10000s}
            replicas: {count: 40}
            delivery: \(delivery)
            outputs: [csv, jsonl]
            """
        try workspace.expectSameBytes(of: recipe, threads: "2", "7")
    }

    @Test("does not depend on how long the dataset is, nor on how many sensors it has")
    func stability() throws {
        try workspace.write(
            "\(Samples.days)\ndelivery: \(Self.all)\noutputs: {csv: {compression: none}}\n",
            to: "days.yaml"
        )
        try workspace.generate("days.yaml", to: "long")
        try workspace.generate("days.yaml", to: "short", "--duration", "20h")
        try workspace.generate("days.yaml", to: "wide", "--set", "fleet.0.count=3")
        // Rows of the shorter one are the first of the longer one; those of the smaller fleet are in the larger one, but for numbers.
        let prefix = "head -c $(wc -c < short/readings.csv) long/readings.csv | cmp - short/readings.csv"
        #expect(try workspace.shell(prefix).status == 0)
        let rows = "grep -v DAY_000003 $1/readings.csv | cut -d, -f 2- | cmp - rows"
        let fleet = "cut -d, -f 2- long/readings.csv > rows; set wide; \(rows)"
        #expect(try workspace.shell(fleet).status == 0)
    }

    @Test(
        "is another thing in a group that says so",
        arguments: ["", "delivery: {jitter: 100ms, clock_drift: {share: 1, ppm: 9}}"]
    )
    func groups(common: String) throws {
        let recipe = """
            dataset: {duration: 2h, seed: 5}
            simulation: {interval: 10s}
            fleet:
              - {count: 2, prefix: WIRED, location: Oslo, delivery: {}}
              - {count: 2, prefix: RADIO, location: Oslo, delivery: {loss: 0.3, duplicates: {share: 0.2, delay: 5s}}}
              - {count: 2, prefix: OTHER, location: Oslo}
            outputs: {csv: {compression: none, columns: [sensor_id, timestamp, arrival_time]}}
            \(common)
            """
        try workspace.write(recipe, to: "groups.yaml")
        try workspace.generate("groups.yaml", to: "out")
        let count = """
            awk -F, 'NR > 1 { kind = substr($1, 1, 5) ($2 == $3 ? " in time" : " later"); rows[kind]++ }
              END { for (kind in rows) print kind, rows[kind] }' out/readings.csv | sort
            """
        let lines = try workspace.shell(count).output.split(separator: "\n").map(String.init)
        #expect(lines.contains("WIRED in time 1440") && !lines.contains { $0.hasPrefix("WIRED later") }, "\(lines)")
        let others = lines.first { $0.hasPrefix("OTHER later") }
        #expect(lines.contains("OTHER in time 1440") == common.isEmpty, "\(lines)")
        #expect(
            others.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) } ?? 0 > 1_400 || common.isEmpty,
            "\(lines)"
        )
        let kinds = try workspace.shell("cut -d, -f 1,4 out/delivery.csv | sed 's/_[0-9]*,/ /' | sort -u").output
        let expected = ["RADIO duplicate", "RADIO lost"] + (common.isEmpty ? [] : ["OTHER clock_drift"])
        #expect(Set(kinds.split(separator: "\n").map(String.init)) == Set(expected + ["sensor_id,fault"]), "\(kinds)")
        #expect(try workspace.run("verify", "out", "--regenerate").status == 0)
        try workspace.generate("out/recipe.yaml", to: "again")
        #expect(try workspace.differences("out", "again") == [])
    }

    @Test("is estimated before")
    func estimate() throws {
        try workspace.write(
            "\(Samples.days)\ndelivery: \(Self.all)\noutputs: {csv: {compression: none}}\n",
            to: "days.yaml"
        )
        try workspace.generate("days.yaml", to: "out")
        struct Estimate: Decodable {
            struct File: Decodable {
                var path: String
                var estimated_bytes: Double
            }
            var files: [File]
        }
        let outcome = try workspace.run("recipe", "days.yaml", "--dry-run", "--json")
        let estimate: [Estimate.File] = try outcome.decoded(as: Estimate.self).files
        for name in ["readings.csv", "delivery.csv"] {
            let file = try #require(estimate.first { $0.path == name })
            let bytes = Double(try workspace.bytes("out/\(name)").count)
            #expect(abs(file.estimated_bytes / bytes - 1) < 0.1, "\(name): \(file.estimated_bytes), not \(bytes)")
        }
    }

    @Test("is found to be told wrongly, line by line")
    func damage() throws {
        try generate(Samples.nasty, Self.all, outputs: "{csv: {compression: none}}")
        let sums = "cd faulty && sha256sum $(cut -c 67- SHA256SUMS) > new && mv new SHA256SUMS"
        let change = """
            sed -i '0,/,late,/s//,lost,/' faulty/delivery.csv
            sed -i '900d' faulty/readings.csv
            \(sums)
            """
        try #require(try workspace.shell(change).status == 0)
        let outcome = try workspace.run("verify", "faulty", "--regenerate")
        let told = outcome.output + outcome.errors
        #expect(outcome.status == 76)
        #expect(told.contains("delivery.csv: row ") && told.contains("fault is lost, not late"), "\(told)")
        #expect(told.contains("readings.csv: before row 899 that of reading "), "\(told)")
        try #require(try workspace.shell("rm faulty/delivery.csv").status == 0)
        let missing = try workspace.run("verify", "faulty")
        #expect(missing.status == 76)
        #expect((missing.output + missing.errors).contains("delivery.csv: it is missing"))
    }

    @Test(
        "is refused where it cannot be, and says where",
        arguments: [
            (
                "{duplicates: {share: 0.1}}",
                "recipe.yaml:2:12: delivery.duplicates: the output sqlite has one row for each id"
            ),
            ("{late: {share: 0.1}}", "delivery.late: the key delay is missing"),
            ("{late: {share: 1.5, delay: 1s}}", "delivery.late.share: 1.5 is not between 0 and 0.9"),
            ("{late: {share: 0.1, delay: [2m, 1m]}}", "delivery.late.delay: 2m is more than 1m"),
            ("{late: {share: 0.1, delay: 40d}}", "delivery.late.delay: 40d is longer than 30d"),
            ("{jitter: 1500us}", "delivery.jitter: 1ms500us is not a whole number of milliseconds"),
            ("{jitter: -1s}", "delivery.jitter: "),
            (
                "{offline: {every: 1h, duration: [1m, 31m]}}",
                "delivery.offline.duration: longer than half of every: at most 30m"
            ),
            ("{offline: {duration: 1m}}", "delivery.offline: the key every is missing"),
            ("{clock_drift: {share: 0.1, ppm: 2000}}", "delivery.clock_drift.ppm: 2000 is not between 0.001 and 1000"),
            (
                "{order: arrival}",
                "delivery.order: the output sqlite is a table by id, which ORDER BY arrival_time puts in order"
            ),
            (
                "{order: arrival}\noutputs: [csv]\ndataset: {order: sensor}",
                "delivery.order: needs dataset.order: time, and that is sensor"
            ),
            (
                "{}\nfleet: [{delivery: {order: arrival}}]",
                "fleet.0.delivery.order: rows of all groups have one order; it stands in the recipe's section delivery"
            ),
            (
                "{}\nfleet: [{count: 2}, {count: 2, prefix: B, delivery: {duplicates: {share: 0.1}}}]",
                "fleet.1.delivery.duplicates: the output sqlite has one row for each id"
            ),
            ("{loss: 1}", "delivery.loss: 1 is not between 0 and 0.9"),
            ("{jiter: 1s}", "delivery.jiter: unknown key; did you mean jitter?"),
            (
                "\nfleet: [{delivery: {loss: 0.1}}]\noutputs: [openmetrics]",
                "a database of blocks has no place for what is late or twice"
            ),
            ("{}\noutputs: {csv: {timestamps: epoch_s}}", "epoch_s is coarser than arrival_time"),
            ("{}\noutputs: {clickhouse: {time: datetime}}", "datetime is coarser than arrival_time"),
            (
                "{clock_drift: {share: 0.1, ppm: 1}}\noutputs: {csv: {timestamps: epoch_ms}}",
                "epoch_ms is coarser than what drifting clocks show"
            ),
            ("{}\ndataset: {end: 2199-12-31T23:59:59Z, start: 2199-12-31}", ""),
            (
                "{jitter: 2s}\ndataset: {end: 2199-12-31T23:59:59Z, start: 2199-12-31}",
                "delivery: readings would arrive beyond the year 2199"
            ),
        ]
    )
    func refusals(delivery: String, said: String) throws {
        try workspace.write("version: '1'\ndelivery: \(delivery)\n", to: "recipe.yaml")
        let outcome = try workspace.run("recipes", "check", "recipe.yaml")
        guard !said.isEmpty else {
            #expect(outcome.status == 0, "\(outcome.errors)")
            return
        }
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains(said) && outcome.errors.contains("recipe.yaml:"), "\(outcome.errors)")
    }

    @Test("is refused where more is on its way than the memory holds")
    func memory() throws {
        let recipe = """
            dataset: {duration: 60d}
            simulation: {interval: 1ms}
            replicas: {count: 1000}
            delivery: {late: {share: 0.9, delay: [1d, 30d]}, order: arrival}
            outputs: [csv]
            """
        try workspace.write(recipe, to: "late.yaml")
        let outcome = try workspace.run("recipe", "late.yaml", "-o", "out")
        #expect(outcome.status == 73)
        let said =
            "late.yaml:4:1: delivery: 1,000 sensors and about 1,205,280,000,000 readings that are on their way at a time need"
        #expect(outcome.errors.contains(said), "\(outcome.errors)")
        #expect(try workspace.run("recipes", "check", "late.yaml").status == 0)
    }

    @Test("is refused by what knows nothing of it, and its column where there is none")
    func strangers() throws {
        try workspace.write("delivery: {loss: 0.1}\noutputs: [csv]\n", to: "lossy.yaml")
        let live = try workspace.run("recipe", "lossy.yaml", "--realtime")
        #expect(
            live.status == 65 && live.errors.contains("delivery: a live run stores each reading once"),
            "\(live.errors)"
        )
        #expect(!workspace.exists("data/sensor_data.db"))
        try workspace.write("outputs: {csv: {columns: [timestamp, arrival_time]}}\n", to: "none.yaml")
        let column = try workspace.run("recipes", "check", "none.yaml")
        #expect(column.status == 65)
        #expect(column.errors.contains("arrival_time is there only with the section delivery"), "\(column.errors)")
    }
}
