import DatasetGen
import DatasetLive
import Foundation
import GRDB
import Synchronization
import Testing

/// What happens to the place of the database while a run goes on, and how it looks to others in the meantime.
@Suite("The place of a live database") struct PlaceTests {
    private static let recipe = """
        dataset: {seed: 3, start: 2026-05-01, duration: 10m}
        replicas: {count: 7}
        database: {busy_timeout: 20}
        """

    private let fixture: LiveFixture
    private let observations = Observations()

    init() throws {
        fixture = try LiveFixture("data/live.db")
    }

    private func path(_ name: String) -> String { fixture.folder + "/" + name }

    /// A run to whose files some things happen.
    private func run(
        _ actions: [(Double, Schedule.Action)],
        _ settings: String...,
        options: LiveOptions = LiveOptions()
    )
        throws -> LiveOutcome
    {
        let observations = observations
        let notes = stride(from: 0.0, to: 600, by: 0.5).map { ($0, { @Sendable in observations.note() }) }
        let schedule = Schedule(actions + notes)
        let clock = schedule.clock
        let monitor = LiveMonitor(clock: clock)
        observations.watch(monitor)
        let outcome = try fixture.run(
            Self.recipe,
            settings.first ?? "database.cache_size=2000",
            settings.count > 1 ? settings[1] : "logging.level=INFO",
            clock: clock,
            monitor: monitor,
            options: options
        )
        #expect(schedule.failures == [])
        return outcome
    }

    /// Moves the folder or the database away for a time, with something else in its place.
    private func away(_ name: String, _ replacement: @escaping Schedule.Action, _ remove: @escaping Schedule.Action)
        -> [(Double, Schedule.Action)]
    {
        let (from, to) = (path(name), path("away"))
        return [
            (
                100.2,
                {
                    try FileManager.default.moveItem(atPath: from, toPath: to)
                    try replacement()
                }
            ),
            (
                160.2,
                {
                    try remove()
                    for end in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: from + end) {
                        try FileManager.default.removeItem(atPath: from + end)
                    }
                    try FileManager.default.moveItem(atPath: to, toPath: from)
                }
            ),
        ]
    }

    @Test(
        "the folder is away, with or without something in its place, and comes back: nothing lost, none twice",
        arguments: ["nothing", "a file"]
    )
    func folder(replacement: String) async throws {
        let place = path("data")
        let outcome = try run(
            away("data", { if replacement == "a file" { try Data().write(to: URL(filePath: place)) } }, {})
        )
        #expect(outcome == .finished)
        #expect(try fixture.readings() == (await fixture.batch(Self.recipe)))
        #expect(observations.health.isSuperset(of: [.healthy, .degraded]))
        #expect(observations.texts.contains { $0.contains("folder") || $0.contains("opened") }, "\(observations.texts)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: path("data")) == ["live.db"])
    }

    @Test(
        "something else is in the place of the database for a time, and is left alone",
        arguments: [
            "a text", "a folder", "another program's database", "another run's database", "half a database",
        ]
    )
    func foreign(kind: String) async throws {
        let place = fixture.database
        let other = try LiveFixture("data/live.db")
        _ = try other.run("dataset: {seed: 4, start: 2026-05-01, duration: 1m}")
        let (kept, source) = (path("kept"), other.database)
        let put: Schedule.Action = { [fixture] in
            switch kind {
            case "a text": try Data("not yours\n".utf8).write(to: URL(filePath: place))
            case "a folder": try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
            case "another program's database": try fixture.execute("CREATE TABLE mine (x); INSERT INTO mine VALUES (1)")
            case "another run's database": try FileManager.default.copyItem(atPath: source, toPath: place)
            default:
                let bytes = try Data(contentsOf: URL(filePath: source))
                try bytes.prefix(bytes.count / 2).write(to: URL(filePath: place))
            }
            if kind != "a folder" { try FileManager.default.copyItem(atPath: place, toPath: kept) }
        }
        let take: Schedule.Action = {
            if kind == "a folder" { return try FileManager.default.removeItem(atPath: place) }
            #expect(FileManager.default.contentsEqual(atPath: place, andPath: kept))
        }
        #expect(try run(away("data/live.db", put, take)) == .finished)
        #expect(try fixture.readings() == (await fixture.batch(Self.recipe)))
        #expect(observations.health.contains(.degraded))
        #expect(try FileManager.default.contentsOfDirectory(atPath: path("data")) == ["live.db"])
    }

    @Test("it is moved away and back: what was written meanwhile is written again, lines and consumer get it once")
    func awayAndBack() async throws {
        let consumed = Mutex<[UInt8]>([])
        var options = LiveOptions()
        options.consumer = { bytes in
            consumed.withLock { $0 += bytes }
            return true
        }
        let lines = "database.json_lines=\(path("lines.jsonl"))"
        #expect(try run(away("data/live.db", {}, {}), lines, options: options) == .finished)
        let batch = try await fixture.batch(Self.recipe)
        #expect(try fixture.readings() == batch)
        let text = try fixture.text("lines.jsonl")
        #expect(
            text.split(separator: "\n").count == batch.count && Set(text.split(separator: "\n")).count == batch.count
        )
        #expect(consumed.withLock { String(decoding: $0, as: UTF8.self) } == text)
    }

    @Test("its log is removed while it is written", arguments: ["-wal", "-shm"])
    func log(ending: String) async throws {
        let name = fixture.database + ending
        #expect(try run([(100.2, { try FileManager.default.removeItem(atPath: name) })]) == .finished)
        #expect(try fixture.readings() == (await fixture.batch(Self.recipe)))
        #expect(observations.texts.contains { $0.contains("write-ahead log") }, "\(observations.texts)")
    }

    @Test("another run may not begin on it while the folder is away and back")
    func lock() throws {
        let second = Mutex<String>("")
        let database = fixture.database
        var actions = away("data", {}, {})
        actions.append(
            (
                170,
                {
                    // As another run would take it.
                    let lock = try FileHandle(forUpdating: URL(filePath: database + "-lock"))
                    defer { try? lock.close() }
                    let isFree = flock(lock.fileDescriptor, LOCK_EX | LOCK_NB) == 0
                    second.withLock { $0 = isFree ? "free" : "locked" }
                }
            )
        )
        #expect(try run(actions) == .finished)
        #expect(second.withLock { $0 } == "locked")
    }
}
