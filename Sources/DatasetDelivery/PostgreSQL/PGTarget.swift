import DatasetFiles
import DatasetFormats
import DatasetGen
import Synchronization

/// A table of readings in PostgreSQL.
///
/// What is loaded is noted in `gen_dataset_loads`, and each block in `gen_dataset_blocks` by the transaction that brings its
/// rows: a block is there once or not at all, whenever client or server are killed.
struct PGTarget: DeliveryTarget {
    /// What is known once the tables are there.
    struct Load: Sendable {
        let id: Int64
        /// Whether the tables were made for this load.
        let ownsTable: Bool
        /// The sensors' numbers in their table, by ``Sensor/index``; none in the wide layout.
        let sensorNumbers: [Int32]
    }

    private final class Known: Sendable {
        let load = Mutex<Load?>(nil)
    }

    let plan: GenerationPlan
    let options: TargetOptions
    let schema: PGSchema
    let identity: PGLoadIdentity
    /// Whether the table of readings is one of TimescaleDB.
    let isHypertable: Bool
    private let url: String
    private let known = Known()

    init(url: String, plan: GenerationPlan, options: TargetOptions) throws(DeliveryError) {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        isHypertable = scheme == "timescale"
        try options.check(isHypertable ? scheme : "postgres", has: [.table, .layout, .events])
        // The client library knows no other scheme.
        self.url = isHypertable ? "postgres" + url.dropFirst(scheme.count) : url
        (self.plan, self.options) = (plan, options)
        let table = PGTable(plan.recipe, layout: options.layout ?? .star, includesLabels: options.includesLabels)
        schema = PGSchema(plan, table: table, tables: try PGTables(options.table), isHypertable: isHypertable)
        identity = PGLoadIdentity(plan, table, options.labels)
        try schema.check(plan)
    }

    var table: PGTable { schema.table }
    var tables: PGTables { schema.tables }
    var name: String { "the table \(tables.text)" }
    var canBeProven: Bool { true }
    var arrivals: ArrivalSupport { .each }
    var bytesPerReading: Int { table.bytesPerReading }

    var script: String? { schema.script(small: PGSmallTable.all(self).compactMap(\.declaration)) }

    func open() throws(DeliveryError) -> PGConnection { try PGConnection(url) }

    /// The load that is prepared.
    func load() throws(DeliveryError) -> Load {
        guard let load = known.load.withLock({ $0 }) else { throw DeliveryError(.usage, "nothing is prepared") }
        return load
    }

    func prepare() throws(DeliveryError) -> BlockSet {
        let connection = try open()
        do throws(DeliveryError) {
            try connection.execute("BEGIN")
            let load = try PGPreparation(self, connection).run()
            try connection.commit()
            return try adopt(load, connection)
        } catch {
            connection.rollback()
            throw error
        }
    }

    /// Finds the load of these readings, which is to be proven.
    ///
    /// - Throws: ``DeliveryError`` when there is none, or it is not complete.
    func find() throws(DeliveryError) {
        let connection = try open()
        let ledger = PGLedger(self, connection)
        let preparation = PGPreparation(self, connection)
        let entries = try ledger.exists() ? ledger.entries() : []
        guard let found = entries.first(where: { $0.isOf(identity) }) else {
            guard let other = entries.last(where: { $0.recipeSHA256 == identity.recipeSHA256 }) ?? entries.last else {
                throw DeliveryError(.occupied, "\(name) holds no load: nothing can be proven")
            }
            throw DeliveryError(
                .occupied,
                "\(name) holds another load, and these readings cannot be proven: \(preparation.difference(from: other))"
            )
        }
        let numbers = try preparation.storedSensorNumbers()
        let done = try adopt(Load(id: found.id, ownsTable: found.ownsTable, sensorNumbers: numbers), connection)
        if done.count < plan.blockCount {
            throw DeliveryError(
                .occupied,
                "the load is not complete: \(done.count) of \(plan.blockCount) blocks are there; --resume finishes it"
            )
        }
    }

    private func adopt(_ load: Load, _ connection: PGConnection) throws(DeliveryError) -> BlockSet {
        known.load.withLock { $0 = load }
        var done = BlockSet(of: plan.blockCount)
        for block in try PGLedger(self, connection).blocks(of: load.id) where done.isBlock(block) { done.insert(block) }
        return done
    }

    func makeEncoder() throws(DeliveryError) -> PGCopyEncoder {
        PGCopyEncoder(sensors: plan.fleet.sensors, table: table, sensorNumbers: try load().sensorNumbers)
    }

    func connect() throws(DeliveryError) -> PGDelivery {
        PGDelivery(
            connection: try open(),
            loadID: try load().id,
            blocks: tables.blocks,
            copy: "COPY \(tables.readings) (\(PGSchema.list(table.columns))) FROM STDIN (FORMAT binary)"
        )
    }

    /// Whether the table of readings has partitions: it takes no reference that is yet to be checked.
    private func isPartitioned(_ connection: PGConnection) throws(DeliveryError) -> Bool {
        let table = PGName.literal(tables.readings)
        return try connection.rows("SELECT relkind = 'p' FROM pg_class WHERE oid = \(table)::regclass").first?[0] == "t"
    }

    func finish() throws(DeliveryError) {
        let load = try load()
        let connection = try open()
        let ledger = PGLedger(self, connection)
        if try ledger.isFinished(load.id) { return }
        try connection.execute("BEGIN")
        // All that is there is right; that it is, the proof has the database check.
        if load.ownsTable, options.creates, let reference = schema.reference, try !isPartitioned(connection) {
            try connection.execute(reference + " NOT VALID")
        }
        for table in PGSmallTable.all(self) { try table.fill(load, connection) }
        try ledger.finish(load.id)
        try connection.commit()
        // The planner shall know of the rows. A sample of 9,000 tells it enough until the server looks for itself, which it
        // does within a minute; the usual one of 30,000 takes as long as half a million rows.
        try connection.execute("BEGIN; SET LOCAL default_statistics_target = 30; ANALYZE \(tables.readings); COMMIT")
    }
}

/// What a load is of: the readings and what their rows look like.
struct PGLoadIdentity: Sendable {
    let recipe: String
    let recipeSHA256: String
    let layout: String
    let labels: String

    init(_ plan: GenerationPlan, _ table: PGTable, _ labels: TargetOptions.Labels) {
        recipe = plan.recipeText
        recipeSHA256 = SHA256Text(of: Array(recipe.utf8)).text
        layout = table.layout.rawValue
        self.labels = labels.rawValue
    }
}
