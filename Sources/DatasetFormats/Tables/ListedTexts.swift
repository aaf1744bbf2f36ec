/// Texts that are known before the first row of a table: its rows have their indices.
package final class ListedTexts: Sendable {
    package let texts: [String]
    /// The texts as fields of CSV, one behind the other.
    private let fields: [UInt8]
    /// Where the fields begin, and the last one ends.
    private let bounds: [Int]
    /// The most bytes of a field.
    let maximumLength: Int

    package init(_ texts: [String]) {
        var (fields, bounds): ([UInt8], [Int]) = ([], [0])
        for text in texts {
            fields += CSVText.field(text).utf8
            bounds.append(fields.count)
        }
        maximumLength = zip(bounds, bounds.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }
        (self.texts, self.fields, self.bounds) = (texts, fields, bounds)
    }

    /// Appends a text as a field of CSV.
    func append(_ index: Int, to writer: inout ByteWriter) {
        let fields = fields
        writer.append(fields.span.extracting(bounds[index]..<bounds[index + 1]))
    }
}
