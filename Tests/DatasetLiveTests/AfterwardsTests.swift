import DatasetGen
import DatasetLive
import Foundation
import GRDB
import Testing

@Suite("The file of a live database") struct AfterwardsTests {
    private static let recipe = "dataset: {seed: 3, start: 2026-05-01, duration: 10m}"

    @Test("is one file without a log when the run has ended, but for readers that hold it", arguments: [false, true])
    func atTheEnd(isHeld: Bool) throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        var options = LiveOptions()
        options.isStopRequested = { clock.now() >= SimulatedTime(parsing: "2026-05-01T12:01:00")! }
        _ = try fixture.run(Self.recipe, clock: clock, options: options)
        #expect(try fixture.names() == ["live.db"])
        #expect(try fixture.values("PRAGMA journal_mode") == ["delete"])
        let database = fixture.database
        let reader = try DatabaseQueue(path: database)
        let read: Schedule.Action = {
            _ = try reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sensor_data") }
        }
        let schedule = Schedule(isHeld ? [(30, read)] : [], from: "2026-05-01T12:01:00")
        if !isHeld { try reader.close() }
        #expect(try fixture.run(Self.recipe, clock: schedule.clock) == .finished)
        #expect(schedule.failures == [])
        if isHeld {
            #expect(try fixture.values("PRAGMA journal_mode") == ["wal"])
            try reader.close()
        }
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [600])
    }

    @Test("has the tables at once, and its rows within a minute or so, for those who copy it alone")
    func meanwhile() throws {
        let fixture = try LiveFixture()
        let (database, copy) = (fixture.database, fixture.folder + "/copy")
        func action(_ second: Int) -> (Double, Schedule.Action) {
            (Double(second), { try FileManager.default.copyItem(atPath: database, toPath: copy + "\(second)") })
        }
        let schedule = Schedule([action(0), action(200)])
        _ = try fixture.run(Self.recipe, clock: schedule.clock)
        #expect(schedule.failures == [])
        let first: [Int] = try fixture.values("SELECT count(*) FROM sensor_data", of: copy + "0")
        #expect(first.count == 1)
        let rows: [Int] = try fixture.values("SELECT count(*) FROM sensor_data", of: copy + "200")
        #expect(rows.first.map { $0 >= 120 } == true, "\(rows)")
    }

    @Test("needs no log where the recipe says so")
    func journal() async throws {
        let fixture = try LiveFixture()
        let names = Observed()
        let folder = fixture.folder
        let schedule = Schedule([(100, { names.set(try FileManager.default.contentsOfDirectory(atPath: folder)) })])
        _ = try fixture.run(Self.recipe, "database.journal_mode=delete", clock: schedule.clock)
        #expect(names.value.sorted() == ["live.db", "live.db-lock"])
        #expect(try fixture.readings() == (await fixture.batch(Self.recipe)))
    }

    @Test("SENSOR_WAL sets the journal's mode", arguments: [("false", "delete"), ("1", "wal"), ("Off", "delete")])
    func variable(text: String, mode: String) throws {
        let resolved = try RecipeReader(environment: ["SENSOR_WAL": text])
            .read(Self.recipe, source: "recipe.yaml", defaultName: "test")
        #expect(resolved.recipe.live.database.journalMode?.rawValue == mode)
    }

    @Test("goes on under another name or description, of which it then tells")
    func description() async throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        let end = SimulatedTime(parsing: "2026-05-01T12:02:00")!
        var options = LiveOptions()
        options.isStopRequested = { clock.now() >= end }
        _ = try fixture.run(Self.recipe, "dataset.description=first", clock: clock, options: options)
        let changes = [
            "dataset.description=second", "dataset.name=other", "outputs=[csv]", "logging.level=DEBUG",
            "monitoring.port=9999", "database.batch_size=77",
        ]
        for (minute, change) in changes.enumerated() {
            let end = SimulatedTime(microseconds: end.microseconds + Int64(minute + 1) * 30_000_000)
            options.isStopRequested = { clock.now() >= end }
            _ = try fixture.run(Self.recipe, change, clock: clock, options: options)
            if minute == 0 {
                #expect(try fixture.values("SELECT value FROM dataset WHERE key = 'description'") == ["second"])
            }
        }
        #expect(try fixture.run(Self.recipe, clock: clock) == .finished)
        #expect(try fixture.names() == ["live.db"])
        #expect(try fixture.readings() == (await fixture.batch(Self.recipe)))
        #expect(try fixture.values("SELECT count(*) FROM live_versions") == [1])
    }
}
