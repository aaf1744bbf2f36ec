import DatasetFormats
import DatasetGen

/// A table in QuestDB, which takes line protocol: a request is a transaction.
///
/// The table knows rows by time and sensor, so that what is sent again replaces itself.
struct QuestDBTarget: ReadableTarget {
    let plan: GenerationPlan
    let options: TargetOptions
    let points: PointSource
    let journal: LoadJournal?
    private let server: HTTPServer

    init(url: String, plan: GenerationPlan, options: TargetOptions) throws(DeliveryError) {
        try options.check("questdb", has: [.table, .tags, .journal, .token, .events])
        let url = try TargetURL(url)
        try url.checkParameters(["gzip"])
        guard url.path.isEmpty else {
            throw DeliveryError(
                .usage,
                "questdb: has no databases, it is named as questdb://HOST:9000; --table names the table"
            )
        }
        server = try HTTPServer(
            url,
            port: 9_000,
            isEncrypted: url.scheme == "questdbs",
            variable: "QUESTDB",
            token: options.token
        )
        points = try PointSource(plan, options, isCompressed: server.isCompressed(url))
        (self.plan, self.options) = (plan, options)
        name = "the table \(points.measurement.quoted) of \(server.name)"
        journal = LoadJournal(
            path: options.journal,
            of: LoadIdentity(
                target: "\(server.name), table \(points.measurement)",
                plan,
                options: points.identity
            ),
            plan
        )
        if let metric = plan.recipe.schema.metrics.first(where: { $0.name == "timestamp" }) {
            throw DeliveryError(.unstorable, "a metric is called \(metric.name), as the column of times is")
        }
    }

    let name: String
    var canBeProven: Bool { true }
    var arrivals: ArrivalSupport { .once }
    var bytesPerReading: Int { points.bytesPerReading }
    var usesTwin: Bool { points.output.includesCleanTwin }
    var usesLabels: Bool { options.includesLabels }
    var leavesOutEmptyRows: Bool { !options.includesLabels && !usesArrivals }
    var script: String? {
        let tables = options.smallTables(of: plan.recipe).map { QuestDBSmallTable.creation($0, self) }
        return ([QuestDBPreparation(self).creation] + tables).map { $0 + ";\n" }.joined()
    }

    func client() throws(DeliveryError) -> QuestDBClient { QuestDBClient(session: try server.connect()) }

    func prepare() throws(DeliveryError) -> BlockSet {
        guard let journal else { return BlockSet(of: plan.blockCount) }
        return try journal.open(options) { () throws(DeliveryError) in
            let client = try client()
            let tables = SmallTable.Kind.allCases.map { QuestDBSmallTable($0, self, client) }
            for table in tables { try table.check() }
            try QuestDBPreparation(self).run(journal)
            for table in tables { try table.prepare() }
        }
    }

    func find() throws(DeliveryError) {
        guard try client().isTable(points.measurement) else {
            throw DeliveryError(.occupied, "\(name) is not there: nothing can be proven")
        }
    }

    func makeEncoder() -> TextBlockEncoder<LineProtocolEncoder> { points.makeEncoder() }

    func connect() throws(DeliveryError) -> LineDelivery {
        let unit =
            switch points.output.parameters.timestamps {
            case .epochSeconds: "s"
            case .epochMilliseconds: "ms"
            case .epochNanoseconds: "n"
            default: "u"
            }
        return LineDelivery(
            session: try server.connect(),
            path: "/write",
            query: [("precision", unit)],
            isCompressed: points.isCompressed
        )
    }

    func finish() throws(DeliveryError) {
        let client = try client()
        for kind in SmallTable.Kind.allCases { try QuestDBSmallTable(kind, self, client).fill() }
    }

    func addUp(_ proof: Proof, to stored: inout StoredPoints) throws(DeliveryError) -> [Int]? {
        try client().settle(points.measurement)
        return try QuestDBSums(self, proof).run(&stored)
    }

    func makeReader() throws(DeliveryError) -> any StoredReader {
        let client = try client()
        try client.settle(points.measurement)
        let table = QuestDBClient.name(points.measurement)
        let values = valueNames.map(QuestDBClient.name).joined(separator: ", ")
        return RowReader(
            of: self,
            statement: { times, sensor in
                let further = sensor.map { " AND sensor_id = \(QuestDBClient.literal($0.id)) ORDER BY timestamp" }
                return "SELECT cast(timestamp AS LONG), sensor_id, \(values) FROM \(table) "
                    + "WHERE \(QuestDBClient.condition(times))\(further ?? "")"
            },
            query: client.forEachRow
        )
    }

    func prove(_ proof: Proof, workers: Int, retries: Retries) async throws -> ProofReport {
        let report = try await ReadBackProof(self, proof, retries).run(workers: workers)
        return try retries.run { () throws(DeliveryError) in
            let client = try client()
            var report = report
            for kind in SmallTable.Kind.allCases { report = try QuestDBSmallTable(kind, self, client).prove(report) }
            return report
        }
    }
}
