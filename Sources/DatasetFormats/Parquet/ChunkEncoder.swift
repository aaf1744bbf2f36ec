import DatasetGen

/// Writes the values of one column of a row group as pages, with a dictionary where that is smaller.
///
/// Values have codes, and codes in use have places in the dictionary, in the same order: what a page's least and greatest
/// places stand for are its bounds. A chunk is begun, gets its dictionary if it has one, its pages, and is finished.
struct ChunkEncoder {
    /// The codes in use of the column at hand.
    var ranks = CodeRanks()
    private let isOld: Bool
    private var writer: PageWriter
    private var cache = PageCache()
    /// The page at hand, and what is gathered for it.
    var body = ByteBuffer()
    private var levels = ByteBuffer()
    private var (present, presence): ([UInt32], [Run<UInt32>]) = ([], [])
    var presentCounts: [Int32] = []
    var places: [UInt32] = []
    /// The chunk at hand: where it begins, its bytes were they not compressed, and the bounds of its pages.
    private(set) var chunk = ParquetChunk()
    private var (start, uncompressed): (Int, Int) = (0, 0)
    private var bounds: [PageBounds] = []
    /// Bits of an index of its dictionary.
    private(set) var width = 0
    /// Whether its values may be NULL.
    private(set) var isOptional = false

    init(_ parameters: OutputParameters) {
        isOld = parameters.parquet.compatibility == .v1
        writer = PageWriter(parameters.compression)
    }

    // MARK: - Chunks

    /// Begins with a column's values behind those of the columns before.
    ///
    /// - Parameters:
    ///   - count: how many there are, NULL included.
    ///   - isOptional: whether they may be NULL.
    ///   - output: the pages of the columns before.
    mutating func begin(_ count: Int, isOptional: Bool, _ output: borrowing ByteBuffer) {
        (chunk, start, uncompressed) = (ParquetChunk(), output.count, 0)
        bounds.removeAll(keepingCapacity: true)
        self.isOptional = isOptional
        chunk.valueCount = Int64(count)
        chunk.dataOffset = Int64(start)
        writer.beginColumn()
    }

    /// Whether so many different values of a column's are better listed than written as they are.
    static func isWorthDictionary(_ distinct: Int, of count: Int) -> Bool {
        distinct > 0 && (distinct <= 256 || distinct <= count / 2)
    }

    /// Appends the dictionary, to which all pages of the chunk refer; with a key, one that may be known.
    mutating func appendDictionary(
        _ domain: ColumnDomain,
        _ codes: [UInt32],
        as key: PageCache.Key? = nil,
        to output: inout ByteBuffer
    ) {
        chunk.encoding = (isOld ? ParquetEncoding.plainDictionary : .rleDictionary).rawValue
        chunk.dictionaryOffset = Int64(start)
        width = HybridEncoder.width(of: codes.count - 1)
        defer { chunk.dataOffset = Int64(output.count) }
        if let key, appendKnown(key, to: &output) { return }
        body.removeAll()
        domain.append(codes, to: &body)
        // Dictionaries of either version are PLAIN; old readers know it by the other name.
        let encoding = isOld ? ParquetEncoding.plainDictionary : .plain
        let offset = output.count
        let header = writer.append(body, .dictionary, to: &output) { header in
            header.append(7) { dictionary in
                dictionary.append(1, int32: codes.count)
                dictionary.append(2, int32: encoding.rawValue)
                dictionary.append(3, true)
            }
        }
        uncompressed += header + body.count
        if let key { keep(output, from: offset, header + body.count, for: key) }
    }

    /// Appends a page that is known; false if it is not.
    private mutating func appendKnown(_ key: PageCache.Key, to output: inout ByteBuffer) -> Bool {
        guard let page = cache[key] else { return false }
        output.append(page.bytes)
        uncompressed += page.uncompressedSize
        return true
    }

    private mutating func keep(_ output: borrowing ByteBuffer, from offset: Int, _ size: Int, for key: PageCache.Key) {
        cache.keep(PageCache.Page(bytes: Array(output.bytes[offset...]), uncompressedSize: size), for: key)
    }

