import DatasetFormats
import DatasetGen

/// Where the values of a block of ClickHouse's format Native stand.
struct NativeBlock {
    /// A column of the block.
    struct Stored {
        let name: String
        let storage: NativeColumn.Storage
        /// Where the bytes begin that say what is NULL; nil for none.
        let nulls: Int?
        /// Where the values begin.
        let values: Int
        /// Of texts: where each one stands, without its length.
        let texts: [Range<Int>]
    }

    /// What the bytes at a place are.
    enum Parsed {
        /// A block.
        case whole(NativeBlock)
        /// The beginning of one.
        case incomplete
        /// Nothing that a dataset has.
        case malformed
    }

    let rowCount: Int
    let columns: [Stored]
    /// Where it ends.
    let end: Int

    /// No block has more rows or columns than these.
    private static let (rowLimit, columnLimit) = (1 << 20, 4_096)

    /// The block that begins at a place.
    static func parse(_ text: Span<UInt8>, from start: Int) -> Parsed {
        var cursor = Cursor(position: start)
        guard let columnCount = cursor.varint(text), let rowCount = cursor.varint(text) else { return cursor.failure }
        guard columnCount <= columnLimit, rowCount <= rowLimit else { return .malformed }
        var columns: [Stored] = []
        for _ in 0..<columnCount {
            guard let name = cursor.text(text), let type = cursor.text(text) else { return cursor.failure }
            guard let (storage, isNullable) = NativeColumn.storage(ofType: text.string(type)) else { return .malformed }
            let nulls = isNullable ? cursor.position : nil
            if isNullable, !cursor.skip(rowCount, text) { return .incomplete }
            let values = cursor.position
            var texts: [Range<Int>] = []
            if let width = storage.width {
                if !cursor.skip(rowCount * width, text) { return .incomplete }
            } else {
                texts.reserveCapacity(rowCount)
                for _ in 0..<rowCount {
                    guard let range = cursor.text(text) else { return cursor.failure }
                    texts.append(range)
                }
            }
            columns.append(
                Stored(name: text.string(name), storage: storage, nulls: nulls, values: values, texts: texts)
            )
        }
        return .whole(NativeBlock(rowCount: rowCount, columns: columns, end: cursor.position))
    }

    /// A place in the bytes.
    private struct Cursor {
        var position: Int
        var isMalformed = false

        var failure: Parsed { isMalformed ? .malformed : .incomplete }

        mutating func skip(_ count: Int, _ text: Span<UInt8>) -> Bool {
            guard count <= text.count - position else { return false }
            position += count
            return true
        }

        mutating func varint(_ text: Span<UInt8>) -> Int? {
            var (value, shift) = (0, 0)
            while position < text.count {
                let byte = text[position]
                position += 1
                value |= Int(byte & 0x7f) << shift
                if byte < 0x80 { return value }
                shift += 7
                if shift > 28 {
                    isMalformed = true
                    return nil
                }
            }
            return nil
        }

        mutating func text(_ text: Span<UInt8>) -> Range<Int>? {
            guard let length = varint(text) else { return nil }
            let start = position
            return skip(length, text) ? start..<position : nil
        }
    }
}

extension NativeBlock.Stored {
    /// Whether the value of a row is NULL.
    func isNull(_ row: Int, _ text: Span<UInt8>) -> Bool { nulls.map { text[$0 + row] != 0 } ?? false }

    /// The bytes of the number of a row.
    func bits(_ row: Int, _ text: Span<UInt8>) -> UInt64 {
        let width = storage.width ?? 0
        var value: UInt64 = 0
        for byte in (0..<width).reversed() { value = value << 8 | UInt64(text[values + row * width + byte]) }
        return value
    }

    /// The number of a row.
    func double(_ row: Int, _ text: Span<UInt8>) -> Double { Double(bitPattern: bits(row, text)) }

    /// A value as a message shows it.
    func shown(_ row: Int, _ text: Span<UInt8>) -> String {
        if isNull(row, text) { return "NULL" }
        switch storage {
        case .string: return Excerpt.text(text.string(texts[row]))
        case .float64: return "\(double(row, text))"
        case .uint8, .uint64, .dateTime: return "\(bits(row, text))"
        case .int64, .dateTime64: return "\(Int64(bitPattern: bits(row, text)))"
        }
    }
}

extension NativeBlock {
    /// The first row that differs from that of another block, and in what; nil where both say the same.
    static func difference(_ stored: [UInt8], from expected: [UInt8]) -> (row: Int, text: String)? {
        guard case .whole(let wanted) = parse(expected.span, from: 0) else { return nil }
        guard case .whole(let block) = parse(stored.span, from: 0) else {
            return (0, "it is no block of format Native")
        }
        let names = block.columns.map(\.name)
        for column in wanted.columns where !names.contains(column.name) {
            return (0, "it has no column \(column.name)")
        }
        for row in 0..<min(block.rowCount, wanted.rowCount) {
            for column in wanted.columns {
                guard let other = block.columns.first(where: { $0.name == column.name }) else { continue }
                let (one, two) = (other.shown(row, stored.span), column.shown(row, expected.span))
                if one != two { return (row, "\(column.name) is \(one), not \(two)") }
            }
        }
        guard block.rowCount != wanted.rowCount else { return nil }
        let last = min(block.rowCount, wanted.rowCount)
        return (max(0, last - 1), "its block has \(block.rowCount.grouped(of: "row")), not \(wanted.rowCount)")
    }
}
