import DatasetFiles
import DatasetFormats
import DatasetGen
import Synchronization

/// A table in ClickHouse.
///
/// Rows have the number of their reading. A block that may be there is looked for by these numbers before it is sent again, as
/// ClickHouse keeps what comes twice.
struct ClickHouseTarget: ReadableTarget {
    let plan: GenerationPlan
    let options: TargetOptions
    let database: String
    let table: String
    let journal: LoadJournal?
    /// The columns of a sensor that rows have.
    let tags: [Column]
    /// What requests of the load are called at the server.
    let queryID: String
    private let server: HTTPServer
    private let known = Known()

    private final class Known: Sendable {
        let isWhole = Mutex<Bool?>(nil)
    }

    init(url: String, plan: GenerationPlan, options: TargetOptions) throws(DeliveryError) {
        try options.check("clickhouse", has: [.table, .tags, .journal, .events])
        let url = try TargetURL(url)
        try url.checkParameters([])
        guard url.path.count < 2 else {
            throw DeliveryError(.usage, "clickhouse: a database is named as clickhouse://HOST:8123/DATABASE")
        }
        (database, table) = (url.path.first ?? "default", options.table ?? "readings")
        let isEncrypted = url.scheme == "clickhouses"
        server = try HTTPServer(
            url,
            port: isEncrypted ? 8_443 : 8_123,
            isEncrypted: isEncrypted,
            variable: "CLICKHOUSE",
            token: nil
        )
        tags =
            try options.tags.map { names throws(DeliveryError) in try options.tagColumns(names) }
            ?? OutputParameters.points(of: plan.recipe).points.tags
        (self.plan, self.options) = (plan, options)
        name = "the table \(database.quoted).\(table.quoted) of \(server.name)"
        let identity = LoadIdentity(
            target: "\(server.name)/\(database), table \(table)",
            plan,
            options: [
                "table": table, "tags": tags.map(\.name).joined(separator: ","),
                "labels": options.labels.rawValue,
            ]
        )
        queryID = "gen-dataset-" + SHA256Text(of: Array(identity.json.compactText.utf8)).text.prefix(16)
        journal = LoadJournal(path: options.journal, of: identity, plan)
        for sensor in plan.fleet.sensors where sensor.id.utf8.contains(0) {
            throw DeliveryError(.unstorable, "the sensor \(sensor.id.quoted) has a zero byte in its name")
        }
    }

    let name: String
    var canBeProven: Bool { true }
    var arrivals: ArrivalSupport {
        plan.isInOrderOfArrival
            ? .refused(
                "delivery.order: arrival: a block that may be there is found by the numbers of its readings, one after another"
            )
            : .each
    }
    var bytesPerReading: Int { 30 + 12 * tags.count + 9 * plan.recipe.schema.metrics.count }
    var usesTwin: Bool { options.includesLabels && plan.recipe.includesCleanTwin }
    var usesLabels: Bool { options.includesLabels }
    var leavesOutEmptyRows: Bool { false }

    /// The columns of a row.
    var columns: [Column] {
        let metrics = plan.recipe.schema.metrics
        return [.id, .timestamp] + tags + metrics.map { .metric($0) } + (usesTwin ? metrics.map { .clean($0) } : [])
            + (usesLabels ? [.anomalyFlag, .anomalyType] : []) + (usesArrivals ? [.arrivalTime] : [])
    }

    /// Rows as they are sent: with times in whole seconds where the server knows no finer ones.
    func output(isWhole: Bool) -> ReadingOutput {
        ReadingOutput(parameters: .clickHouse(columns: columns, isWhole: isWhole), of: plan.recipe)
    }

    var isWhole: Bool { known.isWhole.withLock { $0 } ?? false }

    var script: String? {
        let tables = options.smallTables(of: plan.recipe)
            .map { ClickHouseSmallTable.creation($0, self, isWhole: false) }
        return (ClickHouseSchema(self, isWhole: false).statements + tables).map { $0 + ";\n" }.joined()
    }

    func client() throws(DeliveryError) -> ClickHouseClient {
        let client = ClickHouseClient(session: try server.connect(), database: database)
        if known.isWhole.withLock({ $0 == nil }) {
            let isWhole = try !client.knowsMicroseconds()
            known.isWhole.withLock { $0 = isWhole }
        }
        return client
    }

    func prepare() throws(DeliveryError) -> BlockSet {
        guard let journal else { return BlockSet(of: plan.blockCount) }
        let client = try client()
        let done = try journal.open(options) { () throws(DeliveryError) in
            let tables = SmallTable.Kind.allCases.map { ClickHouseSmallTable($0, self, client) }
            for table in tables { try table.check() }
            try ClickHousePreparation(self, client).run(journal)
            for table in tables { try table.prepare() }
        }
        // What an interrupted load has sent is at work or has failed; then its rows are there, or never will be.
        try client.waitForEnd(of: queryID)
        return done
    }

    func find() throws(DeliveryError) {
        let client = try client()
        let count = try client.rows(
            "SELECT count() FROM system.tables WHERE database = "
                + "\(ClickHouseClient.literal(database)) AND name = \(ClickHouseClient.literal(table))"
        )
        if count.first?.first != "1" {
            throw DeliveryError(.occupied, "\(name) is not there: nothing can be proven")
        }
    }

    func makeEncoder() -> TextBlockEncoder<NativeEncoder> {
        TextBlockEncoder(
            NativeEncoder(output(isWhole: isWhole), sensors: plan.fleet.sensors),
            compressor: nil,
            marksRows: false
        )
    }

    func connect() throws(DeliveryError) -> ClickHouseDelivery { ClickHouseDelivery(self, try client()) }

    func finish() throws(DeliveryError) {
        let client = try client()
        for kind in SmallTable.Kind.allCases { try ClickHouseSmallTable(kind, self, client).fill() }
    }

    /// The table in SQL.
    var tableName: String { ClickHouseClient.name(database) + "." + ClickHouseClient.name(table) }

    func addUp(_ proof: Proof, to stored: inout StoredPoints) throws(DeliveryError) -> [Int]? {
        try ClickHouseSums(self, proof).run(&stored)
    }

    func makeReader() throws(DeliveryError) -> any StoredReader {
        let client = try client()
        let (table, isWhole) = (tableName, isWhole)
        let values =
            (metricNames + (usesLabels ? ["anomaly_flag", "anomaly_type"] : [])).map(ClickHouseClient.name)
            + (usesArrivals ? [ClickHouseClient.arrival(isWhole: isWhole)] : [])
        let order = "timestamp" + (usesArrivals ? ", arrival_time" : "")
        return RowReader(
            of: self,
            null: "\\N",
            statement: { times, sensor in
                let condition = ClickHouseClient.condition(times, isWhole: isWhole)
                let further = sensor.map { " AND sensor_id = \(ClickHouseClient.literal($0.id)) ORDER BY \(order)" }
                return
                    "SELECT \(ClickHouseClient.microseconds(isWhole: isWhole)), sensor_id, \(values.joined(separator: ", ")) FROM \(table) "
                    + "WHERE \(condition)\(further ?? "")"
            },
            query: client.forEachRow
        )
    }

    func prove(_ proof: Proof, workers: Int, retries: Retries) async throws -> ProofReport {
        let report = try await ReadBackProof(self, proof, retries).run(workers: workers)
        return try retries.run { () throws(DeliveryError) in
            let client = try client()
            var report = report
            for kind in SmallTable.Kind.allCases { report = try ClickHouseSmallTable(kind, self, client).prove(report) }
            return report
        }
    }
}
