import DatasetGen
import DatasetLive
import Foundation
import Testing

/// What happens to the file of JSON Lines.
@Suite("The file of JSON Lines") struct LinesTests {
    private static let recipe = "dataset: {seed: 3, start: 2026-05-01, duration: 10m}"

    private let fixture: LiveFixture
    private let monitor: LiveMonitor

    init() throws {
        fixture = try LiveFixture()
        monitor = LiveMonitor(clock: ManualClock())
    }

    private var lines: String { fixture.folder + "/live.jsonl" }

    private func run(_ action: @escaping Schedule.Action) throws {
        let schedule = Schedule([(100.2, action)])
        #expect(
            try fixture.run(Self.recipe, "database.json_lines=\(lines)", clock: schedule.clock, monitor: monitor)
                == .finished
        )
        #expect(schedule.failures == [])
        #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [600])
        #expect(monitor.status().lastError?.contains("live.jsonl") == true)
    }

    private func count(_ name: String) throws -> Int { try fixture.text(name).split(separator: "\n").count }

    @Test("is moved away: lines go on in a new one, and it is told")
    func moved() throws {
        let lines = lines
        try run { try FileManager.default.moveItem(atPath: lines, toPath: lines + ".1") }
        #expect(try count("live.jsonl") + count("live.jsonl.1") == 600)
        #expect(try count("live.jsonl") > 490)
    }

    @Test("is deleted: lines go on in a new one, and it is told")
    func deleted() throws {
        let lines = lines
        try run { try FileManager.default.removeItem(atPath: lines) }
        #expect((490...500).contains(try count("live.jsonl")))
    }

    @Test("is shortened: lines go on behind the last whole one, and it is told")
    func shortened() throws {
        let lines = lines
        try run { truncate(lines, 1_000) }
        let text = try fixture.text("live.jsonl")
        #expect((490...505).contains(text.split(separator: "\n").count))
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("{") && $0.hasSuffix("}") })
    }

    @Test(
        "was shortened, or replaced by a longer one of somebody else's, while no run wrote it",
        arguments: [true, false]
    )
    func whileDown(isShortened: Bool) throws {
        let clock = ManualClock()
        var options = LiveOptions()
        options.isStopRequested = { clock.now() >= SimulatedTime(parsing: "2026-05-01T12:01:40")! }
        _ = try fixture.run(Self.recipe, "database.json_lines=\(lines)", clock: clock, options: options)
        let before = try fixture.text("live.jsonl")
        let stranger = String(repeating: "somebody's diary\n", count: 10_000)
        if isShortened { truncate(lines, 1_000) } else { try fixture.write(stranger, to: "live.jsonl") }
        _ = try fixture.run(Self.recipe, "database.json_lines=\(lines)", clock: clock, monitor: monitor)
        let text = try fixture.text("live.jsonl")
        if isShortened {
            #expect(before.hasPrefix(text.prefix(500)) && text.split(separator: "\n").allSatisfy { $0.hasSuffix("}") })
        } else {
            #expect(text.hasPrefix(stranger))
        }
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("{") }.count > 490)
        #expect(monitor.status().errorCount == 1)
    }
}
