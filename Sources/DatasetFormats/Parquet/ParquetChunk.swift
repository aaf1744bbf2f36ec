package import DatasetGen

/// What a footer says of the values of one column in a row group; all places are counted from the group's beginning.
package struct ParquetChunk: Sendable {
    /// A page of data.
    package struct Page: Sendable {
        /// Where its header begins.
        package let offset: Int64
        /// Bytes of it, header included.
        package let size: Int64
        /// The row of the group that it begins with.
        package let firstRow: Int64
    }

    /// Values, NULL included.
    package var valueCount: Int64 = 0
    package var nullCount: Int64 = 0
    /// Bytes of all pages with their headers, were they not compressed.
    package var uncompressedSize: Int64 = 0
    /// Bytes of all pages with their headers.
    package var compressedSize: Int64 = 0
    /// Where its dictionary begins; nil where it has none.
    package var dictionaryOffset: Int64?
    /// Where its first page of data begins.
    package var dataOffset: Int64 = 0
    /// How the values of its pages of data are written: a ``ParquetEncoding/rawValue``.
    package var encoding = ParquetEncoding.plain.rawValue
    /// How many of them are PLAIN nevertheless.
    package var plainPageCount: Int64 = 0
    /// Bounds that its least and its greatest value reach; nil where all are NULL.
    package var minimum: [UInt8]?
    package var maximum: [UInt8]?
    package var pages: [Page] = []
    /// What it adds to the page index: a structure `ColumnIndex`.
    package var columnIndex: [UInt8] = []

    /// The same, so many bytes behind.
    func moved(by distance: Int64) -> ParquetChunk {
        var chunk = self
        chunk.dictionaryOffset = dictionaryOffset.map { $0 + distance }
        chunk.dataOffset += distance
        chunk.pages = pages.map { Page(offset: $0.offset + distance, size: $0.size, firstRow: $0.firstRow) }
        return chunk
    }
}

extension ParquetChunk.Page: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(offset)
        state.append(size)
        state.append(firstRow)
    }

    package init(from state: inout StateReader) throws(StateError) {
        (offset, size, firstRow) = (try state.next(), try state.next(), try state.next())
    }
}

extension ParquetChunk: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(valueCount)
        state.append(nullCount)
        state.append(uncompressedSize)
        state.append(compressedSize)
        state.append(dictionaryOffset)
        state.append(dataOffset)
        state.append(encoding)
        state.append(plainPageCount)
        state.append(minimum)
        state.append(maximum)
        state.append(pages)
        state.append(columnIndex)
    }

    package init(from state: inout StateReader) throws(StateError) {
        (valueCount, nullCount) = (try state.next(), try state.next())
        (uncompressedSize, compressedSize) = (try state.next(), try state.next())
        (dictionaryOffset, dataOffset, encoding) = (try state.next(), try state.next(), try state.next())
        plainPageCount = try state.next()
        (minimum, maximum) = (try state.next(), try state.next())
        (pages, columnIndex) = (try state.next(), try state.next())
    }
}

/// What a footer says of a row group.
package struct ParquetRowGroup: Sendable {
    /// Where it begins in the file.
    package let offset: Int64
    package let rowCount: Int64
    /// By the file's columns.
    package let chunks: [ParquetChunk]

    /// Bytes of its pages.
    package var size: Int64 { chunks.reduce(0) { $0 + $1.compressedSize } }

    /// A group of these chunks.
    package init(offset: Int64, rowCount: Int64, chunks: [ParquetChunk]) {
        (self.offset, self.rowCount, self.chunks) = (offset, rowCount, chunks)
    }
}

extension ParquetRowGroup: StoredState {
    package func store(in state: inout StateWriter) {
        state.append(offset)
        state.append(rowCount)
        state.append(chunks)
    }

    package init(from state: inout StateReader) throws(StateError) {
        (offset, rowCount, chunks) = (try state.next(), try state.next(), try state.next())
    }
}
