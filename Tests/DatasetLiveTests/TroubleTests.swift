import DatasetGen
import DatasetLive
import Foundation
import GRDB
import Synchronization
import Testing

@Suite("A database in trouble") struct TroubleTests {
    private static let recipe = """
        dataset: {seed: 3, start: 2026-05-01, duration: 10m}
        replicas: {count: 7}
        database: {busy_timeout: 20}
        """

    @Test("locked by another program: readings wait and are written later")
    func locked() async throws {
        let fixture = try LiveFixture()
        let begin = SimulatedTime(parsing: "2026-05-01T12:00:00")!
        let holder = Mutex<Lock?>(nil)
        let states = Mutex<Set<String>>([])
        let monitor = Mutex<LiveMonitor?>(nil)
        let clock = ManualClock { now in
            let seconds = (now.microseconds - begin.microseconds) / 1_000_000
            if seconds == 100 { holder.withLock { if $0 == nil { $0 = Lock(fixture.database) } } }
            if seconds >= 130 { holder.withLock { $0?.release() } }
            let status = monitor.withLock { $0?.status() }
            if let status { states.withLock { _ = $0.insert("\(status.health)") } }
        }
        monitor.withLock { $0 = LiveMonitor(clock: clock) }
        let outcome = try fixture.run(Self.recipe, clock: clock, monitor: monitor.withLock { $0 })
        #expect(outcome == .finished)
        #expect(try fixture.readings() == (await fixture.batch(Self.recipe)))
        #expect(states.withLock { $0 }.isSuperset(of: ["healthy", "degraded"]))
        #expect((monitor.withLock { $0?.status() }?.errorCount ?? 0) > 0)
    }

    @Test("deleted: the run goes on in a new one")
    func deleted() throws {
        let fixture = try LiveFixture()
        let begin = SimulatedTime(parsing: "2026-05-01T12:00:00")!
        let isDeleted = Mutex(false)
        let clock = ManualClock { now in
            guard now.microseconds - begin.microseconds >= 100_000_000 else { return }
            isDeleted.withLock { isDeleted in
                if !isDeleted { for end in ["", "-wal", "-shm"] { unlink(fixture.database + end) } }
                isDeleted = true
            }
        }
        _ = try fixture.run(Self.recipe, clock: clock)
        let ids: [Int] = try fixture.values("SELECT id FROM sensor_data ORDER BY id")
        #expect(ids.first.map { $0 > 600 && $0 < 750 } == true && ids.last == 4_200)
        #expect(ids.count == 4_200 - ids[0] + 1)
    }

