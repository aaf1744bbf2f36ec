import DatasetFiles
import DatasetGen
import Foundation
import Synchronization
import Testing

/// A dataset that a test writes, interrupts, finishes and compares.
struct DatasetSample: Sendable, CustomTestStringConvertible {
    let name: String
    let plan: GenerationPlan

    /// The dataset that a recipe describes.
    init(_ name: String, _ yaml: String) throws {
        self.name = name
        plan = try GenerationPlan(yaml: yaml)
    }

    var testDescription: String { name }

    /// Three formats and three blocks of few sensors, with events of all types and rows that are left out.
    static func small(_ outputs: String = "{sqlite: , csv: , jsonl: }", ticks: Int = 13_000) throws -> DatasetSample {
        try DatasetSample(
            outputs,
            """
            dataset: {name: small, seed: 11, duration: \(ticks)s}
            replicas: {count: 3}
            outputs: \(outputs)
            anomalies:
              probability: 0.2
              types:
                missing_data: {modes: [null, omit]}
            """
        )
    }

    /// Writes the dataset, or finishes it.
    ///
    /// - Parameters:
    ///   - path: where.
    ///   - blocks: after how many blocks the run is asked to stop; nil for never.
    ///   - change: changes the options.
    /// - Throws: what the writer throws.
    func write(
        to path: String,
        stoppingAfter blocks: Int64? = nil,
        _ change: (inout DatasetWriter.Options) -> Void = { _ in }
    ) async throws {
        let seen = SharedCounter()
        var options = DatasetWriter.Options(
            isCancelled: { blocks.map { seen.value >= $0 } ?? false },
            onProgress: { progress in seen.set(progress.rowsDone / GenerationPlan.rowsPerBlock) }
        )
        options.bytesPerRecord = 1
        change(&options)
        _ = try await DatasetWriter(plan, options: options).write(to: path)
    }

    /// The files of a folder, by name.
    static func files(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            files[name] = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
        }
        return files
    }
}

/// A number that several threads read and set.
final class SharedCounter: Sendable {
    private let number = Atomic<Int64>(0)

    var value: Int64 { number.load(ordering: .relaxed) }

    func set(_ value: Int64) { number.store(value, ordering: .relaxed) }

    /// Counts one more, and gives how many there were before.
    func next() -> Int64 { number.wrappingAdd(1, ordering: .relaxed).oldValue }
}
