/// A message of Arrow's IPC format: metadata as FlatBuffers, and a body of buffers.
///
/// Source: Arrow Columnar Format 1.5, "Encapsulated message format": FFFFFFFF, the length of the metadata with its padding, the metadata,
/// and the body. All lengths are multiples of 64 bytes, so that in a file each buffer is where the format recommends it
/// to be for whoever maps the file into memory.
package enum ArrowMessage {
    /// What the metadata describe, by its number in the union MessageHeader.
    package enum Header: UInt8, Sendable {
        case schema = 1
        case dictionaryBatch = 2
        case recordBatch = 3
    }

    /// Version V5 of the metadata.
    package static let version: Int16 = 4
    /// What a message begins with.
    package static let mark: [UInt8] = [0xff, 0xff, 0xff, 0xff]
    /// What a stream ends with.
    package static let end = mark + [0, 0, 0, 0]
    /// Of what lengths are multiples.
    package static let alignment = 64

    /// What comes before a message's body.
    ///
    /// - Parameters:
    ///   - header: what the message is.
    ///   - table: what it tells.
    ///   - bodyLength: bytes of the body.
    ///   - offset: bytes before the message, but for multiples of ``alignment``.
    /// - Returns: its mark, the length of the metadata, and these.
    static func head(_ header: Header, _ table: FlatTable, bodyLength: Int, offset: Int = 0) -> [UInt8] {
        let message = FlatTable(.short(version), .byte(header.rawValue), .table(table), .long(Int64(bodyLength)))
        let metadata = message.bytes
        let length = padded(offset + 8 + metadata.count) - offset - 8
        var bytes = mark
        bytes.reserveCapacity(8 + length)
        bytes.append(littleEndian: UInt32(length))
        bytes += metadata
        bytes += repeatElement(0, count: length - metadata.count)
        return bytes
    }

    /// The table RecordBatch, which says where the columns of a batch are.
    ///
    /// - Parameters:
    ///   - rows: how many there are.
    ///   - nulls: per column, how many values are NULL.
    ///   - buffers: per buffer, its bytes without their padding.
    /// - Returns: the table.
    static func batch(rows: Int, nulls: [Int], buffers: [Int]) -> FlatTable {
        var places: [Int64] = []
        var offset = 0
        for length in buffers {
            places += [Int64(offset), Int64(length)]
            offset += padded(length)
        }
        return FlatTable(
            .long(Int64(rows)),
            .structs(count: nulls.count, nulls.flatMap { [Int64(rows), Int64($0)] }),
            .structs(count: buffers.count, places)
        )
    }

    /// A length as it is with its padding.
    static func padded(_ length: Int) -> Int { (length + alignment - 1) & ~(alignment - 1) }
}
