import DatasetChecks
import DatasetGen
import Foundation

/// A manifest; behind a record separator, a list of digests.
///
/// What is taken for JSON is JSON, and reads back the same; `describe` and `verify` say of it what they say in lines.
struct ManifestTarget: FuzzTarget {
    static let name = "manifest"
    private let scratch = Scratch()

    func run(_ input: [UInt8]) {
        let parts = parts(of: input)
        let value = JSONValue(parsing: parts[0])
        checkText(value, parts[0])
        if let value {
            for line in DatasetDescription(value).text.split(separator: "\n") { requireOneLine(String(line)) }
        }
        scratch.write(parts[0], to: "manifest.json")
        scratch.write(parts.count > 1 ? parts[1] : [], to: "SHA256SUMS")
        let folder = scratch.folder
        waitFor {
            do {
                let report = try await DatasetVerifier(folder: folder, options: .init(workerCount: 1)).verify()
                for check in report.checks { requireOneLine("\(check.subject): \(check.finding)".onOneLine) }
            } catch {
                requireOneLine("\(error)".onOneLine)
            }
        }
    }

    private func checkText(_ value: JSONValue?, _ text: [UInt8]) {
        guard let value else { return }
        let options: JSONSerialization.ReadingOptions = [.fragmentsAllowed]
        let other = try? JSONSerialization.jsonObject(with: Data(text), options: options)
        require(other != nil, "Foundation does not take this for JSON")
        for text in [value.compactText, value.prettyText] {
            require(JSONValue(parsing: Array(text.utf8)) == value, "reads back another value: \(text)")
        }
    }
}
