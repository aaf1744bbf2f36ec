import DatasetFiles
import DatasetGen

/// The manifest against what the files themselves say.
struct ManifestCheck {
    private let manifest: JSONValue
    private let text: [UInt8]
    /// The files that it lists, by their paths; of a path that is listed twice the first.
    private let entries: [String: JSONValue]

    /// Nil if the text is not JSON.
    init?(_ text: [UInt8]) {
        guard let manifest = JSONValue(parsing: text) else { return nil }
        self.manifest = manifest
        self.text = text
        let listed = manifest["files"]?.elements ?? []
        entries = Dictionary(listed.compactMap { file in file["path"]?.stringValue.map { ($0, file) } }) { first, _ in
            first
        }
    }

    /// The digest of `recipe.yaml`.
    var recipeSHA256: String? { manifest["recipe_sha256"]?.stringValue }

    /// The identity of the content, as the manifest has it.
    var contentSHA256: String? { manifest["content_sha256"]?.stringValue }

    /// The files that it lists, as far as it tells their names and rows.
    var files: [(path: String, rows: Int64)] {
        (manifest["files"]?.elements ?? [])
            .compactMap { file in
                guard let path = file["path"]?.stringValue, let rows = file["rows"]?.integerValue else { return nil }
                return (path, rows)
            }
    }

    /// The version of the program that has made the dataset.
    var version: String? { manifest["generator"]?["version"]?.stringValue }

    /// The version of the program that has made the dataset, if it is not this one's.
    var otherVersion: String? { version == Generator.version ? nil : version }

    /// The format and the compression of a file are named, but not looked at: the recipe says them.
    func problems(ofFile file: ManifestFile) -> Problems {
        var problems = Problems()
        guard let stored = entries[file.path] else {
            problems.add("manifest.json does not list it")
            return problems
        }
        for difference in JSONDifference.all(stored, file.json) {
            problems.add("\(difference.path) in manifest.json is \(difference.stored), not \(difference.expected)")
        }
        return problems
    }

    /// What differs from the manifest that the dataset should have; `unknown` keys are not compared, nor are files one by
    /// one, and none of them unless it has them all.
    func problems(comparedWith expected: Manifest, unknown: Set<String>, hasAllFiles: Bool) -> Problems {
        let skipped = unknown.union(["files"])
        func compared(_ value: JSONValue) -> JSONValue {
            .object(value.members.filter { !skipped.contains($0.key) })
        }
        var problems = Problems()
        for difference in JSONDifference.all(compared(manifest), compared(expected.json)) {
            problems.add("\(difference.path) is \(difference.stored), not \(difference.expected)")
        }
        guard hasAllFiles, unknown.isEmpty else { return problems }
        let names = manifest["files"]?.elements.map { $0["path"]?.stringValue ?? "?" } ?? []
        if names != expected.files.map(\.path) {
            problems.add("it lists other files: \(Excerpt.text(names.joined(separator: ", ")))")
        }
        // Spaces, or numbers in another form: whoever writes a manifest writes it in one way.
        let isEqual = problems.count == 0 && manifest["files"] == expected.json["files"]
        if isEqual, text != Array(expected.json.prettyText.utf8) {
            problems.add("it says what it should, but is written differently")
        }
        return problems
    }
}
