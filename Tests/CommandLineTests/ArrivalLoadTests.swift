import Foundation
import Testing

@Suite("A load of readings that arrive late, twice or never", .timeLimit(.minutes(30)))
struct ArrivalLoadTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// All that can happen to readings, often enough to be seen in some thousand of them.
    private static let all = """
        jitter: 200ms, late: {share: 0.03, delay: [5m, 2h]}, offline: {every: 3h, duration: [5m, 20m]}, loss: 0.02,
          duplicates: {share: 0.04, delay: [1s, 5m]}
        """
    /// With clocks that are wrong, too.
    private static let drifting = "\(all), clock_drift: {share: 0.5, ppm: 500}"
    /// In the order of arrival.
    private static let ordered = "\(drifting), order: arrival"

    private func write(_ delivery: String, _ recipe: String = Samples.nasty) throws {
        try workspace.write(
            "\(recipe)\ndelivery: {\(delivery)}\noutputs: {csv: {compression: none}}\n",
            to: "faulty.yaml"
        )
        try workspace.write("\(recipe)\noutputs: [csv]\n", to: "faultless.yaml")
    }

    private func load(_ url: String, _ options: String...) throws -> Outcome {
        try workspace.run(["load", "faulty.yaml", url] + options)
    }

    private func contentSHA256(of folder: String) throws -> String {
        let text = try workspace.text("\(folder)/manifest.json")
        let found = try #require(text.firstMatch(of: /"content_sha256": "([0-9a-f]{64})"/))
        return String(found.1)
    }

    @Test("brings the messages of the JSON Lines file, in its order", arguments: [drifting, ordered])
    func messages(delivery: String) throws {
        try write(delivery)
        let server = try BrokerServer.mosquitto(workspace)
        let expected = try ExpectedMessages("faulty.yaml", in: workspace).addressed { "sensors/\($0)" }
        #expect(Set(expected).count == expected.count && expected[0].contains("\"arrival_time\":\""))
        let receiver = "mosquitto_sub -p \(server.port) -c -i test -q 2 -t '#'"
        try #require(try workspace.shell("\(receiver) -E").status == 0)
        let outcome = try load("mqtt://localhost:\(server.port)")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            outcome.output.contains("readings, of which \(expected.count.grouped) rows arrived"),
            "\(outcome.output)"
        )
        let line = "\(receiver) -F '%t\t%p' -C \(expected.count) -W 8"
        #expect(ExpectedMessages.split(try workspace.shell(line).output) == expected)
    }

    @Test("keeps what arrives twice in a stream that drops what is sent twice")
    func stream() throws {
        try write(Self.all)
        let server = try BrokerServer.nats(workspace)
        func client(_ arguments: String...) throws -> Outcome {
            let script = [Locations.reader("nats_client"), "\(server.port)"] + arguments
            return try RunningProcess(try Locations.python(), script, in: workspace.folder).outcome()
        }
        let expected = try ExpectedMessages("faulty.yaml", in: workspace).addressed { _ in "lab" }
        #expect(try client("add", "lab", "lab").status == 0)
        for _ in 1...2 {
            let outcome = try load("nats://localhost:\(server.port)/lab?jetstream=on")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(ExpectedMessages.split(try client("stream", "lab").output) == expected)
    }

    @Test("has the rows of the CSV file in PostgreSQL", arguments: [drifting, ordered])
    func rows(delivery: String) throws {
        try write(delivery)
        for name in ["faulty", "faultless"] { try workspace.generate("\(name).yaml", to: name) }
        let server = try PostgreSQLServer(workspace)
        let outcome = try workspace.run("load", "faulty", server.url(), "--layout", "wide", "--verify", "rows")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("content_sha256 \(try contentSHA256(of: "faultless"))"), "\(outcome.output)")
        try server.query(
            "CREATE TABLE csv (LIKE readings);\n\\copy csv from 'faulty/readings.csv' with (format csv, header)"
        )
        let differing =
            "SELECT count(*) FROM ((TABLE readings EXCEPT ALL TABLE csv) UNION ALL "
            + "(TABLE csv EXCEPT ALL TABLE readings)) AS differing"
        #expect(try server.query(differing) == "0")
        #expect(try server.query("SELECT count(*) > 4000, count(DISTINCT id) < count(*) FROM csv") == "t|t")
        guard delivery == Self.ordered else { return }
        let earlier =
            "SELECT count(*) FROM (SELECT arrival_time, id, lag(arrival_time) OVER rows AS time, lag(id) OVER rows AS number "
            + "FROM readings WINDOW rows AS (ORDER BY ctid)) AS pairs WHERE (arrival_time, id) < (time, number)"
        // The server may put a short row behind the last one of a page that was full for a longer one.
        let count = try #require(Int(try server.query(earlier)))
        #expect(count < 100, "\(count)")
    }

    @Test("proves each layout in PostgreSQL in each way", arguments: ["star", "wide", "narrow"])
    func layouts(layout: String) throws {
        let server = try PostgreSQLServer(workspace)
        for (delivery, labels) in [(Self.drifting, "fields"), (Self.ordered, "none")] {
            try write(delivery)
            let options = ["--layout", layout, "--labels", labels, "--json"]
            let outcome = try workspace.run(
                ["load", "faulty.yaml", server.url(), "--if-exists", "replace", "--verify", "rows"] + options
            )
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("\"arrived\":4"), "\(outcome.output)")
            for proof in ["count", "sums"] {
                let again = ["load", "faulty.yaml", server.url(), "--verify-only", "--verify", proof] + options
                #expect(try workspace.run(again).status == 0)
            }
        }
    }

    @Test(
        "that is no longer what arrived is found out",
        arguments: [
            (
                "UPDATE readings SET arrival_time = arrival_time + interval '1 ms' WHERE ctid = '(0,9)'",
                "column arrival_time: "
            ),
            (
                "DELETE FROM readings WHERE ctid = (SELECT max(ctid) FROM readings GROUP BY time, sensor_id "
                    + "HAVING count(*) = 2 LIMIT 1)",
                "its row is missing"
            ),
            (
                "INSERT INTO readings SELECT * FROM readings WHERE ctid = '(0,9)'",
                "a row that was not sent, or a second one"
            ),
        ]
    )
    func foundOut(damage: String, finding: String) throws {
        try write(Self.drifting)
        let server = try PostgreSQLServer(workspace)
        #expect(try load(server.url()).status == 0)
        try server.query(damage)
        for proof in ["sums", "rows"] {
            let outcome = try load(server.url(), "--verify-only", "--verify", proof)
            #expect(outcome.status == 76 && outcome.errors.contains(finding), "\(proof) \(outcome)")
        }
    }

    @Test("goes on after an interruption, in the order of arrival as well", arguments: [drifting, ordered])
    func resumed(delivery: String) throws {
        try write(delivery, "dataset: {duration: 3000s}\nreplicas: {count: 50}")
        let server = try PostgreSQLServer(workspace)
        let run = try workspace.start("load", "faulty.yaml", server.url(), "--batch", "16384", "--rate", "60000")
        try wait(of: run, or: "nothing is stored") {
            let isThere = try server.query("SELECT count(*) FROM pg_class WHERE relname = 'gen_dataset_blocks'") == "1"
            return try isThere && server.query("SELECT count(*) > 1 FROM gen_dataset_blocks") == "t" ? () : nil
        }
        run.send(SIGKILL)
        _ = try run.outcome()
        #expect(try load(server.url()).status == 73)
        let outcome = try load(server.url(), "--resume", "--verify", "rows")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains(" were there"), "\(outcome.output)")
        #expect(try server.query("SELECT count(*) FROM gen_dataset_blocks") == "10")
        guard delivery == Self.ordered else { return }
        let earlier =
            "SELECT count(*) FROM (SELECT arrival_time < lag(arrival_time) OVER (ORDER BY ctid) AS is_earlier FROM readings) "
            + "AS rows WHERE is_earlier"
        let count = try #require(Int(try server.query(earlier)))
        #expect(count < 1_000, "\(count)")
    }

    @Test("is proven in databases of points and in ClickHouse, which tell when each row arrives")
    func others() throws {
        let influx = try InfluxServer(workspace)
        let clickHouse = try ClickHouseServer(workspace)
        let questDB = try QuestDBStandIn(workspace)
        defer { questDB.stop() }
        for (delivery, labels) in [
            (Self.drifting, ["fields"]), (Self.ordered, ["none"]), (Self.all, ["fields", "none"]),
        ] {
            try write(delivery)
            var urls = [influx.url(), questDB.url]
            // This one knows whole seconds, and finds blocks by the numbers of readings.
            if delivery == Self.all { urls.append(clickHouse.url()) }
            for url in urls {
                for labels in labels {
                    let options = ["--labels", labels, "--verify"]
                    let token = url.hasPrefix("questdb") ? ["--token-file", "token"] : []
                    try workspace.write("letmein", to: "token")
                    let first = ["load", "faulty.yaml", url, "--if-exists", "replace"] + token + options + ["rows"]
                    let outcome = try workspace.run(first)
                    #expect(outcome.status == 0, "\(url) \(outcome.errors)")
                    for proof in ["count", "sums"] {
                        let again = ["load", "faulty.yaml", url, "--verify-only"] + token + options + [proof]
                        let proven = try workspace.run(again)
                        #expect(proven.status == 0, "\(url) \(proof) \(proven.errors)")
                    }
                }
            }
        }
        #expect(try load(clickHouse.url(), "--verify-only", "--labels", "none").status == 0)
        let twice =
            "SELECT count() - uniq(id) > 100, countIf(arrival_time > toUInt32(timestamp) * 1000000) > 4000 FROM readings"
        #expect(try clickHouse.query(twice) == "1\t1")
        try clickHouse.query("INSERT INTO readings SELECT * FROM readings WHERE id = 77")
        let changed = try load(clickHouse.url(), "--verify-only", "--labels", "none")
        #expect(changed.status == 76 && changed.errors.contains("a second one"), "\(changed)")
        let bare = ["load", "faulty.yaml", influx.url(), "--labels", "none", "--tags", "sensor_id"]
        #expect(try workspace.run(bare + ["--if-exists", "replace"]).status == 0)
        let found = try influx.query("SELECT arrival_time FROM sensor_data WHERE sensor_id = 'A,B_000002' LIMIT 1")
        let time = try #require(found.firstMatch(of: /\[\[([0-9]+),/)).1
        let point = "sensor_data,sensor_id=A\\,B_000002 arrival_time=77i \(time)"
        try workspace.write(point, to: "point")
        let write = "http://127.0.0.1:\(influx.port)/write?db=lab&precision=u"
        #expect(try workspace.shell("curl -sf '\(write)' --data-binary @point").status == 0)
        let late = try workspace.run(bare + ["--verify-only", "--verify", "rows"])
        #expect(late.status == 76 && late.errors.contains("column arrival_time: 77 is stored, "), "\(late)")
    }

    @Test("is refused where a reading has no place")
    func refused() throws {
        try write(Self.ordered)
        for (url, options, status, message) in [
            ("victoriametrics://127.0.0.1:1", [], 65, "goes without the section delivery: it holds each reading once"),
            ("prometheus://127.0.0.1:1/api/v1/write", [], 65, "goes without the section delivery"),
            ("clickhouse://127.0.0.1:1", [], 65, "goes without delivery.order: arrival: a block that may be there"),
            ("null:", ["--workers", "2", "--verify", "none"], 64, "--workers 2: over several connections"),
        ] as [(String, [String], Int32, String)] {
            let outcome = try workspace.run(["load", "faulty.yaml", url] + options)
            #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome)")
            #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
        }
        #expect(try load("null:", "--verify", "none").status == 0)
    }
}

extension Int {
    /// With commas between its thousands.
    fileprivate var grouped: String {
        let digits = Array(String(self))
        return digits.indices.map { (digits.count - $0) % 3 == 0 && $0 > 0 ? ",\(digits[$0])" : "\(digits[$0])" }
            .joined()
    }
}
