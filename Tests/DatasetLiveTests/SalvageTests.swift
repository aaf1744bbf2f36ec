import DatasetGen
import DatasetLive
import Foundation
import GRDB
import Synchronization
import Testing

@Suite("A damaged live database") struct SalvageTests {
    private static let recipe = """
        dataset: {seed: 3, start: 2026-05-01, duration: 30m}
        replicas: {count: 20}
        """

    private let fixture: LiveFixture
    private let clock = ManualClock()

    init() throws {
        fixture = try LiveFixture()
    }

    private func write(seconds: Double) throws -> Int64 {
        var options = LiveOptions()
        let begin = clock.now().microseconds
        let clock = clock
        options.isStopRequested = { Double(clock.now().microseconds - begin) / 1e6 >= seconds }
        _ = try fixture.run(Self.recipe, clock: clock, options: options)
        let counts: [Int64] = try fixture.values("SELECT count(*) FROM sensor_data")
        return try #require(counts.first)
    }

    private func bytes() throws -> Data { try Data(contentsOf: URL(filePath: fixture.database)) }

    private func replace(_ bytes: Data) throws { try bytes.write(to: URL(filePath: fixture.database)) }

    /// Finishes the run, and compares with the batch run what is there.
    private func finish(atLeast saved: Int64, of count: Int64) async throws {
        let monitor = LiveMonitor(clock: clock)
        #expect(try fixture.run(Self.recipe, clock: clock, monitor: monitor) == .finished)
        let status = monitor.status()
        #expect(status.readingsSaved >= saved, "\(status.readingsSaved) of \(count)")
        #expect(status.readingsSaved + status.readingsLost == count)
        #expect(try fixture.values("PRAGMA quick_check") == ["ok"])
        let all = Set(try await fixture.batch(Self.recipe))
        let found = try fixture.readings()
        #expect(Set(found).isSubset(of: all) && Set(found).count == found.count)
        #expect(found.count == all.count - Int(status.readingsLost))
        #expect(try fixture.names().filter { $0.hasPrefix("live-damaged-") }.count == 1)
        #expect(try fixture.names().filter { $0.contains("salvage") } == [])
    }

    @Test("that was cut off: all that is in the file is saved", arguments: [0.9, 0.5, 0.25])
    func truncated(share: Double) async throws {
        let count = try write(seconds: 900)
        let whole = try bytes()
        try replace(whole.prefix(Int(Double(whole.count) * share)))
        // Rows of the last pages are gone, and a page holds about twenty.
        try await finish(atLeast: Int64(Double(count) * share) - 200, of: count)
    }

    @Test("whose root pages are gone: readings are found page by page", arguments: [1, 2, 3])
    func pages(page: Int) async throws {
        let count = try write(seconds: 900)
        let roots: [Int] = try fixture.values("SELECT rootpage FROM sqlite_schema WHERE name = 'sensor_data'")
        let root = try #require(roots.first)
        var damaged = try bytes()
        let place = (page == 1 ? root - 1 : page == 2 ? 40 : 41) * 4_096
        damaged.replaceSubrange(place..<place + 4_096, with: Data(repeating: 0xA5, count: 4_096))
        try replace(damaged)
        try await finish(atLeast: count - 50, of: count)
    }

    @Test("is saved only as far as the run had got, with what it needs to go on: a stop meanwhile leaves it as it was")
    func stopped() async throws {
        let count = try write(seconds: 900)
        let whole = try bytes()
        try replace(whole.prefix(whole.count / 2))
        for calls in [1, 2, 3, 5] {
            let asked = Atomic(0)
            var options = LiveOptions()
            options.isStopRequested = { asked.add(1, ordering: .relaxed).newValue >= calls }
            let outcome = try fixture.run(Self.recipe, clock: clock, options: options)
            #expect(outcome == .stopped)
        }
        #expect(try fixture.names().filter { $0.contains("damaged") }.count <= 1)
        let left = try fixture.names()
        if left == ["live.db"] { try await finish(atLeast: count / 2 - 200, of: count) }
    }

