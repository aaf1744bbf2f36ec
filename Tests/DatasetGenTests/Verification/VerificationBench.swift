import Foundation
import Testing

/// A dataset that is changed again and again; the digests always fit.
struct VerificationBench {
    let dataset: AuditedDataset
    var good: [String: Data] = [:]

    init(_ recipe: String = AuditedDataset.recipe) async throws {
        dataset = try await AuditedDataset(recipe)
        for name in try dataset.names() { good[name] = try dataset.bytes(name) }
    }

    /// What is found after a change.
    func problems(regenerates: Bool = false, _ change: (AuditedDataset) throws -> Void) async throws -> [String] {
        for name in try dataset.names() where good[name] == nil {
            try FileManager.default.removeItem(atPath: dataset.path + "/" + name)
        }
        for (name, bytes) in good { try dataset.write(bytes, to: name) }
        try change(dataset)
        try dataset.fitDigests()
        return try await dataset.problems(regenerates: regenerates)
    }

    /// What is found of a file after a change, but for its size, which the manifest has.
    func problems(
        of name: String,
        regenerates: Bool = false,
        _ change: (AuditedDataset) throws -> Void
    ) async throws -> [String] {
        try await problems(regenerates: regenerates, change)
            .filter { $0.hasPrefix(name + ": ") && !$0.contains(" in manifest.json is ") }
    }

    /// The problem that a change of a file's lines must be found as, and be the only one of the file.
    func expect(
        _ name: String,
        _ finding: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout [String]) throws -> Void
    ) async throws {
        let problems = try await problems { try $0.change(name, change) }
        #expect(problems.filter { $0.hasPrefix(name) } == ["\(name): \(finding)"], sourceLocation: sourceLocation)
    }
}
