import DatasetFormats
import DatasetGen

/// A measurement in InfluxDB, version 1, 2 or 3.
///
/// A point that is sent again replaces itself, so that a block which may be there is sent once more.
struct InfluxTarget: ReadableTarget {
    let plan: GenerationPlan
    let options: TargetOptions
    let api: InfluxAPI
    let points: PointSource
    let journal: LoadJournal?
    private let server: HTTPServer

    init(url: String, plan: GenerationPlan, options: TargetOptions) throws(DeliveryError) {
        try options.check("influx", has: [.table, .tags, .journal, .token, .events])
        let place = try InfluxPlace(url, token: options.token)
        (api, server) = (place.api, place.server)
        points = try PointSource(plan, options, isCompressed: place.isCompressed)
        (self.plan, self.options) = (plan, options)
        let target = "\(server.name)/\(api.database)"
        let measurement = points.measurement
        name = "the measurement \(measurement.quoted) of \(target)"
        journal = LoadJournal(
            path: options.journal,
            of: LoadIdentity(target: "\(target), measurement \(measurement)", plan, options: points.identity),
            plan
        )
    }

    let name: String
    var canBeProven: Bool { true }
    var arrivals: ArrivalSupport { .once }
    var bytesPerReading: Int { points.bytesPerReading }
    var usesTwin: Bool { points.output.includesCleanTwin }
    var usesLabels: Bool { options.includesLabels }
    var leavesOutEmptyRows: Bool { !options.includesLabels && !usesArrivals }

    var script: String? {
        guard case .v1 = api.version else { return nil }
        return InfluxPreparation(self).creation + ";\n"
    }

    func client() throws(DeliveryError) -> InfluxClient { InfluxClient(api: api, session: try server.connect()) }

    func prepare() throws(DeliveryError) -> BlockSet {
        // The server is asked first: a journal of a load that never began would stand in the way of the next.
        guard let journal else { return BlockSet(of: plan.blockCount) }
        return try journal.open(options) { () throws(DeliveryError) in try InfluxPreparation(self).run(journal) }
    }

    func find() throws(DeliveryError) {
        let found = try client().query(["SELECT * FROM \(InfluxAPI.name(points.measurement)) LIMIT 1"])
        if found[0].isEmpty { throw DeliveryError(.occupied, "\(name) has no points: nothing can be proven") }
    }

    func makeEncoder() -> TextBlockEncoder<LineProtocolEncoder> { points.makeEncoder() }

    func connect() throws(DeliveryError) -> LineDelivery {
        let (path, query) = api.write(points.output.parameters.timestamps)
        return LineDelivery(session: try server.connect(), path: path, query: query, isCompressed: points.isCompressed)
    }

    func finish() throws(DeliveryError) {
        let client = try client()
        for kind in SmallTable.Kind.allCases { try InfluxSmallTable(kind, self, client).fill() }
    }

    func addUp(_ proof: Proof, to stored: inout StoredPoints) throws(DeliveryError) -> [Int]? {
        try InfluxSums(self, proof).run(&stored)
    }

    func makeReader() throws(DeliveryError) -> any StoredReader {
        let client = try client()
        let measurement = InfluxAPI.name(points.measurement)
        let columns = (["sensor_id"] + valueNames).map(InfluxAPI.name).joined(separator: ", ")
        return RowReader(
            of: self,
            // Behind the name of the measurement and its tags.
            timeField: 2,
            statement: { times, sensor in
                let further = sensor.map { " AND \"sensor_id\" = \(InfluxAPI.literal($0.id))" }
                return "SELECT \(columns) FROM \(measurement) WHERE \(InfluxAPI.condition(times))\(further ?? "")"
            },
            query: client.forEachRow
        )
    }

    func mend() throws(DeliveryError) -> Bool {
        // Points replace themselves: all are sent again.
        let connection = try connect()
        var blocks = RepeatedBlock(of: plan, makeEncoder())
        for number in 0..<plan.blockCount { try connection.deliver(blocks.encode(number), isRepeated: true) }
        try finish()
        return true
    }

    func prove(_ proof: Proof, workers: Int, retries: Retries) async throws -> ProofReport {
        let report = try await ReadBackProof(self, proof, retries).run(workers: workers)
        return try retries.run { () throws(DeliveryError) in
            let client = try client()
            var report = report
            for kind in SmallTable.Kind.allCases { report = try InfluxSmallTable(kind, self, client).prove(report) }
            return report
        }
    }
}
