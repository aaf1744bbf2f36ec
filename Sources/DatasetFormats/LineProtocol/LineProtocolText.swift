import DatasetGen

/// Texts of line protocol.
///
/// Source: InfluxDB, "Line protocol", special characters. A text that ends in a backslash cannot be written as a name: see
/// ``PointText``.
package enum LineProtocolText {
    /// The name of a measurement.
    package static func measurement(_ text: String) -> String { escaped(text, [",", " "]) }

    /// The name or the value of a tag.
    package static func tag(_ text: String) -> String { escaped(text, [",", "=", " "]) }

    /// The value of a field that is text.
    package static func field(_ text: String) -> String { "\"" + escaped(text, ["\"", "\\"]) + "\"" }

    private static func escaped(_ text: String, _ special: [Unicode.Scalar]) -> String {
        guard text.unicodeScalars.contains(where: { special.contains($0) }) else { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            if special.contains(scalar) { escaped.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
        return escaped
    }
}
