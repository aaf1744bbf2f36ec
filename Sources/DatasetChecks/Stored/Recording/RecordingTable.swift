import DatasetFiles
import DatasetFormats

/// The rows of a recording's file that is no text.
protocol RecordingTable {
    /// The names of the columns.
    var names: [String] { get }
    /// What of the file is left out, one line each, as the predicate of a sentence about it.
    var notes: [String] { get }

    /// Appends the next row as CSV has it, without a line feed; false behind the last.
    mutating func appendRow(to text: inout CSVFields) throws(StoredFailure) -> Bool
}

/// A row of CSV, field by field.
struct CSVFields {
    private(set) var text = ByteBuffer()
    private var isFirst = true

    /// Appends a field whose text needs no quotes.
    mutating func append(plain field: some Sequence<UInt8>) {
        separate()
        text.append(field)
    }

    /// Appends a field, in quotes where it could be taken for more than one.
    mutating func append(_ field: some Sequence<UInt8>) {
        separate()
        let needsQuotes = field.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        guard needsQuotes else { return text.append(field) }
        text.append(CollectionOfOne(UInt8(ascii: "\"")))
        for byte in field {
            if byte == UInt8(ascii: "\"") { text.append(CollectionOfOne(byte)) }
            text.append(CollectionOfOne(byte))
        }
        text.append(CollectionOfOne(UInt8(ascii: "\"")))
    }

    /// Ends the row.
    mutating func endRow() {
        text.append(CollectionOfOne(UInt8(ascii: "\n")))
        isFirst = true
    }

    mutating func removeAll() { text.removeAll() }

    private mutating func separate() {
        if !isFirst { text.append(CollectionOfOne(UInt8(ascii: ","))) }
        isFirst = false
    }
}

/// The rows of a table as CSV with a header, on demand.
final class RecordingTableSource: TextSource {
    private let file: StoredFile
    private var table: any RecordingTable
    private var fields = CSVFields()
    private var isAtHeader = true
    private var isAtEnd = false

    private(set) var problem: String?

    /// Rows at a time.
    private static let rowsPerPiece = 8_192

    init(_ file: StoredFile, _ table: any RecordingTable) { (self.file, self.table) = (file, table) }

    /// Bytes of the file: what it holds is no text.
    var byteCounts: [Int64] { [file.size] }

    func read(into text: inout ByteBuffer) throws(FileError) -> Bool {
        guard !isAtEnd else { return false }
        fields.removeAll()
        if isAtHeader {
            for name in table.names { fields.append(name.utf8) }
            fields.endRow()
            isAtHeader = false
        }
        do throws(StoredFailure) {
            for _ in 0..<Self.rowsPerPiece {
                guard try table.appendRow(to: &fields) else {
                    isAtEnd = true
                    break
                }
                fields.endRow()
            }
        } catch {
            switch error {
            case .file(let error): throw error
            case .damage(let damage): problem = "it " + damage
            }
            isAtEnd = true
            return false
        }
        text.append(fields.text.bytes)
        return fields.text.count > 0
    }
}

extension BinaryFloatingPoint where Self: CustomStringConvertible {
    /// The shortest decimal number that is no other of the type: what was written into it; without the `.0` of whole numbers.
    var shortestText: String {
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
