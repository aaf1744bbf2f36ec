import DatasetFiles
import DatasetGen

/// What is noted of loads in the database.
struct PGLedger {
    /// A load as it is noted.
    struct Entry {
        let id: Int64
        let recipe: String
        let recipeSHA256: String
        let layout: String
        let labels: String
        let ownsTable: Bool
        let isFinished: Bool

        /// Whether it is the load of some readings.
        func isOf(_ identity: PGLoadIdentity) -> Bool {
            recipeSHA256 == identity.recipeSHA256 && layout == identity.layout && labels == identity.labels
        }
    }

    private let tables: PGTables
    private let connection: PGConnection

    init(_ target: PGTarget, _ connection: PGConnection) {
        (tables, self.connection) = (target.tables, connection)
    }

    /// Whether any load has ever been noted.
    func exists() throws(DeliveryError) -> Bool { try Self.exists(tables.loads, on: connection) }

    /// Whether there is a table or a view of a name.
    static func exists(_ name: String, on connection: PGConnection) throws(DeliveryError) -> Bool {
        try connection.rows("SELECT to_regclass(\(PGName.literal(name))) IS NOT NULL").first?[0] == "t"
    }

    /// The loads into the table, the first one first.
    func entries() throws(DeliveryError) -> [Entry] {
        try connection.rows(
            """
            SELECT load_id, recipe, recipe_sha256, layout, labels, owns_table, loaded IS NOT NULL FROM \(tables.loads)
            WHERE table_name = \(PGName.literal(tables.base)) ORDER BY load_id
            """
        )
        .map { row in
            Entry(
                id: Int64(row[0] ?? "") ?? 0,
                recipe: row[1] ?? "",
                recipeSHA256: row[2] ?? "",
                layout: row[3] ?? "",
                labels: row[4] ?? "",
                ownsTable: row[5] == "t",
                isFinished: row[6] == "t"
            )
        }
    }

    /// The load of some readings.
    func find(_ identity: PGLoadIdentity) throws(DeliveryError) -> Entry? {
        try entries().first { $0.isOf(identity) }
    }

    /// Notes a load.
    func begin(
        _ identity: PGLoadIdentity,
        of plan: GenerationPlan,
        ownsTable: Bool
    ) throws(DeliveryError) -> Int64 {
        let values = [
            tables.base, plan.recipe.name, identity.layout, identity.labels, identity.recipeSHA256, identity.recipe,
            Generator.version,
        ]
        let rows = try connection.rows(
            """
            INSERT INTO \(tables.loads) (table_name, dataset, layout, labels, recipe_sha256, recipe, generator_version,
                readings, blocks, owns_table)
            VALUES (\(values.map(PGName.literal).joined(separator: ", ")), \(plan.rows.count), \(plan.blockCount),
                \(ownsTable))
            RETURNING load_id
            """
        )
        return Int64(rows.first?[0] ?? "") ?? 0
    }

    /// Forgets all loads into the table, which is to be replaced.
    func forget() throws(DeliveryError) {
        let name = PGName.literal(tables.base)
        try connection.execute(
            """
            DELETE FROM \(tables.blocks) WHERE load_id IN (SELECT load_id FROM \(tables.loads) WHERE table_name = \(name));
            DELETE FROM \(tables.loads) WHERE table_name = \(name)
            """
        )
    }

    /// The blocks of a load that are there.
    func blocks(of load: Int64) throws(DeliveryError) -> [Int64] {
        try connection.rows("SELECT block FROM \(tables.blocks) WHERE load_id = \(load)")
            .compactMap { $0[0].flatMap { Int64($0) } }
    }

    /// Whether all that a load does is done.
    func isFinished(_ load: Int64) throws(DeliveryError) -> Bool {
        try connection.rows("SELECT loaded IS NOT NULL FROM \(tables.loads) WHERE load_id = \(load)").first?[0] == "t"
    }

    /// Notes that all blocks are there.
    func finish(_ load: Int64) throws(DeliveryError) {
        try connection.execute("UPDATE \(tables.loads) SET loaded = now() WHERE load_id = \(load)")
    }

    /// Notes what was proven.
    func note(_ proof: Proof, of load: Int64) throws(DeliveryError) {
        try connection.execute(
            "UPDATE \(tables.loads) SET proven = now(), proof = \(PGName.literal(proof.rawValue)) WHERE load_id = \(load)"
        )
    }
}
