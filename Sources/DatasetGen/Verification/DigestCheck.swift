/// The files of a folder against its list of digests, and the list against its signature.
struct DigestCheck: Sendable {
    private let folder: String
    /// The names in the folder.
    private let names: [String]
    private let key: VerificationKey?

    init(folder: String, names: [String], key: VerificationKey?) {
        self.folder = folder
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
        let bytes = try FileReader.contents(of: folder + "/" + SHA256Sums.fileName)
        try checkSignature(of: bytes, &report)
        guard let sums = Self.sums(in: bytes) else {
            report.add(SHA256Sums.fileName, wrong: "it is malformed")
            return report
        }
        let listed = Set(sums.entries.map(\.name))
        var problems = Problems()
        for name in names
        where name != SHA256Sums.fileName && name != SHA256Sums.signatureName && !listed.contains(name) {
            problems.add("\(Excerpt.text(name)) is not listed")
        }
        report.add(SHA256Sums.fileName, right: "\(sums.entries.count) files are listed", problems: problems)
        let digests = try await digests(of: sums.entries.map(\.name).filter { names.contains($0) })
        for entry in sums.entries {
            guard let digest = digests[entry.name] else {
                report.add(Excerpt.text(entry.name), wrong: "it is missing")
                continue
            }
            if digest == entry.digest {
                report.add(entry.name, right: "its SHA-256 is right")
            } else {
                report.add(entry.name, wrong: "its SHA-256 is \(digest), not \(entry.digest)")
            }
        }
        return report
    }

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
        guard let key else {
            report.add(name, note: "there is a signature; it was not checked, --key PUB does")
            return
        }
        if key.accepts(try FileReader.contents(of: folder + "/" + name), of: list) {
            report.add(name, right: "it is the signature of the key given")
        } else {
            report.add(name, wrong: "it is not the signature of the key given, or SHA256SUMS has changed since")
        }
    }

    /// The digests of files, several at a time.
    private func digests(of names: [String]) async throws -> [String: String] {
        try await withThrowingTaskGroup(of: (String, String).self) { group in
            for name in names {
                group.addTask { [folder] in (name, try SHA256Text(ofFile: folder + "/" + name).text) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}
