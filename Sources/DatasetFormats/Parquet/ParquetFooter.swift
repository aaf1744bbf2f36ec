package import DatasetGen

/// What stands behind the row groups of a Parquet file: the page index and the footer.
///
/// Source: `parquet.thrift` of the Parquet format; numbers of fields are its.
package struct ParquetFooter {
    private let columns: [ParquetColumn]
    private let codec: ParquetCodec
    private let groups: [ParquetRowGroup]
    /// The column that the rows are sorted by; nil for none.
    private let sortingColumn: Int?
    private let entries: [(key: String, value: String)]
    private let name: String

    /// - Parameters:
    ///   - columns: the columns.
    ///   - compression: how pages are compressed.
    ///   - groups: the row groups.
    ///   - sortingColumn: the index of the column that the rows are sorted by.
    ///   - entries: what the file says of itself.
    ///   - name: what the root of the schema is called.
    package init(
        columns: [ParquetColumn],
        compression: Compression,
        groups: [ParquetRowGroup],
        sortingColumn: Int?,
        entries: [(key: String, value: String)],
        name: String = "schema"
    ) {
        (self.columns, self.groups, self.sortingColumn) = (columns, groups, sortingColumn)
        (self.entries, self.name) = (entries, name)
        codec = ParquetCodec(compression)
    }

    /// The bytes behind the row groups, the first of which has a place in the file.
    package func bytes(at start: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        var columnIndexes: [Range<Int64>] = []
        for group in groups {
            for chunk in group.chunks {
                let begin = start + Int64(bytes.count)
                bytes += chunk.columnIndex
                columnIndexes.append(begin..<start + Int64(bytes.count))
            }
        }
        var offsetIndexes: [Range<Int64>] = []
        for group in groups {
            for chunk in group.chunks {
                let begin = start + Int64(bytes.count)
                bytes += Self.offsetIndex(of: chunk, in: group)
                offsetIndexes.append(begin..<start + Int64(bytes.count))
            }
        }
        let footer = metadata(columnIndexes, offsetIndexes)
        bytes += footer
        bytes.append(littleEndian: UInt32(footer.count))
        return bytes + ParquetFile.magic
    }

    private static func offsetIndex(of chunk: ParquetChunk, in group: ParquetRowGroup) -> [UInt8] {
        var index = ThriftWriter()
        index.append(1, structures: chunk.pages) { location, page in
            location.append(1, int64: group.offset + page.offset)
            location.append(2, int32: Int(page.size))
            location.append(3, int64: page.firstRow)
        }
        index.finish()
        return index.bytes
    }

    /// `FileMetaData`.
    private func metadata(_ columnIndexes: [Range<Int64>], _ offsetIndexes: [Range<Int64>]) -> [UInt8] {
        var file = ThriftWriter()
        file.append(1, int32: 2)
        file.append(2, structures: [nil] + columns.map { Optional($0) }) { element, column in
            guard let column else {
                element.append(4, name)
                element.append(5, int32: columns.count)
                return
            }
            Self.append(column, to: &element)
        }
        file.append(3, int64: groups.reduce(0) { $0 + $1.rowCount })
        file.append(4, structures: groups.indices) { element, index in
            let first = index * columns.count
            append(groups[index], number: index, columnIndexes[first...], offsetIndexes[first...], to: &element)
        }
        file.append(5, structures: entries) { element, entry in
            element.append(1, entry.key)
            element.append(2, entry.value)
        }
        // Readers pass over statistics whose writer they cannot tell: `NAME version VERSION (build BUILD)`.
        file.append(6, "\(Generator.name) version \(Generator.version) (build \(Generator.version))")
        // Without orders the bounds mean nothing.
        file.append(7, structures: columns) { order, _ in order.append(1) { _ in } }
        file.finish()
        return file.bytes
    }

    /// `SchemaElement`.
    private static func append(_ column: ParquetColumn, to element: inout ThriftWriter) {
        element.append(1, int32: column.type.rawValue)
        element.append(3, int32: column.isOptional ? 1 : 0)
        element.append(4, column.name)
        switch column.meaning {
        case .none: break
        case .text:
            element.append(6, int32: 0)
            element.append(10) { $0.append(1) { _ in } }
        case .time(let isUTC):
            // The older annotation says that times are of UTC.
            if isUTC { element.append(6, int32: 10) }
            element.append(10) { type in
                type.append(8) { time in
                    time.append(1, isUTC)
                    time.append(2) { $0.append(2) { _ in } }
                }
            }
        }
    }

    /// `RowGroup`.
    private func append(
        _ group: ParquetRowGroup,
        number: Int,
        _ columnIndexes: ArraySlice<Range<Int64>>,
        _ offsetIndexes: ArraySlice<Range<Int64>>,
        to element: inout ThriftWriter
    ) {
        element.append(1, structures: columns.indices) { item, index in
            let chunk = group.chunks[index]
            // "Deprecated: … Writers should set this field to 0".
            item.append(2, int64: 0)
            item.append(3) { append(chunk, columns[index], in: group, to: &$0) }
            let (offsets, bounds) =
                (offsetIndexes[offsetIndexes.startIndex + index], columnIndexes[columnIndexes.startIndex + index])
            item.append(4, int64: offsets.lowerBound)
            item.append(5, int32: Int(offsets.upperBound - offsets.lowerBound))
            item.append(6, int64: bounds.lowerBound)
            item.append(7, int32: Int(bounds.upperBound - bounds.lowerBound))
        }
        element.append(2, int64: group.chunks.reduce(0) { $0 + $1.uncompressedSize })
        element.append(3, int64: group.rowCount)
        if let sortingColumn {
            element.append(4, structures: [sortingColumn]) { sorting, column in
                sorting.append(1, int32: column)
                sorting.append(2, false)
                sorting.append(3, false)
            }
        }
        element.append(5, int64: group.offset)
        element.append(6, int64: group.chunks.reduce(0) { $0 + $1.compressedSize })
    }

    /// `ColumnMetaData`.
    private func append(
        _ chunk: ParquetChunk,
        _ column: ParquetColumn,
        in group: ParquetRowGroup,
        to element: inout ThriftWriter
    ) {
        let hasDictionary = chunk.dictionaryOffset != nil
        let isOld = chunk.encoding == ParquetEncoding.plainDictionary.rawValue
        let dictionaryEncoding = (isOld ? ParquetEncoding.plainDictionary : .plain).rawValue
        let plain = ParquetEncoding.plain.rawValue
        let isMixed = chunk.plainPageCount > 0
        var encodings = [chunk.encoding]
        if hasDictionary, !isOld { encodings.append(dictionaryEncoding) }
        if isMixed { encodings.append(plain) }
        if column.isOptional { encodings.append(ParquetEncoding.rle.rawValue) }
        element.append(1, int32: column.type.rawValue)
        element.append(2, int32s: encodings)
        element.append(3, binaries: [Array(column.name.utf8)])
        element.append(4, int32: codec.rawValue)
        element.append(5, int64: chunk.valueCount)
        element.append(6, int64: chunk.uncompressedSize)
        element.append(7, int64: chunk.compressedSize)
        element.append(9, int64: group.offset + chunk.dataOffset)
        if let offset = chunk.dictionaryOffset { element.append(11, int64: group.offset + offset) }
        element.append(12) { statistics in
            statistics.append(3, int64: chunk.nullCount)
            if let minimum = chunk.minimum, let maximum = chunk.maximum {
                statistics.append(5, maximum)
                statistics.append(6, minimum)
            }
        }
        var kinds: [(ParquetPageType, encoding: Int, count: Int)] = []
        if hasDictionary { kinds.append((.dictionary, dictionaryEncoding, 1)) }
        if isMixed { kinds.append((.data, plain, Int(chunk.plainPageCount))) }
        let others = chunk.pages.count - Int(chunk.plainPageCount)
        if others > 0 { kinds.append((.data, chunk.encoding, others)) }
        element.append(13, structures: kinds) { item, pages in
            item.append(1, int32: pages.0.rawValue)
            item.append(2, int32: pages.1)
            item.append(3, int32: pages.2)
        }
    }
}
