/// A value of a row, as SQLite stores it.
package enum SQLiteValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// What can be a value of a record.
protocol SQLiteStorable {
    /// The serial type, which tells kind and length.
    var serialType: UInt64 { get }
    /// Writes the value without its type.
    func write(to writer: inout ByteWriter)
}

/// A row's values in SQLite's record format: a header of serial types, then the values without their types.
///
/// Source: section 2.1 of https://sqlite.org/fileformat2.html.
package enum SQLiteRecord {
    /// Replaces `payload` by the record of some values.
    ///
    /// A real number is always stored as one: SQLite stores it as an integer where that is shorter, and reads both as
    /// the same. The rowid is not part of the record: a column that is its alias is NULL here.
    package static func encode(_ values: [SQLiteValue], into payload: inout ByteBuffer) {
        payload.removeAll()
        append(values, to: &payload)
    }

    /// Appends the record of some values, and gives its length.
    @discardableResult
    static func append(_ values: [some SQLiteStorable], to payload: inout ByteBuffer) -> Int {
        let header = headerLength(of: values)
        let length = header + values.reduce(0) { $0 + contentLength(ofType: $1.serialType) }
        payload.append(atMost: length) { writer in
            writer.append(varint: UInt64(header))
            for value in values { writer.append(varint: value.serialType) }
            for value in values { value.write(to: &writer) }
        }
        return length
    }

    /// The bytes of the header of a record.
    static func headerLength(of values: [some SQLiteStorable]) -> Int {
        headerLength(ofTypes: values.reduce(0) { $0 + SQLiteVarint.length($1.serialType) })
    }

    /// The bytes of a record's header whose serial types take `types` bytes: its own length is part of it.
    static func headerLength(ofTypes types: Int) -> Int {
        var length = types + 1
        while types + SQLiteVarint.length(UInt64(length)) != length { length += 1 }
        return length
    }

    /// The serial type of NULL.
    static let null: UInt64 = 0

    /// The serial type of a number that is always stored in eight bytes.
    static let real: UInt64 = 7

    /// The serial type of a text of `count` bytes.
    static func text(count: Int) -> UInt64 { UInt64(13 + 2 * count) }

    /// The serial type of the shortest form of a whole number.
    static func integer(_ number: Int64) -> UInt64 {
        switch number {
        case 0: 8
        case 1: 9
        case -0x80...0x7f: 1
        case -0x8000...0x7fff: 2
        case -0x80_0000...0x7f_ffff: 3
        case -0x8000_0000...0x7fff_ffff: 4
        case -0x8000_0000_0000...0x7fff_ffff_ffff: 5
        default: 6
        }
    }

    /// The bytes of a value of a serial type.
    static func contentLength(ofType type: UInt64) -> Int {
        switch type {
        case 0, 8, 9: 0
        case 1...4: Int(type)
        case 5: 6
        case 6, 7: 8
        default: Int(type - 12) / 2
        }
    }
}

extension SQLiteValue: SQLiteStorable {
    var serialType: UInt64 {
        switch self {
        case .null: SQLiteRecord.null
        case .integer(let number): SQLiteRecord.integer(number)
        case .real: SQLiteRecord.real
        case .text(let text): SQLiteRecord.text(count: text.utf8.count)
        case .blob(let bytes): UInt64(12 + 2 * bytes.count)
        }
    }

    func write(to writer: inout ByteWriter) {
        switch self {
        case .null: break
        case .integer(let number):
            writer.append(bigEndian: number, count: SQLiteRecord.contentLength(ofType: serialType))
        case .real(let number): writer.append(bigEndian: number)
        case .text(let text): writer.append(utf8: text)
        case .blob(let bytes): writer.append(bytes.span)
        }
    }
}
