/// Structures in Thrift's compact protocol, of which the headers and the footer of a Parquet file are made.
///
/// Source: Apache Thrift, "Thrift Compact protocol encoding". A field begins with the distance of its number from that of the
/// field before and its type; whole numbers are zigzag varints.
struct ThriftWriter {
    /// The type of a field or of a list's elements.
    private enum Kind {
        static let (isTrue, isFalse): (UInt8, UInt8) = (1, 2)
        static let (int16, int32, int64): (UInt8, UInt8, UInt8) = (4, 5, 6)
        static let (binary, list, structure): (UInt8, UInt8, UInt8) = (8, 9, 12)
    }

    private(set) var bytes: [UInt8] = []
    /// The number of the last field of the structure at hand.
    private var last = 0

    /// Appends a field that is true or false.
    mutating func append(_ field: Int, _ value: Bool) {
        begin(field, value ? Kind.isTrue : Kind.isFalse)
    }

    /// Appends a field of a number of 32 bits.
    mutating func append(_ field: Int, int32 value: Int) {
        begin(field, Kind.int32)
        append(zigzag: Int64(value))
    }

    /// Appends a field of a number of 64 bits.
    mutating func append(_ field: Int, int64 value: Int64) {
        begin(field, Kind.int64)
        append(zigzag: value)
    }

    /// Appends a field of bytes.
    mutating func append(_ field: Int, _ value: [UInt8]) {
        begin(field, Kind.binary)
        append(binary: value)
    }

    /// Appends a field of text.
    mutating func append(_ field: Int, _ value: String) { append(field, Array(value.utf8)) }

    /// Appends a field that is a structure.
    mutating func append(_ field: Int, structure body: (inout ThriftWriter) -> Void) {
        begin(field, Kind.structure)
        append(structure: body)
    }

    /// Appends a field that is a list of structures.
    mutating func append<Element>(
        _ field: Int,
        structures elements: some Collection<Element>,
        _ body: (inout ThriftWriter, Element) -> Void
    ) {
        begin(field, list: elements.count, of: Kind.structure)
        for element in elements { append(structure: { body(&$0, element) }) }
    }

    /// Appends a field that is a list of numbers of 32 bits.
    mutating func append(_ field: Int, int32s values: [Int]) {
        begin(field, list: values.count, of: Kind.int32)
        for value in values { append(zigzag: Int64(value)) }
    }

    /// Appends a field that is a list of numbers of 64 bits.
    mutating func append(_ field: Int, int64s values: [Int64]) {
        begin(field, list: values.count, of: Kind.int64)
        for value in values { append(zigzag: value) }
    }

    /// Appends a field that is a list of bytes.
    mutating func append(_ field: Int, binaries values: [[UInt8]]) {
        begin(field, list: values.count, of: Kind.binary)
        for value in values { append(binary: value) }
    }

    /// Appends a field that is a list of what is true or false.
    mutating func append(_ field: Int, bools values: [Bool]) {
        begin(field, list: values.count, of: Kind.isTrue)
        for value in values { bytes.append(value ? Kind.isTrue : Kind.isFalse) }
    }

    /// Ends the structure that is the whole.
    mutating func finish() { bytes.append(0) }

    private mutating func append(structure body: (inout ThriftWriter) -> Void) {
        let outer = last
        last = 0
        body(&self)
        bytes.append(0)
        last = outer
    }

    private mutating func begin(_ field: Int, _ kind: UInt8) {
        let distance = field - last
        last = field
        if (1...15).contains(distance) {
            bytes.append(UInt8(distance) << 4 | kind)
        } else {
            bytes.append(kind)
            append(zigzag: Int64(field))
        }
    }

    private mutating func begin(_ field: Int, list count: Int, of kind: UInt8) {
        begin(field, Kind.list)
        if count < 15 {
            bytes.append(UInt8(count) << 4 | kind)
        } else {
            bytes.append(0xf0 | kind)
            append(varint: UInt64(count))
        }
    }

    private mutating func append(binary value: [UInt8]) {
        append(varint: UInt64(value.count))
        bytes += value
    }

    private mutating func append(zigzag value: Int64) {
        append(varint: UInt64(bitPattern: value << 1 ^ value >> 63))
    }

    private mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
