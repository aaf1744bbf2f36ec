import DatasetFormats
import DatasetGen
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Creates or checks the database and the measurement of a load.
struct InfluxPreparation {
    private let target: InfluxTarget

    /// Whether readings come as they are taken, and not those of a load.
    private let isFed: Bool

    init(_ target: InfluxTarget, isFed: Bool = false) { (self.target, self.isFed) = (target, isFed) }

    private var database: String { target.api.database }
    private var measurement: String { InfluxAPI.name(target.points.measurement) }
    private var grid: TickGrid { target.plan.recipe.grid }

    /// The statement that creates the database of version 1.
    var creation: String {
        // A sixteenth of the readings is in a shard at most, so that their files are few.
        let days = isFed ? 7 : (grid.end.microseconds - grid.start.microseconds) / 16 / 86_400_000_000
        return "CREATE DATABASE \(InfluxAPI.name(database)) WITH DURATION INF SHARD DURATION \(max(7, days))d"
    }

    /// Makes the measurement ready for a load of its own, which a journal tells of.
    ///
    /// - Throws: ``DeliveryError`` where readings would be lost or mixed with others.
    func run(_ journal: LoadJournal) throws(DeliveryError) {
        let client = try target.client()
        try prepare(client)
        let tables = SmallTable.Kind.allCases.map { InfluxSmallTable($0, target, client) }
        for table in tables { try table.check() }
        try checkPoints(client, journal)
        for table in tables { try table.prepare() }
    }

    /// Makes ready what points are put into.
    func prepare(_ client: InfluxClient) throws(DeliveryError) {
        switch target.api.version {
        case .v1(let policy): try prepareDatabase(policy, client)
        case .v2(let organization): try prepareBucket(organization, client)
        case .v3: try prepareDatabase3(client)
        }
        try checkFields(client)
    }

    private func missing(_ what: String) -> DeliveryError {
        DeliveryError(.occupied, "there is no \(what) \(database.quoted) at \(target.name); --create auto creates it")
    }

    // MARK: - Where points are

    private func prepareDatabase(_ policy: String?, _ client: InfluxClient) throws(DeliveryError) {
        let names = try client.query(["SHOW DATABASES"])[0].flatMap(\.rows).compactMap { $0.first?.stringValue }
        if !names.contains(database) {
            guard target.options.creates else { throw missing("database") }
            _ = try client.query([creation], isChange: true)
        }
        let policies = try client.query(["SHOW RETENTION POLICIES ON \(InfluxAPI.name(database))"])[0].flatMap(\.rows)
        let found = policies.first { row in
            policy.map { row[0].stringValue == $0 } ?? (row.last == true)
        }
        guard let found, let name = found[0].stringValue, let kept = found[1].stringValue else {
            throw DeliveryError(
                .occupied,
                "the database \(database.quoted) has no retention policy \(policy?.quoted ?? "that is its default")"
            )
        }
        try checkRetention(Self.seconds(kept), "the retention policy \(name.quoted)")
    }

    private func prepareBucket(_ organization: String, _ client: InfluxClient) throws(DeliveryError) {
        let query = [("org", organization), ("name", database)]
        let answer = try client.session.get("/api/v2/buckets", query)
        let buckets = JSONValue(parsing: Array(answer.text.utf8))?["buckets"]?.elements ?? []
        if answer.isSuccess, let bucket = buckets.first {
            let seconds = bucket["retentionRules"]?.elements.compactMap { $0["everySeconds"]?.integerValue }.max() ?? 0
            return try checkRetention(seconds, "the bucket \(database.quoted)")
        }
        guard answer.isSuccess || answer.status == 404 else {
            throw client.session.refusal(answer, of: "the question for its bucket")
        }
        guard target.options.creates else { throw missing("bucket") }
        let found = try client.session.get("/api/v2/orgs", [("org", organization)])
        guard found.isSuccess,
            let id = JSONValue(parsing: Array(found.text.utf8))?["orgs"]?.elements.first?["id"]?.stringValue
        else { throw client.session.refusal(found, of: "the question for the organization \(organization.quoted)") }
        let bucket: JSONValue = ["orgID": .string(id), "name": .string(database), "retentionRules": .array([])]
        try send(bucket, to: "/api/v2/buckets", "the bucket to be created", client)
    }

    private func prepareDatabase3(_ client: InfluxClient) throws(DeliveryError) {
        let answer = try client.session.get("/api/v3/configure/database", [("format", "json")])
        guard answer.isSuccess, let json = JSONValue(parsing: Array(answer.text.utf8)) else {
            throw client.session.refusal(answer, of: "the question for its databases")
        }
        if json.elements.contains(where: { $0["iox::database"]?.stringValue == database }) { return }
        guard target.options.creates else { throw missing("database") }
        try send(["db": .string(database)], to: "/api/v3/configure/database", "the database to be created", client)
    }

    private func send(
        _ json: JSONValue,
        to path: String,
        _ what: String,
        _ client: InfluxClient
    ) throws(DeliveryError) {
        let answer = try client.session.post(
            [Array(json.compactText.utf8)],
            to: path,
            headers: ["Content-Type: application/json"]
        )
        guard answer.isSuccess else { throw client.session.refusal(answer, of: what) }
    }

