import DatasetGen

extension RowGroupEncoder {
    /// Appends the counts of a metric as quotients.
    mutating func append(
        _ blocks: [WaitingRows],
        _ metric: Int,
        _ isClean: Bool,
        _ scale: ColumnLayout.Scale,
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        let columns = blocks.map { (isClean ? $0.clean : $0.metrics)[metric] }
        if scale.factors.isEmpty { return append(columns, scale, count, to: &output) }
        counts.removeAll(keepingCapacity: true)
        for (block, column) in zip(blocks, columns) {
            guard scale.append(column.span, of: block.sensors.span, to: &counts) else {
                let domain = gatherListed(blocks, columns, scale)
                return chunks.appendChunk(codes: codes, below: codes.count, domain, pages: pages, to: &output)
            }
        }
        let scaled = pages.map { Array(counts[$0]) }
        return append(scaled, scale, count, to: &output)
    }

    /// Appends counts of one unit.
    private mutating func append(
        _ blocks: [[Int32]],
        _ scale: ColumnLayout.Scale,
        _ count: Int,
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        let surveys = blocks.map { CountSurvey($0.span) }
        let known = surveys.filter { !$0.isEmpty }
        let least = known.map(\.least).min() ?? 0
        // Without a value all is NULL.
        let limit = known.map(\.greatest).max().map { Int($0) - Int(least) + 1 } ?? 0
        let domain = ColumnDomain.quotients(from: Int64(least), by: scale.countsPerUnit)
        var isListed = false
        if limit > 0, limit <= CodeRanks.limit {
            chunks.ranks.reset(below: limit)
            for column in blocks { chunks.ranks.note(column.span, above: least) }
            isListed = ChunkEncoder.isWorthDictionary(chunks.ranks.count(), of: count)
        }
        if isListed { chunks.appendDictionary(domain, chunks.ranks.codes, to: &output) }
        codes.removeAll(keepingCapacity: true)
        while nulls.count < pages.count { nulls.append(PageNulls()) }
        for (index, (column, page)) in zip(blocks, pages).enumerated() {
            if isListed {
                nulls[index].find(in: column.span, nullCount: surveys[index].nullCount)
                let row = page.lowerBound
                chunks.appendPage(counts: column, above: least, surveys[index], nulls[index], from: row, to: &output)
            } else {
                for count in column {
                    codes.append(count == ReadingBlock.null ? CodeRanks.null : UInt32(bitPattern: count &- least))
                }
                chunks.appendPage(codes: codes, page, of: domain, to: &output)
            }
        }
        return chunks.finish(domain, isListed: isListed, output)
    }

    /// The codes of counts that are too large for one unit, by their places among those that there are.
    private mutating func gatherListed(
        _ blocks: [WaitingRows],
        _ columns: [[Int32]],
        _ scale: ColumnLayout.Scale
    ) -> ColumnDomain {
        let numbers = zip(blocks, columns)
            .flatMap { block, column in
                zip(column, block.sensors)
                    .map { $0 == ReadingBlock.null ? nil : Int64($0) * Int64(scale.factors[Int($1)]) }
            }
        let known = Set(numbers.compactMap { $0 }).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(known, 0...))
        codes.removeAll(keepingCapacity: true)
        for number in numbers { codes.append(number.flatMap { places[$0] }.map { UInt32($0) } ?? CodeRanks.null) }
        return .doubles(known.map { Double($0) / scale.countsPerUnit })
    }
}
