import DatasetFiles
import DatasetGen
import Foundation
import Testing

/// Every call to the system fails once, in every way.
@Suite
struct FaultTests {
    private let home: TemporaryFolder
    private let sample: DatasetSample

    init() throws {
        home = try TemporaryFolder()
        sample = try DatasetSample.small(ticks: 6_000)
    }

    /// A run after a fault has written the dataset, or has said in one line why not, and left what can be finished.
    @Test(arguments: FaultyCalls.Fault.all)
    func leavesNothingHalfThere(fault: FaultyCalls.Fault) async throws {
        try await sample.write(to: home.path(of: "reference"))
        let reference = try DatasetSample.files(home.path(of: "reference"))
        let path = home.path(of: "x")
        var (target, failures): (Int64, Int) = (0, 0)
        while true {
            let calls = FaultyCalls(fault, at: target)
            SQLiteCalls.redirect(path + ".partial", to: calls)
            do {
                try await sample.write(to: path) { $0.fileSystem = FileSystem(calls: calls) }
                #expect(try DatasetSample.files(path) == reference, "\(fault) at call \(target)")
            } catch {
                failures += 1
                #expect(!fault.isHarmless, "\(fault) at call \(target): \(error)")
                let error = try #require(error as? FileError, "\(fault) at call \(target)")
                #expect(!error.description.contains("\n"))
                // SQLite keeps the system's reason to itself, and opens for reading what it cannot open for writing.
                let reasons = [
                    "\(fault)", "disk I/O error", "database or disk is full", "attempt to write a readonly database",
                ]
                #expect(reasons.contains(error.reason), "call \(target): \(error)")
                #expect(!FileManager.default.fileExists(atPath: path), "\(fault) at call \(target): \(error)")
                try await sample.write(to: path) { $0.resumes = true }
                #expect(try DatasetSample.files(path) == reference, "\(fault) at call \(target)")
            }
            try FileManager.default.removeItem(atPath: path)
            #expect(home.names(below: ".").filter { !$0.hasPrefix("reference/") } == [], "\(fault) at call \(target)")
            if calls.count <= target { break }
            target += 1
        }
        // All but those that close or remove what is no longer needed.
        #expect(fault.isHarmless ? failures == 0 : failures > Int(target) / 2)
        print("\(fault): \(target) calls, \(failures) failed runs")
    }

    /// Every fault of a run that replaces a dataset leaves the old one or the new one.
    @Test func replacedDatasetIsNeverLost() async throws {
        let path = home.path(of: "x")
        let old = try DatasetSample.small("{csv: }", ticks: 600)
        try await old.write(to: home.path(of: "old"))
        try await sample.write(to: home.path(of: "new"))
        let files = try ["old", "new"].map { try DatasetSample.files(home.path(of: $0)) }
        try await old.write(to: path)
        var target: Int64 = 0
        while true {
            let calls = FaultyCalls(.failure(ENOSPC), at: target)
            var failed = false
            do {
                try await sample.write(to: path) { options in
                    options.fileSystem = FileSystem(calls: calls)
                    options.replacesExisting = true
                }
            } catch { failed = true }
            let found = try DatasetSample.files(path)
            #expect(found == files[0] && failed || found == files[1], "call \(target)")
            if found == files[1] {
                try FileManager.default.removeItem(atPath: path)
                // Where the run could not remove it, the replaced dataset is back.
                try await old.write(to: path) { $0.replacesExisting = true }
            }
            if calls.count <= target { break }
            target += 1
        }
    }
}
