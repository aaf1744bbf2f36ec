package import DatasetGen

extension ParquetColumn {
    /// A column of a small table, whose times have this style; whole numbers, flags and times are never NULL.
    package init<Item>(_ column: TableColumn<Item>, _ timestamps: TimestampStyle) {
        let words = column.sqlType.split(separator: " ")
        switch words.first {
        case "INTEGER": self.init(column.name, .int64, isOptional: false)
        case "DATETIME": self.init(column.name, .int64, .time(isUTC: timestamps == .utc), isOptional: false)
        case "BOOLEAN": self.init(column.name, .int32, isOptional: false)
        case "REAL": self.init(column.name, .double, isOptional: true)
        default: self.init(column.name, .byteArray, .text, isOptional: !words.contains("PRIMARY"))
        }
    }
}

/// Turns rows of a small table into row groups of a Parquet file.
package struct ParquetTableEncoder {
    private let columns: [ParquetColumn]
    private var chunks: ChunkEncoder

    /// Rows of a row group, the last one aside: what waits for others is little.
    package static let rowsPerGroup = 16_384

    /// - Parameters:
    ///   - columns: the columns of the table.
    ///   - parameters: how pages are compressed, and for whom.
    package init(_ columns: [ParquetColumn], _ parameters: OutputParameters) {
        self.columns = columns
        chunks = ChunkEncoder(parameters)
    }

    /// The row group of some rows, which have a value for each column: a page for each of them.
    ///
    /// - Complexity: O(values).
    package mutating func encode(_ rows: ArraySlice<[ParquetValue]>) -> EncodedRowGroup {
        let group = EncodedRowGroup()
        group.rowCount = rows.count
        for (index, column) in columns.enumerated() {
            chunks.begin(rows.count, isOptional: column.isOptional, group.bytes)
            group.chunks.append(append(rows.map { $0[index] }, of: column, to: &group.bytes))
        }
        return group
    }

    private mutating func append(
        _ values: [ParquetValue],
        of column: ParquetColumn,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        switch column.type {
        case .int64:
            let numbers = values.map(Self.number)
            chunks.appendPage(numbers.span, from: 0, to: &output)
            return chunks.finishNumbers(output)
        case .int32:
            let codes = values.map { UInt32(truncatingIfNeeded: Self.number($0)) }
            return chunks.appendChunk(codes: codes, below: 2, .flags, pages: [values.indices], to: &output)
        case .double:
            let numbers = values.map { if case .double(let number) = $0 { number } else { nil as Double? } }
            let (known, codes) = Self.codes(of: numbers) { $0 < $1 }
            return chunks.appendChunk(
                codes: codes,
                below: known.count,
                .doubles(known),
                pages: [values.indices],
                to: &output
            )
        case .byteArray:
            let texts = values.map { if case .text(let text) = $0 { Array(text.utf8) } else { nil as [UInt8]? } }
            let (known, codes) = Self.codes(of: texts) { $0.lexicographicallyPrecedes($1) }
            return chunks.appendChunk(
                codes: codes,
                below: known.count,
                .texts(known),
                pages: [values.indices],
                to: &output
            )
        }
    }

    private static func number(_ value: ParquetValue) -> Int64 {
        guard case .integer(let number) = value else { preconditionFailure("a number of a small table is missing") }
        return number
    }

    /// The different values in their order, and the place of each one among them.
    private static func codes<Value: Hashable>(
        of values: [Value?],
        _ isLess: (Value, Value) -> Bool
    ) -> ([Value], [UInt32]) {
        let known = Set(values.compactMap { $0 }).sorted(by: isLess)
        let places = Dictionary(uniqueKeysWithValues: zip(known, 0...).map { ($0, UInt32($1)) })
        return (known, values.map { value in value.flatMap { places[$0] } ?? CodeRanks.null })
    }
}
