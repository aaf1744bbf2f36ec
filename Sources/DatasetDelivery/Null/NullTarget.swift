import DatasetFormats
import DatasetGen

/// `null:` encodes rows as PostgreSQL takes them and forgets them: what the client alone can do.
struct NullTarget: DeliveryTarget {
    private let plan: GenerationPlan
    private let table: PGTable

    init(url: String, plan: GenerationPlan, options: TargetOptions) throws(DeliveryError) {
        guard url == "null:" else { throw DeliveryError(.usage, "\(url.quoted): nothing follows null:") }
        try options.check("null", has: [.layout])
        if options.resumes || options.ifExists != .fail {
            throw DeliveryError(.usage, "null: keeps nothing: it has no --resume and --if-exists")
        }
        self.plan = plan
        table = PGTable(plan.recipe, layout: options.layout ?? .star, includesLabels: options.includesLabels)
    }

    var name: String { "nowhere" }
    var canBeProven: Bool { false }
    var arrivals: ArrivalSupport { .each }
    var bytesPerReading: Int { table.bytesPerReading }

    func prepare() -> BlockSet { BlockSet(of: plan.blockCount) }

    func find() throws(DeliveryError) { throw Self.keepsNothing }

    var script: String? { nil }

    func makeEncoder() -> PGCopyEncoder {
        PGCopyEncoder(
            sensors: plan.fleet.sensors,
            table: table,
            sensorNumbers: plan.fleet.sensors.indices.map { Int32($0 + 1) }
        )
    }

    func connect() -> NullConnection { NullConnection() }

    func finish() {}

    func prove(_ proof: Proof, workers: Int, retries: Retries) throws -> ProofReport {
        throw Self.keepsNothing
    }

    private static var keepsNothing: DeliveryError {
        DeliveryError(.usage, "null: keeps nothing that could be proven; --verify none goes without a proof")
    }
}

/// A way to nowhere.
struct NullConnection: DeliveryConnection {
    func deliver(_ batch: DeliveryBatch<EncodedRows>, isRepeated: Bool) {}
}