    /// Completes what the footer says of the chunk; bounds of pages become bytes.
    private mutating func finish(
        _ output: borrowing ByteBuffer,
        _ bytes: (_ value: Int64, _ isLower: Bool) -> [UInt8]
    ) -> ParquetChunk {
        chunk.uncompressedSize = Int64(uncompressed)
        chunk.compressedSize = Int64(output.count - start)
        chunk.nullCount = bounds.reduce(0) { $0 + $1.nullCount }
        if !chunk.pages.isEmpty, chunk.plainPageCount == chunk.pages.count {
            (chunk.encoding, chunk.plainPageCount) = (ParquetEncoding.plain.rawValue, 0)
        }
        let known = bounds.filter { !$0.isEmpty }
        if let least = known.map(\.least).min(), let greatest = known.map(\.greatest).max() {
            (chunk.minimum, chunk.maximum) = (bytes(least, true), bytes(greatest, false))
        }
        chunk.columnIndex = PageBounds.index(bounds, bytes)
        return chunk
    }

    // MARK: - Whole chunks

    /// Appends the pages of a chunk whose values have codes below a limit, ``CodeRanks/null`` for NULL, and finishes it.
    mutating func appendChunk(
        codes: [UInt32],
        below limit: Int,
        _ domain: ColumnDomain,
        pages: [Range<Int>],
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        var isListed = false
        if limit <= CodeRanks.limit {
            ranks.reset(below: limit)
            ranks.note(codes)
            isListed = Self.isWorthDictionary(ranks.count(), of: codes.count)
        }
        if isListed { appendDictionary(domain, ranks.codes, to: &output) }
        for page in pages {
            if isListed {
                ranks.take(codes, page, into: &places)
                appendPage(places: places, from: page.lowerBound, to: &output)
            } else {
                appendPage(codes: codes, page, of: domain, to: &output)
            }
        }
        return finish(domain, isListed: isListed, output)
    }

    /// Completes a chunk whose bounds are codes, or if it has a dictionary places of codes.
    mutating func finish(
        _ domain: ColumnDomain,
        isListed: Bool,
        _ output: borrowing ByteBuffer
    ) -> ParquetChunk {
        let codes = ranks.codes
        return finish(output) { value, isLower in
            domain.bound(isListed ? codes[Int(value)] : UInt32(value), isLower: isLower)
        }
    }

    /// Completes a chunk whose bounds are its whole numbers.
    mutating func finishNumbers(_ output: borrowing ByteBuffer) -> ParquetChunk {
        finish(output) { number, _ in
            var bytes: [UInt8] = []
            bytes.append(littleEndian: number)
            return bytes
        }
    }

    // MARK: - Pages of a dictionary's places

    /// Appends a page of rows whose values have these places, ``CodeRanks/null`` for NULL.
    mutating func appendPage(places: [UInt32], from row: Int, to output: inout ByteBuffer) {
        let places = places.span
        body.removeAll()
        let survey = PlaceSurvey(places)
        if isOptional { appendLevels(places, nullCount: survey.nullCount) }
        if survey.nullCount == 0 {
            append(places, hasRuns: survey.hasRuns)
        } else {
            var known = present
            present = []
            known.removeAll(keepingCapacity: true)
            known.append(addingCapacity: places.count) { known in
                for index in places.indices where places[index] != CodeRanks.null { known.append(places[index]) }
            }
            append(known.span, hasRuns: survey.hasRuns)
            present = known
        }
        finishPage(survey.bounds, rows: places.count, from: row, chunk.encoding, to: &output)
    }

    /// Appends the places of a page that are not NULL.
    mutating func append(_ places: Span<UInt32>, hasRuns: Bool) {
        let width = width
        body.append(atMost: 1 + HybridEncoder.limit(places.count, width: width)) {
            // A page without a value has a width, too.
            $0.append(UInt8(width))
            if hasRuns || width == 0 {
                HybridEncoder.append(places, width: width, to: &$0)
            } else {
                HybridEncoder.pack(places, width: width, to: &$0)
            }
        }
    }

    /// Appends which values are there, behind the length of that.
    private mutating func appendLevels(_ places: Span<UInt32>, nullCount: Int) {
        presence.removeAll(keepingCapacity: true)
        var index = nullCount == 0 ? places.count : 0
        if nullCount == 0 { presence.append(1, count: places.count) }
        while index < places.count {
            let begin = index
            while index < places.count, places[index] != CodeRanks.null { index += 1 }
            if index > begin { presence.append(1, count: index - begin) }
            let end = index
            while index < places.count, places[index] == CodeRanks.null { index += 1 }
            if index > end { presence.append(0, count: index - end) }
        }
        appendLevels(rows: places.count)
    }

