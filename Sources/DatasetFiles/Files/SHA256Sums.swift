/// The list of digests that `sha256sum -c` reads: 64 hexadecimal digits, two spaces, a file name.
package struct SHA256Sums {
    /// The list's own name.
    package static let fileName = "SHA256SUMS"

    /// The name of its detached signature, which is not in the list.
    package static let signatureName = fileName + ".sig"

    /// Digests and names, in the order of the list.
    package private(set) var entries: [(digest: String, name: String)] = []

    /// An empty list.
    package init() {}

    /// Reads a list; nil if a line is of another form.
    package init?(parsing text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].utf8.count == 64, parts[1].hasPrefix(" ") else { return nil }
            entries.append((String(parts[0]), String(parts[1].dropFirst())))
        }
    }

    /// Adds a file.
    mutating func add(_ digest: SHA256Text, _ name: String) {
        entries.append((digest.text, name))
    }

    /// The text of the list, sorted by name.
    var text: String {
        entries.sorted { $0.name < $1.name }.map { "\($0.digest)  \($0.name)\n" }.joined()
    }
}
