import DatasetGen
import Foundation
import Testing

extension AuditedDataset {
    /// What is wrong with the dataset: `file: finding`.
    func problems(regenerates: Bool = false) async throws -> [String] {
        try await verify(regenerates: regenerates).checks.filter { !$0.isRight }.map { "\($0.subject): \($0.finding)" }
    }

    /// The report of a verification.
    func verify(regenerates: Bool = false) async throws -> VerificationReport {
        try await DatasetVerifier(folder: path, options: .init(regenerates: regenerates)).verify()
    }

    /// Makes the digests fit the files.
    func fitDigests() throws {
        let line = "cd '\(path)' && rm -f SHA256SUMS && sha256sum -- * > ../sums && mv ../sums SHA256SUMS"
        try #require(Programs.run("sh", ["-c", line]).status == 0)
    }

    /// The names of the files, sorted.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }

    /// Changes the database.
    func execute(_ sql: String) throws { try OracleDatabase(path + "/readings.sqlite").execute(sql) }
}
