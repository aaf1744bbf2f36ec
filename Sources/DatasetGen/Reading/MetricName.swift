/// The names that metrics may have: they are columns, JSON keys and keys of recipes.
package enum MetricName {
    /// Names are no longer.
    package static let maximumLength = 63

    /// What names look like, as a regular expression.
    package static let pattern = "^[a-z][a-z0-9_]{0,62}$"

    /// What is wrong with a name, after the name itself; nil if nothing is.
    package static func problem(with name: String) -> String? {
        guard name.utf8.count <= maximumLength else { return "has more than \(maximumLength) characters" }
        guard isWord(name) else {
            return "is no name of a metric; names are a small letter, then small letters, digits and _"
        }
        if name.hasPrefix("clean_") { return "is reserved: clean_ begins the columns of the healthy twin" }
        if reserved.contains(name) { return "is reserved: it is another column of readings" }
        return nil
    }

    /// Whether a name is a small letter, and then small letters, digits and `_`.
    static func isWord(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetter(first) else { return false }
        return name.utf8.allSatisfy { isLetter($0) || isDigitOrLine($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isDigitOrLine(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
    }

    /// The columns that are no metrics, and those that readings may have or rows of one metric each need.
    private static let reserved: Set<String> = Set(
        (Column.leading + Column.labels + Column.metadata + [.synced, .eventID, .difficulty, .arrivalTime, .split])
            .map(\.name)
    )
    .union(["metric", "value", "label", "rowid", "oid"])
}
