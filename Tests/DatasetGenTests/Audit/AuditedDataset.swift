import DatasetChecks
import DatasetFiles
import DatasetGen
import Foundation
import Testing

/// A small dataset in all formats, uncompressed, for tests that change its files and audit it.
final class AuditedDataset {
    static let recipe = """
        dataset: {name: audited, seed: 3, start: 2025-01-05, duration: 6h}
        simulation: {interval: 10s}
        replicas: {count: 5, prefix: S}
        anomalies:
          probability: 0.1
          types:
            spike: {weight: 0.2}
            trend: {weight: 0.2, duration: 2m}
            pattern: {weight: 0.2, duration: 2m}
            missing_data: {weight: 0.2, duration: 1m, max_duration: 1m, modes: [null, omit]}
            noise: {weight: 0.2, duration: 2m}
        outputs: {csv: {compression: none}, jsonl: {compression: none}, sqlite: {}}
        """

    let plan: GenerationPlan
    private let folder: TemporaryFolder

    init(_ yaml: String = recipe) async throws {
        folder = try TemporaryFolder()
        plan = try GenerationPlan(yaml: yaml)
        _ = try await DatasetWriter(plan).write(to: path)
    }

    /// The dataset's folder.
    var path: String { folder.path(of: "set") }

    /// The audit's report.
    func audit(_ format: OutputFormat? = nil) throws -> AuditReport {
        try DatasetAuditor(folder: path, plan: plan, format: format).audit()
    }

    /// The kinds of what the audit finds, and how often.
    func findings(_ format: OutputFormat? = nil) throws -> [AuditFinding.Kind: Int64] {
        Dictionary(uniqueKeysWithValues: try audit(format).findings.map { ($0.kind, $0.count) })
    }

    /// Changes the lines of a file.
    func change(_ name: String, _ change: (inout [String]) throws -> Void) throws {
        var lines = try String(contentsOfFile: path + "/" + name, encoding: .utf8).components(separatedBy: "\n")
        try change(&lines)
        try lines.joined(separator: "\n").write(toFile: path + "/" + name, atomically: false, encoding: .utf8)
    }

    /// The bytes of a file.
    func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: path + "/" + name)) }

    /// Replaces a file.
    func write(_ bytes: Data, to name: String) throws { try bytes.write(to: URL(filePath: path + "/" + name)) }
}
