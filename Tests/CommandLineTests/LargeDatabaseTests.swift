import Testing

/// Databases that are large enough for their roots to lie at the back, so that the digest is taken on the way.
@Suite("A database of some megabytes", .timeLimit(.minutes(30)))
struct LargeDatabaseTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private func query(_ sql: String) throws -> [Substring] {
        let outcome = try workspace.shell("sqlite3 out/readings.sqlite \"\(sql)\"")
        #expect(outcome.status == 0, "\(outcome)")
        return outcome.output.split(separator: "\n")
    }

    private static let rootIsAtTheBack = """
        SELECT rootpage * 10 > 8 * (SELECT page_count FROM pragma_page_count()) FROM sqlite_schema \
        WHERE name = 'sensor_data'
        """

    @Test("has the digest that it is said to have, and SQLite goes on with it", arguments: [512, 4_096, 65_536])
    func digest(pageSize: Int) throws {
        let recipe = """
            dataset: {duration: 30000s}
            outputs: {clean: true, sqlite: {page_size: \(pageSize)}}
            anomalies: {enabled: true, probability: 0.1}
            """
        try workspace.write(recipe, to: "large.yaml")
        try workspace.generate("large.yaml", to: "out")
        #expect(try workspace.shell("cd out && sha256sum --quiet --strict -c SHA256SUMS").status == 0)
        #expect(try workspace.run("verify", "out").status == 0)
        // Below that the schema does not fit into one page, and all stays where it was made.
        #expect(try query(Self.rootIsAtTheBack) == [pageSize == 512 ? "0" : "1"])
        #expect(
            try query("PRAGMA integrity_check; PRAGMA freelist_count; SELECT count(*) FROM sensor_data") == [
                "ok", "0", "30000",
            ]
        )
        let change =
            "INSERT INTO sensor_data (voltage) VALUES (1); DELETE FROM sensor_data WHERE id % 3 = 0; DROP TABLE events"
        #expect(try query("\(change); PRAGMA integrity_check; SELECT max(id) FROM sensor_data") == ["ok", "30001"])
        #expect(try query("VACUUM; PRAGMA integrity_check; SELECT count(*) FROM sensor_data") == ["ok", "20001"])
    }

    @Test("may turn out smaller than was expected")
    func fewerRows() throws {
        let recipe = """
            dataset: {duration: 10h, seed: 26}
            outputs: {sqlite: {page_size: 4096}}
            anomalies: {probability: 0.02, types: {missing_data: {duration: 20m, modes: [omit]}}}
            """
        try workspace.write(recipe, to: "sparse.yaml")
        try workspace.generate("sparse.yaml", to: "out")
        #expect(try workspace.run("verify", "out").status == 0)
        let count = try query("PRAGMA integrity_check; PRAGMA freelist_count; SELECT count(*) < 32000 FROM sensor_data")
        #expect(count == ["ok", "0", "1"])
        #expect(try query(Self.rootIsAtTheBack) == ["1"])
    }
}
