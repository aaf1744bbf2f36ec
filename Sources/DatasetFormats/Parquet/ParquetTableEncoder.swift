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

/// Turns items into row groups of a Parquet file, a row of a small table each.
package struct ParquetTableEncoder<Item> {
    private let columns: [TableColumn<Item>]
    /// By column: the texts that are known before, in their order.
    private let orders: [TextOrder?]
    private let areOptional: [Bool]
    private var chunks: ChunkEncoder
    private var ranking = NumberRanking()

    /// - Parameters:
    ///   - columns: the columns of the table.
    ///   - parameters: how pages are compressed, and for whom.
    package init(_ columns: [TableColumn<Item>], _ parameters: OutputParameters) {
        self.columns = columns
        orders = columns.map { column in
            if case .listed(let list, _) = column.content { TextOrder(list.texts) } else { nil }
        }
        areOptional = columns.map { ParquetColumn($0, parameters.timestamps).isOptional }
        chunks = ChunkEncoder(parameters)
    }

    /// The row group of some items: a page for each column.
    ///
    /// - Parameters:
    ///   - items: the items.
    ///   - first: the number of the first of them, for a column of numbers that items do not know.
    /// - Returns: the row group.
    ///
    /// - Complexity: O(values).
    package mutating func encode(_ items: ArraySlice<Item>, from first: Int64 = 1) -> EncodedRowGroup {
        let group = EncodedRowGroup()
        group.rowCount = items.count
        for index in columns.indices {
            chunks.begin(items.count, isOptional: areOptional[index], group.bytes)
            group.chunks.append(append(index, of: items, from: first, to: &group.bytes))
        }
        return group
    }

    private mutating func append(
        _ index: Int,
        of items: ArraySlice<Item>,
        from first: Int64,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        switch columns[index].content {
        case .integer(let number) where columns[index].isFlag:
            let codes = items.map { UInt32(truncatingIfNeeded: number($0) ?? 0) }
            return appendChunk(codes, below: 2, .flags, to: &output)
        case .integer(let number):
            return append(zip(first..., items).map { number($1) ?? $0 }, to: &output)
        case .time(let style, let time):
            return append(
                items.map { item in
                    let time = time(item)?.microseconds ?? 0
                    return style.isText ? time : style.number(of: time)
                },
                to: &output
            )
        case .decimal(let number):
            let keys = items.map { number($0).map { NumberRanking.key(of: $0.double) } }
            let codes = ranking.codes(of: keys)
            let domain = ColumnDomain.doubles(ranking.keys.map(NumberRanking.double))
            return appendChunk(codes, below: ranking.keys.count, domain, to: &output)
        case .text(let text):
            let order = TextOrder(items.map(text))
            return appendChunk(order.codes, below: order.count, order.domain, to: &output)
        case .listed(_, let place):
            guard let order = orders[index] else { preconditionFailure("texts without an order") }
            let codes = items.map { item in place(item).map { order.codes[$0] } ?? CodeRanks.null }
            return appendChunk(codes, below: order.count, order.domain, to: &output)
        case .names(let list, let bits):
            let codes = ranking.codes(of: items.map { bits($0) })
            let order = TextOrder(ranking.keys.map { list.names($0) })
            return appendChunk(codes.map { order.codes[Int($0)] }, below: order.count, order.domain, to: &output)
        }
    }

    private mutating func append(_ numbers: [Int64], to output: inout ByteBuffer) -> ParquetChunk {
        chunks.appendPage(numbers.span, from: 0, to: &output)
        return chunks.finishNumbers(output)
    }

    private mutating func appendChunk(
        _ codes: [UInt32],
        below limit: Int,
        _ domain: ColumnDomain,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        chunks.appendChunk(codes: codes, below: limit, domain, pages: [codes.indices], to: &output)
    }
}

extension ParquetTableEncoder {
    /// Rows of a row group, the last one aside: what waits for others is little.
    package static var rowsPerGroup: Int { 16_384 }
}

extension TableColumn {
    /// Whether its numbers are 0 or 1.
    fileprivate var isFlag: Bool { sqlType == "BOOLEAN" }
}