    /// Appends which values are there, as runs tell, behind the length of that.
    private mutating func appendLevels(rows: Int) {
        levels.removeAll()
        let known = presence
        levels.append(atMost: HybridEncoder.limit(rows, width: 1)) {
            HybridEncoder.append(known.span, width: 1, to: &$0)
        }
        let length = UInt32(levels.count)
        body.append(atMost: 4) { $0.append(littleEndian: length) }
        body.append(levels.bytes)
    }

    /// Appends a page of rows whose values have the places of runs, ``CodeRanks/null`` for NULL.
    mutating func appendPage(runs: [Run<UInt32>], from row: Int, to output: inout ByteBuffer) {
        body.removeAll()
        var (page, rows) = (PageBounds(), 0)
        for run in runs {
            rows += run.count
            if run.value == CodeRanks.null {
                page.nullCount += Int64(run.count)
            } else {
                page.include(Int64(run.value))
            }
        }
        var known = runs
        if page.nullCount > 0 {
            known.removeAll()
            for run in runs where run.value != CodeRanks.null { known.append(run.value, count: run.count) }
        }
        if isOptional {
            presence.removeAll(keepingCapacity: true)
            for run in runs { presence.append(run.value == CodeRanks.null ? 0 : 1, count: run.count) }
            appendLevels(rows: rows)
        }
        let (values, width) = (rows - Int(page.nullCount), width)
        body.append(atMost: 1 + HybridEncoder.limit(values, width: width)) {
            $0.append(UInt8(width))
            HybridEncoder.append(known.span, width: width, to: &$0)
        }
        finishPage(page, rows: rows, from: row, chunk.encoding, to: &output)
    }

    /// Appends a page of rows whose values, none of which is NULL, are those of a cycle from a place on; with a key, one that
    /// may be known.
    mutating func appendPage(
        _ cycle: PackedCycle,
        at place: Int,
        rows: Int,
        _ page: PageBounds,
        as key: PageCache.Key?,
        from row: Int,
        to output: inout ByteBuffer
    ) {
        let offset = output.count
        if let key, appendKnown(key, to: &output) { return notePage(page, at: offset, from: row, output) }
        body.removeAll()
        if isOptional {
            presence.removeAll(keepingCapacity: true)
            presence.append(1, count: rows)
            appendLevels(rows: rows)
        }
        body.append(atMost: 1 + HybridEncoder.limit(rows, width: cycle.width)) {
            $0.append(UInt8(cycle.width))
            HybridEncoder.appendPackedHead(rows, to: &$0)
            cycle.append(from: place, count: rows, to: &$0)
        }
        finishPage(page, rows: rows, from: row, chunk.encoding, as: key, to: &output)
    }

    // MARK: - Pages of values as they are

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

    // MARK: -

    /// Appends the page whose values have been written, and notes where it is; with a key, it is kept.
    mutating func finishPage(
        _ page: PageBounds,
        rows: Int,
        from row: Int,
        _ encoding: Int,
        as key: PageCache.Key? = nil,
        to output: inout ByteBuffer
    ) {
        let offset = output.count
        let header = writer.append(body, .data, isKept: key != nil, to: &output) { header in
            header.append(5) { data in
                data.append(1, int32: rows)
                data.append(2, int32: encoding)
                data.append(3, int32: ParquetEncoding.rle.rawValue)
                data.append(4, int32: ParquetEncoding.rle.rawValue)
            }
        }
        uncompressed += header + body.count
        if let key { keep(output, from: offset, header + body.count, for: key) }
        notePage(page, at: offset, from: row, output)
    }

    /// Notes where a page is that has been appended.
    private mutating func notePage(_ page: PageBounds, at offset: Int, from row: Int, _ output: borrowing ByteBuffer) {
        bounds.append(page)
        chunk.pages.append(
            ParquetChunk.Page(offset: Int64(offset), size: Int64(output.count - offset), firstRow: Int64(row))
        )
    }
}
