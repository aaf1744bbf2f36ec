import DatasetChecks
import DatasetFiles
import DatasetGen
import Foundation
import Testing

/// A run may end at any moment: by being killed, or with the power.
///
/// Whatever is on the disk then, the next run finishes.
@Suite
struct CrashTests {
    private let home: TemporaryFolder
    private let sample: DatasetSample

    init() throws {
        home = try TemporaryFolder()
        sample = try DatasetSample.small("{sqlite: , csv: }", ticks: 6_000)
    }

    /// Every prefix of the changes that a run makes, the last one torn or whole.
    @Test(arguments: [false, true])
    func everyMomentLeavesWhatCanBeFinished(replacing: Bool) async throws {
        let recorded = home.path(of: "recorded")
        let calls = RecordingCalls()
        SQLiteCalls.redirect(recorded, to: calls)
        var old: [String: Data]?
        if replacing {
            let before = try DatasetSample.small("{csv: }", ticks: 600)
            try await before.write(to: recorded + "/x") { $0.fileSystem = FileSystem(calls: calls) }
            old = try DatasetSample.files(recorded + "/x")
        }
        let begin = calls.changes.count
        try await sample.write(to: recorded + "/x") { options in
            options.fileSystem = FileSystem(calls: calls)
            options.replacesExisting = replacing
            options.workerCount = 1
        }
        let reference = try DatasetSample.files(recorded + "/x")
        let changes = calls.changes
        let disk = DiskModel(home: home.path)
        for change in changes[..<begin] { disk.apply(change) }
        var crashes = 0
        for (number, change) in changes[begin...].enumerated() {
            var moments = [change]
            if let torn = change.torn, number % 3 == 0 { moments.insert(torn, at: 0) }
            for moment in moments {
                disk.apply(moment)
                for crash in DiskModel.Crash.allCases {
                    let place = "\(crash) after change \(number) of \(changes.count - begin)"
                    try await expectFinished(disk, crash, old: old, reference: reference, place)
                    crashes += 1
                }
            }
        }
        print("\(changes.count - begin) changes, \(crashes) crashes")
    }

    private func expectFinished(
        _ disk: DiskModel,
        _ crash: DiskModel.Crash,
        old: [String: Data]?,
        reference: [String: Data],
        _ place: String
    ) async throws {
        let folder = home.path(of: "crash")
        try disk.write(after: crash, to: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/recorded/x"
        var isNew = false
        if FileManager.default.fileExists(atPath: path) {
            // The last moments of a run leave its lock and its journal in the finished dataset.
            let found = try DatasetSample.files(path).filter { !$0.key.hasPrefix(".") }
            isNew = found == reference
            #expect(isNew || found == old, "\(place)")
            #expect(try await DatasetVerifier(folder: path).verify().isRight, "\(place)")
        }
        if isNew, old == nil { return }
        try await sample.write(to: path) { options in
            options.resumes = true
            options.replacesExisting = old != nil
            options.bytesPerRecord = .max
        }
        #expect(try DatasetSample.files(path) == reference, "\(place)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/recorded") == ["x"], "\(place)")
    }
}
