import DatasetGen
import DatasetLive
import FaultInjection
import Foundation
import Testing

extension FaultTests {
    private static let short = "dataset: {seed: 3, start: 2026-05-01, duration: 10s}"

    /// The calls that have to do with the file of lines, in their order, found by having each fail once.
    private func calls(journalMode: String) throws -> [String] {
        var names: [String] = []
        while true {
            let fixture = try LiveFixture()
            let lines = fixture.folder + "/live.jsonl"
            fault_begin(lines, names.count, 1, ENOSPC)
            let outcome = Result {
                try fixture.run(
                    Self.short,
                    "database.json_lines=\(lines)",
                    "database.journal_mode=\(journalMode)"
                )
            }
            _ = fault_end()
            let name = String(cString: fault_call())
            guard !name.isEmpty else { return names }
            names.append(name)
            // One that cannot be opened ends the run.
            if case .failure(let error) = outcome {
                #expect("\(error)".contains("live.jsonl"), "\(error)")
                continue
            }
            #expect(try fixture.text("live.jsonl").split(separator: "\n").count == 10, "\(names)")
            #expect(try fixture.values("SELECT count(*) FROM sensor_data") == [10], "\(names)")
        }
    }

    @Test("brings its lines to the disk before the checkpoint that counts them", arguments: ["delete", "wal"])
    func lines(journalMode: String) throws {
        let calls = try calls(journalMode: journalMode).filter { $0.hasPrefix("pwrite") || $0 == "fdatasync" }
        let flushes = calls.filter { $0 == "fdatasync" }.count
        let writes = calls.count - flushes
        #expect(writes == 10, "\(calls)")
        // A reading a second: with a log, the lines are flushed that often, and before the log is brought in.
        #expect(flushes >= 10, "\(calls)")
        for (call, next) in zip(calls, calls.dropFirst()) where call.hasPrefix("pwrite") {
            #expect(next == "fdatasync", "\(calls)")
        }
    }
}
