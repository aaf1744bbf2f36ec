package import DatasetGen

/// Where a message stands in a file: a Block of the footer.
package struct ArrowPlace: Hashable, Sendable {
    /// Bytes before it.
    package let offset: Int64
    /// Bytes before its body.
    package let headLength: Int64
    /// Bytes of its body.
    package let bodyLength: Int64

    package init(offset: Int64, headLength: Int64, bodyLength: Int64) {
        (self.offset, self.headLength, self.bodyLength) = (offset, headLength, bodyLength)
    }

    /// Where a message stands that is written behind so many bytes.
    package init(of message: [UInt8], at offset: Int64) {
        let head = ArrowMessage.mark.count + 4 + message[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        self.init(offset: offset, headLength: Int64(head), bodyLength: Int64(message.count - head))
    }
}

extension ArrowPlace: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(offset)
        state.append(headLength)
        state.append(bodyLength)
    }

    package init(from state: inout StateReader) throws(StateError) {
        (offset, headLength, bodyLength) = (try state.next(), try state.next(), try state.next())
    }
}

/// What is around a stream of Arrow in a file.
///
/// Source: Arrow Columnar Format 1.5, "IPC File Format": `ARROW1` and two zeros, a stream with its mark of the end, a footer that says
/// where its messages stand, the footer's length, and `ARROW1`.
package enum ArrowFile {
    /// What a file begins with.
    package static let start: [UInt8] = magic + [0, 0]
    /// What it ends with, too.
    package static let magic = Array("ARROW1".utf8)

    /// The end of a file.
    ///
    /// - Parameters:
    ///   - columns: the columns of the stream.
    ///   - dictionaries: where the dictionaries are.
    ///   - batches: where the record batches are.
    ///   - entries: what the file says of itself.
    /// - Returns: the mark of the stream's end, the footer, and what is behind it.
    package static func end(
        _ columns: [ArrowColumn],
        dictionaries: [ArrowPlace],
        batches: [ArrowPlace],
        entries: [(key: String, value: String)]
    ) -> [UInt8] {
        func blocks(_ places: [ArrowPlace]) -> FlatTable.Value {
            .structs(count: places.count, places.flatMap { [$0.offset, $0.headLength, $0.bodyLength] })
        }
        let footer = FlatTable(
            .short(ArrowMessage.version),
            .table(ArrowSchema(columns: columns).table),
            blocks(dictionaries),
            blocks(batches),
            .entries(entries)
        )
        var bytes = ArrowMessage.end + footer.bytes
        bytes.append(littleEndian: UInt32(bytes.count - ArrowMessage.end.count))
        return bytes + magic
    }
}
