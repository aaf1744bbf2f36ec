import DatasetFiles
import DatasetGen
import Foundation
import Synchronization
import Testing

/// A run that was interrupted and finished has the bytes of one that was not.
@Suite
struct ResumeTests {
    private let home: TemporaryFolder

    init() throws { home = try TemporaryFolder() }

    private func expectFinished(_ sample: DatasetSample, like reference: [String: Data], in name: String) throws {
        #expect(Set(home.names(below: ".").filter { $0.hasSuffix("/") }) == ["\(name)/", "reference/"])
        #expect(try DatasetSample.files(home.path(of: name)) == reference)
    }

    private func reference(_ sample: DatasetSample) async throws -> [String: Data] {
        let path = home.path(of: "reference")
        try await sample.write(to: path) { $0.bytesPerRecord = .max }
        return try DatasetSample.files(path)
    }

    static let samples = Result {
        try [
            DatasetSample.small(),
            .small("{csv: {compression: none}, jsonl: {compression: zstd}, sqlite: {page_size: 512}}"),
            .small("{sqlite: {page_size: 65536}}", ticks: 60_000),
            .small("{sqlite: {indexes: [sensor_id]}, csv: {level: 6}}"),
            .small("{sqlite: {page_size: 1024}, clean: true}", ticks: 40_000),
            DatasetSample(
                "by sensor, long names",
                """
                dataset: {duration: 40000s, order: sensor}
                fleet: [{count: 2, prefix: "\(String(repeating: "long ", count: 45))"}]
                outputs: {sqlite: {page_size: 512}, jsonl: }
                anomalies: {probability: 0.3}
                """
            ),
            DatasetSample(
                "in the order of arrival",
                """
                dataset: {seed: 4, duration: 40000s}
                replicas: {count: 3}
                outputs: [csv, jsonl]
                delivery:
                  jitter: 2s
                  late: {share: 0.05, delay: [1s, 3h]}
                  offline: {every: 5h, duration: 1h}
                  duplicates: {share: 0.02}
                  loss: 0.01
                  order: arrival
                """
            ),
        ]
    }

