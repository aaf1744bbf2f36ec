/// A table of FlatBuffers, as small as Arrow's metadata is: written from the front, each table before what it refers to.
///
/// Source: FlatBuffers' documentation, "FlatBuffers Internals": a table begins with the distance back to its vtable, which has
/// its own length, the table's, and where in the table each field stands, 0 for one that is left out; offsets to tables, strings and
/// vectors are unsigned, from where they stand.
struct FlatTable {
    /// A field of a table.
    enum Value {
        case byte(UInt8)
        case short(Int16)
        case int(Int32)
        case long(Int64)
        case string(String)
        case table(FlatTable)
        case tables([FlatTable])
        /// Structs of whole eight bytes: how many, and all bytes of them.
        case structs(count: Int, [Int64])

        /// Tables of a key and a value each.
        static func entries(_ entries: [(key: String, value: String)]) -> Value {
            .tables(entries.map { FlatTable(.string($0.key), .string($0.value)) })
        }

        /// Bytes in the table.
        fileprivate var size: Int {
            switch self {
            case .byte: 1
            case .short: 2
            case .long: 8
            case .int, .string, .table, .tables, .structs: 4
            }
        }
    }

    /// By their numbers in the schema; nil for one that has its default.
    private let fields: [Value?]

    init(_ fields: Value?...) { self.fields = fields }

    /// The bytes of a buffer whose root it is, a multiple of eight.
    var bytes: [UInt8] {
        var writer = FlatWriter()
        writer.bytes.append(littleEndian: 0 as UInt32)
        let root = writer.append(self)
        writer.patch(at: 0, UInt32(root))
        writer.pad(to: 8, behind: 0)
        return writer.bytes
    }

    fileprivate var vtableBytes: Int { 4 + 2 * fields.count }

    /// Where each field stands in the table, largest fields first so that all are aligned; and the table's length.
    fileprivate var layout: (places: [Int], length: Int) {
        var places = fields.map { _ in 0 }
        var length = 4
        for size in [8, 4, 2, 1] {
            for (index, field) in fields.enumerated() where field?.size == size {
                places[index] = length
                length += size
            }
        }
        return (places, length)
    }

    fileprivate func forEachField(_ body: (Int, Value) -> Void) {
        for (index, field) in fields.enumerated() { if let field { body(index, field) } }
    }
}

/// The bytes of FlatBuffers in the making.
private struct FlatWriter {
    var bytes: [UInt8] = []

    /// Appends zeros until `distance` bytes further on is a multiple of `alignment`.
    mutating func pad(to alignment: Int, behind distance: Int) {
        while (bytes.count + distance) % alignment != 0 { bytes.append(0) }
    }

    mutating func patch(at place: Int, _ number: UInt32) {
        for byte in 0..<4 { bytes[place + byte] = UInt8(truncatingIfNeeded: number >> UInt32(8 * byte)) }
    }

    /// Appends a table and what it refers to; returns where it begins.
    mutating func append(_ table: FlatTable) -> Int {
        let (places, length) = table.layout
        // Behind the four bytes that it begins with, numbers of eight bytes are aligned.
        pad(to: 8, behind: table.vtableBytes + 4)
        let vtable = bytes.count
        bytes.append(littleEndian: UInt16(table.vtableBytes))
        bytes.append(littleEndian: UInt16(length))
        for place in places { bytes.append(littleEndian: UInt16(place)) }
        let start = bytes.count
        bytes.append(littleEndian: Int32(start - vtable))
        var values = [UInt8](repeating: 0, count: length - 4)
        func store(_ number: UInt64, at place: Int, size: Int) {
            for byte in 0..<size { values[place - 4 + byte] = UInt8(truncatingIfNeeded: number >> UInt64(8 * byte)) }
        }
        table.forEachField { index, value in
            switch value {
            case .byte(let number): store(UInt64(number), at: places[index], size: 1)
            case .short(let number): store(UInt64(UInt16(bitPattern: number)), at: places[index], size: 2)
            case .int(let number): store(UInt64(UInt32(bitPattern: number)), at: places[index], size: 4)
            case .long(let number): store(UInt64(bitPattern: number), at: places[index], size: 8)
            case .string, .table, .tables, .structs: break
            }
        }
        bytes += values
        var references: [(place: Int, value: FlatTable.Value)] = []
        table.forEachField { index, value in
            switch value {
            case .byte, .short, .int, .long: break
            case .string, .table, .tables, .structs: references.append((start + places[index], value))
            }
        }
        for (place, value) in references { patch(at: place, UInt32(append(value) - place)) }
        return start
    }

    private mutating func append(_ value: FlatTable.Value) -> Int {
        switch value {
        case .string(let text):
            pad(to: 4, behind: 0)
            let start = bytes.count
            bytes.append(littleEndian: UInt32(text.utf8.count))
            bytes += text.utf8
            bytes.append(0)
            return start
        case .tables(let tables):
            pad(to: 4, behind: 0)
            let start = bytes.count
            bytes.append(littleEndian: UInt32(tables.count))
            let places = tables.indices.map { bytes.count + 4 * $0 }
            for _ in tables { bytes.append(littleEndian: 0 as UInt32) }
            for (place, table) in zip(places, tables) { patch(at: place, UInt32(append(table) - place)) }
            return start
        case .structs(let count, let numbers):
            pad(to: 8, behind: 4)
            let start = bytes.count
            bytes.append(littleEndian: UInt32(count))
            for number in numbers { bytes.append(littleEndian: number) }
            return start
        case .table(let table): return append(table)
        case .byte, .short, .int, .long: preconditionFailure("it stands in the table itself")
        }
    }
}
