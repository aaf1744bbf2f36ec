import DatasetGen
import DatasetLive
import FaultInjection
import Foundation
import GRDB
import Logging
import Synchronization
import Testing

/// Every call to the system that has to do with the files of a live run fails in turn, whoever makes it: the run itself,
/// Foundation or SQLite.
@Suite("A live run whose calls fail", .serialized, .enabled(if: faults_are_possible() == 1))
struct FaultTests {
    /// What a call does.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let code: Int32

        static let all = [
            Fault(name: "EACCES", code: EACCES), Fault(name: "ENOENT", code: ENOENT),
            Fault(name: "EISDIR", code: EISDIR),
            Fault(name: "ENOSPC", code: ENOSPC), Fault(name: "EIO", code: EIO), Fault(name: "EROFS", code: EROFS),
            Fault(name: "damaged", code: Int32(fault_damage)), Fault(name: "locked", code: Int32(fault_lock)),
        ]

        var testDescription: String { name }
    }

    /// Where the run stands when calls begin to fail.
    enum Beginning: String, CaseIterable {
        /// There is nothing yet.
        case new
        /// The process before was killed: there is a database with a log.
        case killed
        /// The process before was killed, and the database is damaged.
        case damaged
    }

    private static let recipe = """
        dataset: {seed: 3, start: 2026-05-01, duration: 15m}
        replicas: {count: 3}
        simulation: {interval: 20s}
        """
    /// How many calls are tried of those that a run makes, evenly spread; every one where it is asked for, by the fault's
    /// name or for `all`.
    private func sample(_ fault: Fault) -> Int {
        let asked = ProcessInfo.processInfo.environment["GEN_DATASET_EVERY_FAULT"] ?? ""
        return asked == fault.name || asked == "all" ? .max : 8
    }

    private static let strangers = ["live-east.db", "live-2019.db", "notes.txt", "backups/live-20200101T000000Z.db"]

    @Test(
        "is alive afterwards or has said why not; nothing is lost, doubled, or taken from others",
        arguments: Fault.all
    )
    func table(fault: Fault) async throws {
        let expected = try await expectedRows()
        for beginning in Beginning.allCases {
            // Always in one place, since the checkpoint names the file of lines.
            let fixture = try LiveFixture("data/live.db")
            let origin = try origin(beginning, in: fixture)
            let count = try calls(fixture, origin, fault)
            let step = max(1, count / sample(fault))
            var (tried, exits, told, aside) = (0, 0, 0, 0)
            for first in stride(from: fault.name.utf8.count % step, to: count, by: step) {
                // Once, and for a while.
                for length in [1, 30] {
                    try prepare(fixture, origin)
                    fault_begin(fixture.folder + "/data", first, length, fault.code)
                    let outcome = run(fixture)
                    _ = fault_end()
                    let call = String(cString: fault_call())
                    let place = "\(fault.name) at call \(first), \(call), of a run that is \(beginning)"
                    tried += 1
                    told += outcome.errorCount > 0 ? 1 : 0
                    if let error = outcome.error {
                        exits += 1
                        #expect(!error.contains("\n"), "\(place): \(error)")
                    }
                    if outcome.error != nil {
                        // The next run finds nothing but what this one has left.
                        let next = run(fixture)
                        #expect(next.error == nil, "\(place): \(next.error ?? "")")
                    }
                    aside += try check(fixture, expected, place, mayLose: beginning == .damaged)
                }
            }
            print(
                "\(fault.name), \(beginning): \(count) calls, \(tried) runs, \(exits) clear exits, \(told) told, \(aside) set aside"
            )
            try? FileManager.default.removeItem(atPath: origin)
        }
    }

    @Test("a disk that does not give a page of the damaged database once: the run goes on where it was")
    func readingOnce() async throws {
        let expected = try await expectedRows()
        let fixture = try LiveFixture("data/live.db")
        let origin = try origin(.damaged, in: fixture)
        // Among these calls are those that read the schema of what is saved.
        for call in 300..<370 {
            try prepare(fixture, origin)
            fault_begin(fixture.folder + "/data", call, 1, EIO)
            let outcome = run(fixture)
            _ = fault_end()
            if outcome.error != nil { #expect(run(fixture).error == nil) }
            _ = try check(fixture, expected, "EIO at call \(call)", mayLose: true)
        }
        try FileManager.default.removeItem(atPath: origin)
    }

    // MARK: - Runs

    private struct Outcome {
        var error: String?
        var errorCount: Int64
    }

    /// A run up to its end, or to an error.
    private func run(_ fixture: LiveFixture) -> Outcome {
        let data = fixture.folder + "/data"
        let begin =
            FileManager.default.fileExists(atPath: data + "/begun") ? "2026-05-01T12:05:00" : "2026-05-01T12:00:00"
        let clock = ManualClock(begin)
        let monitor = LiveMonitor(clock: clock)
        let path = data + "/recipe.yaml"
        let read: @Sendable () throws -> ResolvedRecipe = {
            let text = try String(contentsOfFile: path, encoding: .utf8)
            return try RecipeReader(overrides: Self.settings(data))
                .read(text, source: "recipe.yaml", defaultName: "test")
        }
        do {
            let recipe = try RecipeReader(overrides: Self.settings(data))
                .read(Self.recipe, source: "recipe.yaml", defaultName: "test")
            var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            logger.logLevel = .critical
            var options = LiveOptions()
            let count = Count()
            // The recipe is read again now and then.
            options.takeReloadRequest = { count.next() % 20 == 19 }
            let source = LiveRecipeSource(path: path, read: read)
            let run = LiveRun(recipe, from: source, options: options, clock: clock, monitor: monitor, log: logger)
            _ = try run.run()
            return Outcome(error: nil, errorCount: monitor.status().errorCount)
        } catch {
            return Outcome(error: "\(error)", errorCount: monitor.status().errorCount)
        }
    }

    private static func settings(_ data: String) -> [RecipeOverride] {
        [
            "database.path=\(data)/live.db", "database.json_lines=\(data)/live.jsonl", "database.busy_timeout=5",
            "database.backup_enabled=true", "database.backup_interval_hours=0.1", "database.batch_size=20",
            "logging.file=\(data)/live.log",
        ]
        .map { .set($0) }
    }

    private func prepare(_ fixture: LiveFixture, _ origin: String) throws {
        try? FileManager.default.removeItem(atPath: fixture.folder + "/data")
        try FileManager.default.copyItem(atPath: origin, toPath: fixture.folder + "/data")
    }

    /// The folder with which runs begin.
    private func origin(_ beginning: Beginning, in fixture: LiveFixture) throws -> String {
        let (data, target) = (
            fixture.folder + "/data", NSTemporaryDirectory() + "gen-dataset-faults-" + UUID().uuidString
        )
        try FileManager.default.createDirectory(atPath: data + "/backups", withIntermediateDirectories: true)
        for name in Self.strangers { try fixture.write(name, to: "data/" + name) }
        try fixture.write(Self.recipe, to: "data/recipe.yaml")
        guard beginning != .new else {
            try FileManager.default.copyItem(atPath: data, toPath: target)
            return target
        }
        try fixture.write("", to: "data/begun")
        let schedule = Schedule([(300, { try FileManager.default.copyItem(atPath: data, toPath: target) })])
        _ = try fixture.run(
            Self.recipe,
            "database.json_lines=\(data)/live.jsonl",
            "database.batch_size=20",
            clock: schedule.clock
        )
        #expect(schedule.failures == [])
        try? FileManager.default.removeItem(atPath: target + "/live.db-lock")
        if beginning == .damaged {
            let database = URL(filePath: target + "/live.db")
            try DatabaseQueue(path: database.path).close()
            let bytes = try Data(contentsOf: database)
            try bytes.prefix(bytes.count - 4_096).write(to: database)
        }
        return target
    }

    private func calls(_ fixture: LiveFixture, _ origin: String, _ fault: Fault) throws -> Int {
        try prepare(fixture, origin)
        // No call has a number like this; those that can fail in this way are counted.
        fault_begin(fixture.folder + "/data", Int.max / 2, 1, fault.code)
        #expect(run(fixture).error == nil)
        return fault_end()
    }

    // MARK: - What must hold

    private func expectedRows() async throws -> [String] {
        try await LiveFixture().batch(Self.recipe)
    }

    /// Compares what is there with what must be, and gives the number of databases that were set aside.
    private func check(_ fixture: LiveFixture, _ expected: [String], _ place: String, mayLose: Bool) throws -> Int {
        let data = fixture.folder + "/data"
        for name in Self.strangers { #expect(try fixture.text("data/" + name) == name, "\(place): \(name)") }
        let names = try FileManager.default.contentsOfDirectory(atPath: data)
        let aside = names.filter { $0.wholeMatch(of: #/live-(damaged-)?2026\d{4}T\d{6}Z(-\d+)?\.db/#) != nil }
        #expect(try fixture.values("PRAGMA quick_check") == ["ok"], "\(place)")
        let main = try fixture.readings()
        var all = Set(main)
        for name in aside { all.formUnion((try? fixture.readings(of: data + "/" + name)) ?? []) }
        #expect(all.isSubset(of: Set(expected)), "\(place): rows that the batch run does not have")
        let lost = expected.count - all.count
        // Where the database was damaged before, what was in that page is lost.
        #expect(mayLose ? lost <= 60 : lost == 0, "\(place): \(lost) lost; \(names)")
        if aside.isEmpty, !mayLose { #expect(main == expected, "\(place)") }
        let lines = try fixture.text("data/live.jsonl").split(separator: "\n")
        #expect(Set(lines).count == lines.count, "\(place): lines twice")
        #expect(lines.count == expected.count || mayLose || !aside.isEmpty, "\(place): \(lines.count) lines")
        return aside.count
    }
}

/// Counts how often it is asked.
private final class Count: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }
}
