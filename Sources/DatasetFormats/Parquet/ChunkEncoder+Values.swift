import DatasetGen

/// Pages of values as they are.
extension ChunkEncoder {
    /// Appends a page of some rows whose values have these codes, ``CodeRanks/null`` for NULL.
    mutating func appendPage(
        codes: [UInt32],
        _ rows: Range<Int>,
        of domain: ColumnDomain,
        to output: inout ByteBuffer
    ) {
        let codes = codes.span.extracting(rows)
        body.removeAll()
        var page = PageBounds()
        var known: [UInt32] = []
        for index in codes.indices {
            if codes[index] == CodeRanks.null {
                page.nullCount += 1
            } else {
                known.append(codes[index])
                page.include(Int64(codes[index]))
            }
        }
        if isOptional { appendLevels(codes, nullCount: Int(page.nullCount)) }
        domain.append(known, to: &body)
        finishPage(page, rows: rows.count, from: rows.lowerBound, chunk.encoding, to: &output)
    }

    /// Appends a page of rows without a value.
    mutating func appendPage(ofNullOnly rows: Int, from row: Int, to output: inout ByteBuffer) {
        body.removeAll()
        presence.removeAll(keepingCapacity: true)
        presence.append(0, count: rows)
        appendLevels(rows: rows)
        var page = PageBounds()
        page.nullCount = Int64(rows)
        finishPage(page, rows: rows, from: row, chunk.encoding, to: &output)
    }

    /// Appends a page of whole numbers: their differences, or themselves where these are large or readers old.
    mutating func appendPage(_ numbers: Span<Int64>, from row: Int, to output: inout ByteBuffer) {
        if let step = DeltaEncoder.step(of: numbers) {
            return appendPage(numbers: numbers[0], by: step, count: numbers.count, from: row, to: &output)
        }
        body.removeAll()
        var page = PageBounds()
        for index in numbers.indices { page.include(numbers[index]) }
        let isPlain = isOld || !DeltaEncoder.isWorthIt(numbers)
        if isPlain {
            body.append(atMost: numbers.count * 8) { $0.append(littleEndian: numbers) }
        } else {
            body.append(atMost: DeltaEncoder.limit(numbers.count)) { DeltaEncoder.append(numbers, to: &$0) }
        }
        finishPage(ofNumbers: numbers.count, isPlain: isPlain, page, from: row, to: &output)
    }

    /// Appends a page of so many whole numbers, from one on, that are all as far apart.
    mutating func appendPage(
        numbers first: Int64,
        by step: Int64,
        count: Int,
        from row: Int,
        to output: inout ByteBuffer
    ) {
        body.removeAll()
        var page = PageBounds()
        page.include(first)
        page.include(first + Int64(count - 1) * step)
        if isOld {
            body.append(atMost: count * 8) { $0.append(count) { first + Int64($0) * step } }
        } else {
            body.append(atMost: DeltaEncoder.limit(count)) {
                DeltaEncoder.append(from: first, by: step, count: count, to: &$0)
            }
        }
        finishPage(ofNumbers: count, isPlain: isOld, page, from: row, to: &output)
    }

    private mutating func finishPage(
        ofNumbers count: Int,
        isPlain: Bool,
        _ page: PageBounds,
        from row: Int,
        to output: inout ByteBuffer
    ) {
        if !isOld { chunk.encoding = ParquetEncoding.deltaBinaryPacked.rawValue }
        if isPlain, !isOld { chunk.plainPageCount += 1 }
        let encoding = isPlain ? ParquetEncoding.plain : .deltaBinaryPacked
        finishPage(page, rows: count, from: row, encoding.rawValue, to: &output)
    }
}
