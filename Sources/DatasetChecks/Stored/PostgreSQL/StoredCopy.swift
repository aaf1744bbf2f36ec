import DatasetFormats
import DatasetGen

/// Where the fields of a row of PostgreSQL's binary format stand.
struct StoredCopy {
    /// What the bytes at a place are.
    enum Parsed {
        /// A row.
        case row
        /// The head of the file, or what stands behind the last row.
        case frame
        /// The beginning of either.
        case incomplete
        /// Nothing that a dataset has.
        case malformed
    }

    /// Where each field's bytes stand; nil for NULL.
    private(set) var fields: [Range<Int>?] = []
    /// Where the row, or the frame, ends.
    private(set) var end = 0

    /// Bytes of the head.
    private static var headLength: Int { PGCopyEncoder.header.count }
    /// Bytes of a field that no dataset has.
    private static let fieldLimit = 1 << 20

    /// Replaces the fields by those of the row at a place.
    mutating func parse(_ text: Span<UInt8>, from start: Int) -> Parsed {
        fields.removeAll(keepingCapacity: true)
        var position = start
        guard let count = Self.number(text, &position, bytes: 2) else { return .incomplete }
        if count == 0xffff {
            end = position
            return .frame
        }
        // `PG`: no row has as many fields.
        if count == 0x5047 {
            guard text.count - start >= Self.headLength else { return .incomplete }
            end = start + Self.headLength
            return .frame
        }
        guard count <= 4_096 else { return .malformed }
        for _ in 0..<count {
            guard let length = Self.number(text, &position, bytes: 4) else { return .incomplete }
            if length == 0xffff_ffff {
                fields.append(nil)
                continue
            }
            guard length <= Self.fieldLimit else { return .malformed }
            guard length <= text.count - position else { return .incomplete }
            fields.append(position..<position + length)
            position += length
        }
        end = position
        return .row
    }

    private static func number(_ text: Span<UInt8>, _ position: inout Int, bytes: Int) -> Int? {
        guard text.count - position >= bytes else { return nil }
        defer { position += bytes }
        return Int(bits(text, position..<position + bytes))
    }

    /// The number of some bytes, of at most eight.
    static func bits(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var value: UInt64 = 0
        for index in range.prefix(8) { value = value << 8 | UInt64(text[index]) }
        return value
    }

    /// In what a row differs from the one that should stand there; nil if nothing can be told.
    static func difference(_ stored: [UInt8], from expected: [UInt8], _ columns: [CopyColumn]) -> String? {
        var (row, wanted) = (StoredCopy(), StoredCopy())
        guard case .row = wanted.parse(expected.span, from: 0) else {
            return "it is not what a file for COPY begins or ends with"
        }
        guard case .row = row.parse(stored.span, from: 0) else { return "it is no row for COPY" }
        guard row.fields.count == wanted.fields.count else {
            return "it has \(row.fields.count) fields, not \(wanted.fields.count)"
        }
        for (index, copy) in columns.enumerated() where index < row.fields.count {
            let one = shown(stored.span, row.fields[index], copy.storage)
            let two = shown(expected.span, wanted.fields[index], copy.storage)
            if one != two { return "\(copy.column.name) is \(one), not \(two)" }
        }
        return nil
    }

    private static func shown(_ text: Span<UInt8>, _ range: Range<Int>?, _ storage: PGType) -> String {
        guard let range else { return "NULL" }
        if storage == .text { return Excerpt.text(text.string(range)) }
        guard range.count == storage.width else { return "a value of \(range.count) bytes" }
        let bits = bits(text, range)
        return switch storage {
        case .double: "\(Double(bitPattern: bits))"
        case .timestamptz: "\(Int64(bitPattern: bits) &+ PGCopyEncoder.epoch)"
        default: "\(Int64(bitPattern: bits))"
        }
    }
}
