import DatasetGen
import DatasetLive
import Foundation
import GRDB
import Testing

/// What other programs do to the database of a live run.
@Suite("A live database that others change") struct StrangerTests {
    private static let recipe = """
        dataset: {seed: 3, start: 2026-05-01, duration: 10m}
        replicas: {count: 7}
        """

    private let fixture: LiveFixture

    init() throws {
        fixture = try LiveFixture()
    }

    private func stop(after seconds: Double, _ clock: ManualClock) throws {
        var options = LiveOptions()
        let begin = clock.now().microseconds
        options.isStopRequested = { Double(clock.now().microseconds - begin) / 1e6 >= seconds }
        #expect(try fixture.run(Self.recipe, clock: clock, options: options) == .stopped)
    }

    /// The readings of all databases of the run, without rows of others.
    private func allReadings() throws -> [String] {
        let paths = try fixture.names().filter { $0.hasSuffix(".db") }.map { fixture.folder + "/" + $0 }
        return try paths.flatMap { try fixture.readings(of: $0) }
            .filter { !$0.contains("sensor_id:\"stranger\"") }
            .sorted { Self.id($0) < Self.id($1) }
    }

    private static func id(_ row: String) -> Int { Int(row.drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 0 }

    private static let changes = [
        "INSERT INTO sensor_data (timestamp, sensor_id) VALUES ('x', 'stranger')",
        "DROP TABLE sensor_data",
        "ALTER TABLE sensor_data ADD COLUMN more TEXT",
        "CREATE TRIGGER no BEFORE INSERT ON sensor_data BEGIN SELECT RAISE(ABORT, 'no'); END",
    ]

    @Test("while it runs: set aside, and the run goes on", arguments: changes)
    func meanwhile(change: String) async throws {
        let fixture = fixture
        let schedule = Schedule([(100.2, { try fixture.execute(change) })])
        let clock = schedule.clock
        let monitor = LiveMonitor(clock: clock)
        #expect(try fixture.run(Self.recipe, clock: clock, monitor: monitor) == .finished)
        #expect(schedule.failures == [])
        #expect(monitor.status().errorCount > 0)
        #expect(try fixture.values("SELECT max(id) FROM sensor_data") == [4_200])
        let batch = try await fixture.batch(Self.recipe)
        if change.hasPrefix("DROP") {
            #expect(try fixture.readings() == Array(batch.suffix(try fixture.readings().count)))
        } else if !change.hasPrefix("ALTER") {
            #expect(try allReadings() == batch)
        }
    }

    @Test("while it is down: every start goes on, none ends with an error", arguments: changes)
    func whileDown(change: String) async throws {
        let clock = ManualClock()
        try stop(after: 100, clock)
        try fixture.execute(change)
        try stop(after: 50, clock)
        _ = try fixture.run(Self.recipe, clock: clock)
        if change.hasPrefix("INSERT") || change.hasPrefix("CREATE") {
            #expect(try allReadings() == (await fixture.batch(Self.recipe)))
        }
        let names = try fixture.names().filter { !$0.hasPrefix("batch") }
        #expect(names.count == 2, "\(names)")
    }

    @Test(
        "a checkpoint or a version that no run has written is no checkpoint",
        arguments: [
            "UPDATE live SET next_position = NULL",
            "UPDATE live SET next_position = 9223372036854775807, next_reading = 9223372036854775807",
            "UPDATE live SET next_position = -1",
            "UPDATE live SET next_reading = 'x'",
            "UPDATE live SET anchor_wall = 9223372036854775807",
            "UPDATE live SET speed = 1e300",
            "UPDATE live SET speed = 0",
            "UPDATE live SET next_time = x'ff'",
            "UPDATE live SET version = NULL",
            "UPDATE live_versions SET recipe = NULL",
            "UPDATE live_versions SET recipe = 'dataset: {order: sensor}'",
            "UPDATE live_versions SET recipe = x'00ff'",
            "UPDATE live_versions SET first_tick = 9223372036854775807",
            "UPDATE live_versions SET first_reading = -9223372036854775808",
            "UPDATE live_versions SET seed = NULL",
            "UPDATE dataset SET value = x'ff00' WHERE key = 'run'",
            "DELETE FROM live_versions",
            "DROP TABLE live; CREATE TABLE live (id)",
            "DROP TABLE live_versions; CREATE TABLE live_versions (version)",
        ]
    )
    func nonsense(change: String) throws {
        for preserves in [true, false] {
            let fixture = try LiveFixture()
            let clock = ManualClock()
            var options = LiveOptions()
            options.isStopRequested = { clock.now() >= SimulatedTime(parsing: "2026-05-01T12:01:00")! }
            _ = try fixture.run(Self.recipe, clock: clock, options: options)
            try fixture.execute(change)
            let setting = preserves ? "database.preserve_existing_db=true" : "database.batch_size=100"
            do {
                #expect(try fixture.run(Self.recipe, setting, clock: clock) == .finished)
            } catch let error as LiveError {
                // Tables of other columns that are to be kept are refused.
                #expect(preserves && change.hasPrefix("DROP") && error.description.contains("does not fit"), "\(error)")
            }
        }
    }

    @Test("a reading behind which there is no room is said to be in the way")
    func lastID() throws {
        let clock = ManualClock()
        try stop(after: 100, clock)
        try fixture.execute("INSERT INTO sensor_data (id, sensor_id) VALUES (9223372036854775807, 'stranger')")
        try fixture.execute("DELETE FROM live")
        let error = #expect(throws: LiveError.self) {
            try fixture.run(Self.recipe, "database.preserve_existing_db=true", clock: clock)
        }
        #expect(error?.description.contains("9223372036854775807") == true)
    }

    @Test("another program's database is neither joined nor changed, but where it is to be kept")
    func foreign() throws {
        try fixture.execute("CREATE TABLE mine (x); INSERT INTO mine VALUES (7)")
        let bytes = try Data(contentsOf: URL(filePath: fixture.database))
        #expect(try fixture.run(Self.recipe) == .finished)
        let aside = fixture.folder + "/live-20260501T120000Z.db"
        #expect(try Data(contentsOf: URL(filePath: aside)) == bytes)
        #expect(try fixture.names() == ["live-20260501T120000Z.db", "live.db"])
    }

    @Test("is surveyed whatever they have written into it")
    func survey() throws {
        _ = try fixture.run(Self.recipe)
        try fixture.execute(
            """
            UPDATE sensor_data SET synced = 'yes', anomaly_type = x'ff' WHERE id = 1;
            UPDATE sensor_data SET synced = x'00', anomaly_type = 7 WHERE id = 2;
            UPDATE sensor_data SET synced = 1, anomaly_type = 'spike' WHERE id = 3;
            UPDATE sensor_data SET synced = NULL WHERE id = 4;
            """
        )
        #expect(try DatabaseSurvey(ofDatabase: fixture.database).syncedReadings == 1)
    }
}