    @Test(arguments: try samples.get())
    func bytesAreThoseOfOneRun(sample: DatasetSample) async throws {
        let reference = try await reference(sample)
        let blocks = sample.plan.blockCount
        for stops in Set([[1], [blocks / 2], [blocks - 1], Set([1, 2, blocks - 1]).sorted()]) {
            let path = home.path(of: "resumed")
            for stop in stops {
                await #expect(throws: GenerationCancelled.self) {
                    try await sample.write(to: path, stoppingAfter: stop) { options in
                        options.resumes = true
                        options.workerCount = stop % 2 == 0 ? 1 : 7
                    }
                }
                #expect(home.names(below: "resumed.partial").contains(".journal"))
            }
            try await sample.write(to: path) { $0.resumes = true }
            try expectFinished(sample, like: reference, in: "resumed")
            try FileManager.default.removeItem(atPath: path)
        }
    }

    @Test(arguments: [1, 20_000, 200_000])
    func otherChunksMakeNoDifference(rowsPerChunk: Int64) async throws {
        let sample = try DatasetSample.small("{csv: , sqlite: }", ticks: 100_000)
        let reference = try await reference(sample)
        let path = home.path(of: "resumed")
        await #expect(throws: GenerationCancelled.self) {
            try await sample.write(to: path, stoppingAfter: 5) { $0.rowsPerChunk = 60_000 }
        }
        try await sample.write(to: path) { options in
            options.resumes = true
            options.rowsPerChunk = rowsPerChunk
        }
        try expectFinished(sample, like: reference, in: "resumed")
    }

    @Test func withoutAnInterruptedRunItBegins() async throws {
        let sample = try DatasetSample.small("{csv: }")
        let reference = try await reference(sample)
        try await sample.write(to: home.path(of: "new")) { $0.resumes = true }
        try expectFinished(sample, like: reference, in: "new")
    }

    /// The events that rows tell of are listed before all else: a minute for sixty million of them.
    @Test func whoIsAskedToStopNeedNotListAllEventsBefore() async throws {
        let recipe = """
            dataset: {duration: 1h}
            replicas: {count: 64}
            outputs: {csv: {columns: [timestamp, event_id, difficulty]}}
            """
        let (asked, begun) = (SharedCounter(), SharedCounter())
        let partial = home.path(of: "long.partial")
        let isCancelled = { @Sendable in
            _ = asked.next()
            if FileManager.default.fileExists(atPath: partial) { begun.set(1) }
            return true
        }
        let writer = DatasetWriter(
            try GenerationPlan(yaml: recipe),
            options: DatasetWriter.Options(isCancelled: isCancelled)
        )
        await #expect(throws: GenerationCancelled.self) { try await writer.write(to: home.path(of: "long")) }
        #expect(asked.value >= 64)
        #expect(begun.value == 0)
        #expect(!home.names().contains { $0.hasPrefix("long") })
    }

    /// What came behind the last record, such as half a record, is cut off.
    @Test func halfARecordIsIgnored() async throws {
        let sample = try DatasetSample.small("{csv: }")
        let reference = try await reference(sample)
        let path = home.path(of: "resumed")
        await #expect(throws: GenerationCancelled.self) { try await sample.write(to: path, stoppingAfter: 1) }
        for name in ["readings.csv.gz", "events.csv", ".journal"] {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path + ".partial/" + name))
            try file.seekToEnd()
            try file.write(contentsOf: Data(repeating: 9, count: 1_000))
            try file.close()
        }
        try home.write("rest".utf8, to: "resumed.partial/manifest.json")
        try await sample.write(to: path, stoppingAfter: nil) { $0.resumes = true }
        try expectFinished(sample, like: reference, in: "resumed")
    }

    @Test(arguments: ["readings.csv.gz", "readings.jsonl.gz", "readings.sqlite", "events.csv"])
    func changedFileIsNamed(name: String) async throws {
        let sample = try DatasetSample.small()
        let path = home.path(of: "resumed")
        await #expect(throws: GenerationCancelled.self) { try await sample.write(to: path, stoppingAfter: 1) }
        let file = path + ".partial/" + name
        let whole = try Data(contentsOf: URL(fileURLWithPath: file))
        var changed = whole
        changed[changed.count - 100] ^= 4
        for bytes in [changed, whole.dropLast(1)] {
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            let error = await #expect(throws: FileError.self) {
                try await sample.write(to: path) { $0.resumes = true }
            }
            #expect(error?.path == file)
            #expect(error?.reason == "it has changed since the run was interrupted; --overwrite starts over")
        }
        // The run is still there: with the right bytes, it can be finished.
        try whole.write(to: URL(fileURLWithPath: file))
        try await sample.write(to: path) { $0.resumes = true }
    }

    @Test(arguments: [
        ("dataset: {name: other, seed: 11, duration: 13000s}", "dataset.name: small"),
        ("dataset: {name: small, seed: 12, duration: 13000s}", "dataset.seed: 11"),
        ("dataset: {name: small, seed: 11, duration: 13001s}", "dataset.duration: 3h36m40s"),
    ])
    func otherDatasetIsRefused(yaml: String, difference: String) async throws {
        let path = home.path(of: "x")
        let recipe = "replicas: {count: 3}\noutputs: [csv]\n"
        let sample = try DatasetSample("small", "dataset: {name: small, seed: 11, duration: 13000s}\n" + recipe)
        await #expect(throws: GenerationCancelled.self) { try await sample.write(to: path, stoppingAfter: 1) }
        let before = try DatasetSample.files(path + ".partial")
        let other = try DatasetSample("other", yaml + "\n" + recipe)
        let error = await #expect(throws: FileError.self) { try await other.write(to: path) { $0.resumes = true } }
        #expect(error?.isCreation == true)
        let reason = "it cannot be finished: its recipe has \(difference), and this one has "
        #expect(error?.reason.hasPrefix(reason) == true, "\(error?.reason ?? "")")
        #expect(try DatasetSample.files(path + ".partial") == before)
        try await sample.write(to: path) { $0.resumes = true }
    }

    @Test func interruptedRunIsNotLostByAccident() async throws {
        let sample = try DatasetSample.small("{csv: }")
        let reference = try await reference(sample)
        let path = home.path(of: "x")
        await #expect(throws: GenerationCancelled.self) { try await sample.write(to: path, stoppingAfter: 1) }
        let error = await #expect(throws: FileError.self) { try await sample.write(to: path) }
        #expect(error?.isCreation == true)
        #expect(
            error?.reason
                == "an interrupted run has 16,384 of 39,000 readings there; --resume finishes it, --overwrite starts over"
        )
        try await sample.write(to: path) { $0.replacesExisting = true }
        try expectFinished(sample, like: reference, in: "x")
    }

    /// A program that is being started has, until it is loaded, copies of all that this process has open.
    @Test func copiesOfWhatWasOpenDoNotKeepOthersAway() async throws {
        let sample = try DatasetSample.small("{csv: }")
        let path = home.path(of: "x")
        let copy = Mutex<Int32?>(nil)
        await #expect(throws: GenerationCancelled.self) {
            try await sample.write(to: path, stoppingAfter: 1) { options in
                options.isCancelled = { [isCancelled = options.isCancelled] in
                    copy.withLock { $0 = $0 ?? Self.copy(ofOpen: path + ".partial/.lock") }
                    return isCancelled()
                }
            }
        }
        let descriptor = try #require(copy.withLock { $0 })
        defer { close(descriptor) }
        try await sample.write(to: path) { $0.resumes = true }
    }

    /// Another descriptor of what this process has open; nil if it has not.
    private static func copy(ofOpen path: String) -> Int32? {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        let opened = all.first {
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)) == path
        }
        return opened.flatMap(Int32.init).map { dup($0) }
    }

    @Test func interruptedReplacementIsFinished() async throws {
        let sample = try DatasetSample.small("{csv: }")
        let reference = try await reference(sample)
        let path = home.path(of: "x")
        try await DatasetSample.small("{jsonl: }").write(to: path)
        let old = try DatasetSample.files(path)
        await #expect(throws: GenerationCancelled.self) {
            try await sample.write(to: path, stoppingAfter: 1) { $0.replacesExisting = true }
        }
        await #expect(throws: FileError.self) { try await sample.write(to: path) { $0.resumes = true } }
        #expect(try DatasetSample.files(path) == old)
        try await sample.write(to: path) { options in
            options.resumes = true
            options.replacesExisting = true
        }
        try expectFinished(sample, like: reference, in: "x")
    }
}