    @Test("that is empty beside its log, which SQLite would delete")
    func emptied() async throws {
        let count = try write(seconds: 300)
        try fixture.execute("PRAGMA journal_mode = WAL")
        let path = fixture.database
        // The log of a writer that was killed holds its last transactions.
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { database in
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0; UPDATE sensor_data SET synced = 1")
        }
        try FileManager.default.copyItem(atPath: path + "-wal", toPath: path + ".kept")
        try queue.close()
        try replace(Data())
        try FileManager.default.moveItem(atPath: path + ".kept", toPath: path + "-wal")
        let monitor = LiveMonitor(clock: clock)
        _ = try fixture.run(Self.recipe, "database.preserve_existing_db=true", clock: clock, monitor: monitor)
        #expect(monitor.status().readingsSaved == count)
        #expect(try fixture.values("SELECT count(*) FROM sensor_data WHERE synced = 1") == [count])
    }

    @Test("was replaced, but for the last step, when the process was killed: the next run takes that step")
    func interruptedExchange() async throws {
        let count = try write(seconds: 300)
        // As the rescue leaves it: marked, whole, beside the damaged one.
        try fixture.copy("live.db", to: "live.db-salvage")
        try fixture.execute(
            "PRAGMA application_id = 1818850917; UPDATE sensor_data SET synced = 1",
            in: fixture.folder + "/live.db-salvage"
        )
        try replace(try bytes().prefix(10_000))
        let monitor = LiveMonitor(clock: clock)
        #expect(try fixture.run(Self.recipe, clock: clock, monitor: monitor) == .finished)
        // A run writes lost readings anew, but not that somebody has taken them.
        #expect(try fixture.values("SELECT count(*) FROM sensor_data WHERE synced = 1") == [count])
        try fixture.execute("UPDATE sensor_data SET synced = 0")
        #expect(try fixture.readings() == (await fixture.batch(Self.recipe)))
        let names = try fixture.names().filter { !$0.hasPrefix("batch") }
        #expect(names.count == 2, "\(names)")
    }

    @Test("is not rescued over a file of somebody else's")
    func foreignSalvage() throws {
        _ = try write(seconds: 300)
        try fixture.write("mine", to: "live.db-salvage-partial")
        try replace(try bytes().prefix(50_000))
        let error = #expect(throws: LiveError.self) { try fixture.run(Self.recipe, clock: clock) }
        #expect(error?.description.contains("in the way") == true)
        #expect(try fixture.text("live.db-salvage-partial") == "mine")
    }

    @Test("that is cut off while the run goes on is noticed at once", arguments: [0, 60_000])
    func truncatedMeanwhile(size: Int) async throws {
        let (fixture, path) = (fixture, fixture.database)
        _ = try write(seconds: 600)
        let isDone = Mutex(false)
        let begin = clock.now()
        let second = ManualClock(begin.text) { now in
            usleep(300)
            guard now.microseconds - begin.microseconds > 100_000_000 else { return }
            isDone.withLock { done in
                if !done { truncate(path, size) }
                done = true
            }
        }
        let monitor = LiveMonitor(clock: second)
        #expect(try fixture.run(Self.recipe, clock: second, monitor: monitor) == .finished)
        let status = monitor.status()
        let found = try fixture.readings()
        #expect(try fixture.values("PRAGMA quick_check") == ["ok"])
        #expect(Set(found).isSubset(of: Set(try await fixture.batch(Self.recipe))))
        #expect(try fixture.values("SELECT max(id) FROM sensor_data") == [36_000])
        #expect(found.count + Int(status.readingsLost) == 36_000, "\(found.count) + \(status.readingsLost)")
        #expect(try fixture.names().contains { $0.hasPrefix("live-damaged-") })
    }
}
