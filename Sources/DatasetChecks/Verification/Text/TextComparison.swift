import DatasetFiles
import DatasetFormats

/// A text file against what should be in it, piece by piece; the first rows that differ are named.
final class TextComparison {
    /// What a message says of the row with an index among those of a piece: its reading.
    typealias RowName = (_ index: Int) -> String

    /// The file's name.
    let fileName: String
    /// What is wrong with its rows.
    private(set) var problems = Problems()
    private let window: TextWindow
    private let format: RecordFormat
    /// What the text is compared with, as a message names it: `readings.sqlite`.
    private let reference: String
    /// Rows of the pieces so far.
    private(set) var rowCount: Int64 = 0
    /// The row behind which the rest is only read, as it cannot be told which rows it holds; nil if all are compared.
    private(set) var lastCompared: Int64?

    /// Disagreements after which the rest is only read.
    private static let limit = 100
    /// Records ahead among which one is looked for that stands elsewhere.
    private static let reach = 200

    /// Compares an open file.
    convenience init(_ file: StoredFile, fileName: String, format: RecordFormat, reference: String) {
        self.init(TextWindow(file), fileName: fileName, format: format, reference: reference)
    }

    /// Compares the text of a window.
    init(_ window: TextWindow, fileName: String, format: RecordFormat, reference: String) {
        self.fileName = fileName
        self.format = format
        self.reference = reference
        self.window = window
    }

    /// Bytes of the text of each file, once it is finished.
    var byteCounts: [Int64] { window.byteCounts }

    /// The next bytes are what stands before all rows; nothing is compared behind a wrong header.
    func compareHeader(_ header: [UInt8]) throws(FileError) {
        var records = Records(ByteBuffer(header), format)
        while let wanted = records.bytes(0) {
            let stored = try window.record(format, at: 0, limit: format.recordLimit) ?? []
            guard stored == wanted else {
                problems.add("its header is wrong: \(format.difference(stored, from: wanted))")
                lastCompared = 0
                return
            }
            window.skip(wanted.count)
            records.advance()
        }
    }

    /// The next rows are those of `expected`; `rows` of them, of which `name` tells which they are.
    func compare(_ expected: ByteBuffer, rows: Int, name: RowName) throws(FileError) {
        var offset = 0
        while lastCompared == nil, offset < expected.count {
            if let count = window.skip(expected, from: offset) {
                offset += count
                if offset == expected.count { break }
                if try window.grow() { continue }
            }
            try compareRecords(expected, from: offset, name: name)
            break
        }
        rowCount += Int64(rows)
    }

    /// The next bytes are what stands behind all rows.
    func compareEnd(_ trailer: [UInt8]) throws(FileError) {
        try compare(ByteBuffer(trailer), rows: 0) { _ in "the end of the file" }
    }

    /// Nothing follows any more; or it is not known what, and the rest is only read.
    ///
    /// - Returns: what is wrong with the file itself; nil if nothing.
    func finish(isComplete: Bool) throws(FileError) -> String? {
        if !isComplete { lastCompared = lastCompared ?? rowCount }
        while lastCompared == nil, window.count == 0, try window.grow() {}
        if lastCompared == nil, window.count > 0 { problems.add("there are rows behind row \(rowCount), the last") }
        try window.drain()
        return window.problem
    }

    /// Compares record by record, from the one that holds an offset.
    private func compareRecords(_ expected: ByteBuffer, from offset: Int, name: RowName) throws(FileError) {
        var records = Records(expected, format)
        while records.end(0) <= offset { records.advance() }
        window.putBack(expected.bytes[records.start..<offset])
        while lastCompared == nil, let wanted = records.bytes(0) {
            let stored = try window.record(format, at: 0, limit: format.recordLimit)
            if stored == wanted {
                window.skip(wanted.count)
                records.advance()
            } else if window.problem != nil {
                // A file that is cut off says so itself.
                lastCompared = row(records) - 1
            } else if let stored, !stored.isEmpty {
                try compare(stored, with: wanted, &records, name)
            } else {
                let problem = stored == nil ? "it has a line without end at" : "it ends before"
                problems.add("\(problem) row \(row(records)), \(name(records.row))")
                lastCompared = row(records) - 1
            }
            if problems.count >= Self.limit { lastCompared = row(records) - 1 }
        }
    }

    /// Names what is wrong with a record that is not the one that is wanted.
    private func compare(
        _ stored: [UInt8],
        with wanted: [UInt8],
        _ records: inout Records,
        _ name: RowName
    ) throws(FileError) {
        if let distance = (1..<Self.reach).first(where: { records.bytes($0) == stored }) {
            for _ in 0..<distance {
                problems.add("before row \(row(records)) that of \(name(records.row)) is missing (by \(reference))")
                records.advance()
            }
        } else if try window.record(format, at: stored.count, limit: format.recordLimit) == wanted {
            problems.add("before row \(row(records)), \(name(records.row)), there is one too many (by \(reference))")
            window.skip(stored.count)
        } else {
            let difference = format.difference(stored, from: wanted)
            let offset = format.rowThatDiffers(stored, from: wanted)
            let row = "row \(row(records) + Int64(offset)), \(name(records.row + offset))"
            problems.add("\(row): \(difference) (by \(reference))")
            window.skip(stored.count)
            records.advance()
        }
    }

    private func row(_ records: Records) -> Int64 { rowCount + Int64(records.row) + 1 }
}

/// The records of a piece of text, one after the other.
private struct Records {
    /// The number of the record at hand, from 0.
    private(set) var index = 0
    private let text: ByteBuffer
    private let format: RecordFormat
    private let bounds: [Int]

    init(_ text: ByteBuffer, _ format: RecordFormat) {
        (self.text, self.format) = (text, format)
        var bounds = [0]
        while let end = format.end(of: text.bytes.span, from: bounds[bounds.count - 1], isLast: true) {
            bounds.append(end)
        }
        self.bounds = bounds
    }

    /// The number of its first row, from 0.
    private(set) var row = 0

    /// Where the record at hand begins.
    var start: Int { bounds[index] }

    /// Where the record so many ahead ends.
    func end(_ distance: Int) -> Int { bounds[min(index + distance + 1, bounds.count - 1)] }

    /// The record so many ahead; nil behind the last.
    func bytes(_ distance: Int) -> [UInt8]? {
        guard index + distance + 1 < bounds.count else { return nil }
        return Array(text.bytes[bounds[index + distance]..<bounds[index + distance + 1]])
    }

    mutating func advance() {
        if index + 1 < bounds.count {
            row += format.rowCount(text.bytes.span.extracting(bounds[index]..<bounds[index + 1]))
        }
        index += 1
    }
}
