import DatasetFormats

extension [UInt8] {
    /// Appends a text as a field of a row for PostgreSQL.
    mutating func append(field text: [UInt8]) {
        append(bigEndian: UInt32(truncatingIfNeeded: text.count))
        self += text
    }

    /// Appends a number as a field of a row for PostgreSQL: times in microseconds since 1970, doubles by their bits.
    ///
    /// A number that does not fit is none that a dataset has, whatever it becomes.
    mutating func append(field number: Int64, as storage: PGType) {
        func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
            bytes.append(bigEndian: UInt32(value.bitWidth / 8))
            bytes.append(bigEndian: value)
        }
        switch storage {
        case .timestamptz: append(number &- PGCopyEncoder.epoch, to: &self)
        case .bigint, .double: append(number, to: &self)
        case .integer: append(Int32(truncatingIfNeeded: number), to: &self)
        case .smallint: append(Int16(clamping: Int32(truncatingIfNeeded: number)), to: &self)
        case .boolean: append(Int8(clamping: Int32(truncatingIfNeeded: number)), to: &self)
        case .text: preconditionFailure("a text is no number")
        }
    }

    /// Appends the field of NULL.
    mutating func appendNullField() { append(bigEndian: UInt32.max) }

    /// Appends a number, its most significant byte first.
    mutating func append(bigEndian value: some FixedWidthInteger) {
        for byte in (0..<value.bitWidth / 8).reversed() {
            append(UInt8(truncatingIfNeeded: value >> (8 * byte)))
        }
    }
}
