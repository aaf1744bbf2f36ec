import DatasetFiles
import DatasetGen

/// The files of a folder against its list of digests, and the list against its signature.
struct DigestCheck: Sendable {
    private let files: StoredFolder
    /// The names of those that can be read.
    private let names: [String]
    private let key: VerificationKey?

    init(_ files: StoredFolder, names: [String], key: VerificationKey?) {
        self.files = files
        self.names = names
        self.key = key
    }

    /// Every file has the digest that the list gives, none is missing or too many, and the signature is the key's.
    func check() async throws -> VerificationReport {
        var report = VerificationReport()
        guard names.contains(SHA256Sums.fileName) else {
            report.add(SHA256Sums.fileName, wrong: "it is missing")
            return report
        }
        let list = try files.file(SHA256Sums.fileName)
        if let problem = list.problem() {
            report.add(SHA256Sums.fileName, wrong: problem)
            return report
        }
        let bytes = try list.contents()
        try checkSignature(of: bytes, &report)
        guard let sums = Self.sums(in: bytes) else {
            report.add(SHA256Sums.fileName, wrong: "it is malformed")
            return report
        }
        let listed = Dictionary(sums.entries.map { ($0.name, $0.digest) }) { first, _ in first }
        var problems = Problems()
        for name in names
        where ![SHA256Sums.fileName, SHA256Sums.signatureName, ShardNames.success].contains(name) && listed[name] == nil
        {
            problems.add("\(name) is not listed")
        }
        report.add(
            SHA256Sums.fileName,
            right: "\(sums.entries.count.grouped(of: "file")) \(sums.entries.count == 1 ? "is" : "are") listed",
            problems: problems
        )
        let digests = try await digests(of: names.filter { listed[$0] != nil })
        var missing = 0
        for entry in sums.entries {
            if let digest = digests[entry.name] {
                if digest == entry.digest {
                    report.add(entry.name, right: "its SHA-256 is right")
                } else {
                    report.add(entry.name, wrong: "its SHA-256 is \(digest), not \(Excerpt.text(entry.digest))")
                }
            } else if !names.contains(entry.name) {
                missing += 1
                // Names that the folder has not can be as many as a stranger likes.
                if missing <= Self.namedLimit { report.add(Excerpt.text(entry.name), wrong: "it is missing") }
            }
        }
        if missing > Self.namedLimit {
            report.add(SHA256Sums.fileName, wrong: "\(missing - Self.namedLimit) more files of the list are missing")
        }
        return report
    }

    private static let namedLimit = 20
    /// Files that are read whole.
    private static let smallNames: Set = ["manifest.json", "recipe.yaml"]

    /// The list; nil unless it is written as it must be.
    private static func sums(in bytes: [UInt8]) -> SHA256Sums? {
        guard let text = String(validating: bytes, as: UTF8.self), let sums = SHA256Sums(parsing: text),
            !sums.entries.isEmpty, Set(sums.entries.map(\.name)).count == sums.entries.count
        else { return nil }
        // Whatever the reader has overlooked, such as a stray line break, is missing from what it has understood.
        return sums.entries.map { "\($0.digest)  \($0.name)\n" }.joined() == text ? sums : nil
    }

    private func checkSignature(of list: [UInt8], _ report: inout VerificationReport) throws(FileError) {
        let name = SHA256Sums.signatureName
        guard names.contains(name) else {
            if key != nil { report.add(name, wrong: "it is missing: the dataset is not signed") }
            return
        }
        let signature = try files.file(name)
        let isPossible = signature.size == Self.signatureSize
        guard let key else {
            if isPossible {
                report.add(name, note: "there is a signature; it was not checked, --key PUB does")
            } else {
                report.add(
                    name,
                    wrong: "it has \(signature.size.grouped(of: "byte")); a signature has \(Self.signatureSize)"
                )
            }
            return
        }
        if isPossible, key.accepts(try signature.contents(), of: list) {
            report.add(name, right: "it is the signature of the key given")
        } else {
            report.add(name, wrong: "it is not the signature of the key given, or SHA256SUMS has changed since")
        }
    }

    /// Bytes of an Ed25519 signature: RFC 8032, section 5.1.6.
    private static let signatureSize: Int64 = 64

    /// The digests of files, several at a time; of those that are longer than they can be, others say so.
    private func digests(of names: [String]) async throws -> [String: String] {
        try await withThrowingTaskGroup(of: (String, String).self) { group in
            for name in names {
                let file = try files.file(name)
                if Self.smallNames.contains(name), file.problem() != nil { continue }
                group.addTask { (name, try SHA256Text(of: file).text) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