    @Test("damaged at the start: what is readable is saved, and the run goes on")
    func damaged() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock()
        var options = LiveOptions()
        let begin = clock.now().microseconds
        options.isStopRequested = { clock.now().microseconds - begin >= 300_000_000 }
        _ = try fixture.run(Self.recipe, clock: clock, options: options)
        let counts: [Int] = try fixture.values("SELECT count(*) FROM sensor_data")
        let before = try #require(counts.first)
        try fixture.overwrite("live.db", at: 40 * 4_096, with: [UInt8](repeating: 0xA5, count: 4_096))
        let monitor = LiveMonitor(clock: clock)
        #expect(try fixture.run(Self.recipe, clock: clock, monitor: monitor) == .finished)
        let status = monitor.status()
        #expect(status.readingsSaved > Int64(before) * 9 / 10 && status.readingsLost > 0)
        #expect(status.readingsSaved + status.readingsLost == Int64(before))
        #expect(try fixture.names().contains("live-damaged-20260501T120500Z.db"))
        #expect(try fixture.values("SELECT max(id) FROM sensor_data") == [4_200])
        #expect(try fixture.values("PRAGMA quick_check") == ["ok"])
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [4_200 - status.readingsLost])
    }

    @Test("damaged while the run goes on: noticed before the end, and what is readable is saved")
    func damagedMeanwhile() throws {
        let recipe = Self.recipe.replacing("10m", with: "1h")
        let fixture = try LiveFixture()
        let begin = SimulatedTime(parsing: "2026-05-01T12:00:00")!
        let first = ManualClock()
        var options = LiveOptions()
        options.isStopRequested = { first.now().microseconds - begin.microseconds >= 1_800_000_000 }
        _ = try fixture.run(recipe, clock: first, options: options)
        let isDamaged = Mutex(false)
        let clock = ManualClock("2026-05-01T12:30:00") { _ in
            isDamaged.withLock { isDamaged in
                if !isDamaged {
                    try? fixture.overwrite("live.db", at: 100 * 4_096, with: [UInt8](repeating: 0xA5, count: 4_096))
                }
                isDamaged = true
            }
            usleep(200)
        }
        let monitor = LiveMonitor(clock: clock)
        #expect(try fixture.run(recipe, clock: clock, monitor: monitor) == .finished)
        let lost = monitor.status().readingsLost
        #expect(lost > 0 && lost < 1_000)
        #expect(try fixture.names().contains { $0.hasPrefix("live-damaged-20260501T124") })
        #expect(try fixture.values("PRAGMA quick_check") == ["ok"])
        #expect(try fixture.values("SELECT max(id) FROM sensor_data") == [25_200])
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [25_200 - lost])
    }

    @Test("that is none at all is set aside")
    func nonsense() throws {
        let fixture = try LiveFixture()
        try fixture.write(String(repeating: "this is no database\n", count: 500), to: "live.db")
        #expect(try fixture.run(Self.recipe) == .finished)
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [4_200])
        #expect(try fixture.names() == ["live-damaged-20260501T120000Z.db", "live.db"])
    }

    @Test("of the greatest size ends the run, or is set aside", arguments: ["stop", "rotate"])
    func size(action: String) throws {
        let fixture = try LiveFixture()
        let settings = ["database.max_size_mb=0.25", "database.at_max_size=\(action)"]
        let outcome = try fixture.run(Self.recipe, settings[0], settings[1])
        if action == "stop" {
            #expect(outcome == .sizeReached)
            #expect(try fixture.names() == ["live.db"])
        } else {
            #expect(outcome == .finished)
            let files = try fixture.names().filter { $0.hasSuffix(".db") }
            #expect(files.count > 1)
            var ids: [Int] = []
            for file in files {
                ids += try fixture.values("SELECT id FROM sensor_data", of: fixture.folder + "/" + file)
            }
            #expect(ids.sorted() == Array(1...4_200))
        }
    }

    @Test("is copied every few hours, and the last copies are kept")
    func backup() throws {
        let fixture = try LiveFixture()
        let clock = ManualClock { _ in usleep(200) }
        _ = try fixture.run(
            "dataset: {seed: 3, start: 2026-05-01, duration: 10h}\nsimulation: {interval: 10m}",
            "database.backup_enabled=true",
            "database.backup_interval_hours=1",
            "database.max_backups=2",
            clock: clock
        )
        let copies = try FileManager.default.contentsOfDirectory(atPath: fixture.folder + "/backups")
            .filter { $0.hasSuffix(".db") }
        #expect((1...3).contains(copies.count))
        for copy in copies {
            #expect(try fixture.values("PRAGMA quick_check", of: fixture.folder + "/backups/" + copy) == ["ok"])
        }
    }
}

/// Another program that holds the database.
private final class Lock: Sendable {
    private let queue: DatabaseQueue?

    init(_ path: String) {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        queue = try? DatabaseQueue(path: path, configuration: configuration)
        try? queue?.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
    }

    func release() {
        try? queue?.inDatabase { if $0.isInsideTransaction { try $0.execute(sql: "ROLLBACK") } }
    }
}

extension LiveFixture {
    /// Writes bytes over a file's.
    fileprivate func overwrite(_ name: String, at offset: UInt64, with bytes: [UInt8]) throws {
        let file = try FileHandle(forWritingTo: URL(filePath: folder + "/" + name))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data(bytes))
        try file.close()
    }
}