    /// Seconds of a duration as Go writes it, such as `168h0m0s`.
    private static func seconds(_ text: String) -> Int64 {
        var (total, number): (Int64, Int64) = (0, 0)
        for character in text {
            if let digit = character.wholeNumberValue {
                number = number * 10 + Int64(digit)
            } else {
                total += number * (["h": 3_600, "m": 60, "s": 1][character] ?? 0)
                number = 0
            }
        }
        return total
    }

    /// Throws if the first reading is older than what is kept.
    private func checkRetention(_ seconds: Int64, _ what: String) throws(DeliveryError) {
        // Of what it is fed the server says itself that it is too old.
        if isFed || seconds == 0 || grid.start.microseconds / 1_000_000 > Int64(time(nil)) - seconds { return }
        throw DeliveryError(
            .unstorable,
            "\(what) keeps \(seconds / 3_600) hours; readings begin at \(grid.start.zonedText), and would be dropped"
        )
    }

    // MARK: - What is there

    /// Throws if a field is there with another type.
    private func checkFields(_ client: InfluxClient) throws(DeliveryError) {
        let metrics = target.plan.recipe.schema.metrics
        var types: [String: String] = [:]
        for metric in metrics {
            types[metric.name] = metric.states.isEmpty ? "float" : "string"
            if target.usesTwin { types["clean_" + metric.name] = types[metric.name] }
        }
        if target.usesLabels { (types["anomaly_flag"], types["anomaly_type"]) = ("integer", "string") }
        if target.usesArrivals { types[Column.arrivalTime.name] = "integer" }
        if target.options.ifExists == .replace { return }
        let known = try client.query(["SHOW FIELD KEYS FROM \(measurement)"])[0].flatMap(\.rows)
        for row in known {
            guard let name = row.first?.stringValue, let type = row.last?.stringValue, let own = types[name] else {
                continue
            }
            if type != own {
                throw DeliveryError(.occupied, "the field \(name) of \(target.name) is \(type); it must be \(own)")
            }
        }
    }

    /// Throws if points are there that are not to be.
    private func checkPoints(_ client: InfluxClient, _ journal: LoadJournal) throws(DeliveryError) {
        guard try !client.query(["SELECT * FROM \(measurement) LIMIT 1"])[0].isEmpty else { return }
        switch target.options.ifExists {
        case .fail:
            throw journal.occupied(target.name, by: "points")
        case .append: try checkApart(client)
        case .replace:
            guard try isMadeByLoad(client) else { throw DeliveryError.stranger(target.name) }
            try drop(target.points.measurement, client)
        }
    }

    /// Whether a measurement has no tags and fields but such as loads give it, whatever their metrics and labels.
    private func isMadeByLoad(_ client: InfluxClient) throws(DeliveryError) -> Bool {
        let found = try client.query(["SHOW TAG KEYS FROM \(measurement)", "SHOW FIELD KEYS FROM \(measurement)"])
        let tags = found[0].flatMap(\.rows).compactMap { $0.first?.stringValue }
        let known = Set(PointText.tagColumns.map(\.name))
        let numbers = ["anomaly_flag", Column.arrivalTime.name]
        return tags.contains(Column.sensorID.name) && tags.allSatisfy(known.contains)
            && found[1].flatMap(\.rows)
                .allSatisfy { row in
                    switch row.last?.stringValue ?? "" {
                    case "float", "string": true
                    case "integer": row.first?.stringValue.map(numbers.contains) ?? false
                    default: false
                    }
                }
    }

    private func checkApart(_ client: InfluxClient) throws(DeliveryError) {
        let found =
            try
            client.query([
                "SELECT count(*) FROM \(measurement) WHERE \(InfluxAPI.condition(target.times)) GROUP BY \"sensor_id\""
            ])[0]
        let own = Set(target.plan.fleet.sensors.map(\.id))
        guard let sensor = found.compactMap({ $0["sensor_id"] }).first(where: own.contains) else { return }
        throw DeliveryError(
            .occupied,
            "\(target.name) has points of sensor \(sensor.quoted) between \(grid.start.zonedText) and "
                + "\(grid.end.zonedText) already, which would be replaced"
        )
    }

    /// Drops a measurement.
    func drop(_ measurement: String, _ client: InfluxClient) throws(DeliveryError) {
        switch target.api.version {
        case .v1: _ = try client.query(["DROP MEASUREMENT \(InfluxAPI.name(measurement))"], isChange: true)
        case .v2(let organization):
            let predicate = "_measurement=\"\(measurement)\""
            let answer = try client.session.post(
                [
                    Array(
                        ([
                            "start": "1677-09-21T00:12:43Z", "stop": "2262-04-11T23:47:16Z",
                            "predicate": .string(predicate),
                        ]
                            as JSONValue)
                            .compactText.utf8
                    )
                ],
                to: "/api/v2/delete",
                [("org", organization), ("bucket", database)],
                headers: ["Content-Type: application/json"]
            )
            guard answer.isSuccess else { throw client.session.refusal(answer, of: "the measurement to be deleted") }
        case .v3:
            throw DeliveryError(
                .usage,
                "--if-exists replace: delete the table of InfluxDB 3 yourself, influxdb3 delete table"
            )
        }
    }
}

extension ReadableTarget {
    /// The instants of the rows, in microseconds since 1970.
    var times: Range<Int64> { plan.shownTimes }
}
