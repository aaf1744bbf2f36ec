import DatasetGen

/// Writes the values of one column of a row group as pages, with a dictionary where that is smaller.
///
/// Values have codes, and codes in use have places in the dictionary, in the same order: what a page's least and greatest
/// places stand for are its bounds. A chunk is begun, gets its dictionary if it has one, its pages, and is finished.
struct ChunkEncoder {
    /// The codes in use of the column at hand.
    var ranks = CodeRanks()
    let isOld: Bool
    private var writer: PageWriter
    private var cache = PageCache()
    /// The page at hand, and what is gathered for it.
    var body = ByteBuffer()
    var levels = ByteBuffer()
    var (present, presence): ([UInt32], [Run<UInt32>]) = ([], [])
    var presentCounts: [Int32] = []
    var places: [UInt32] = []
    /// The chunk at hand: where it begins, its bytes were they not compressed, and the bounds of its pages.
    var chunk = ParquetChunk()
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
    mutating func appendKnown(_ key: PageCache.Key, to output: inout ByteBuffer) -> Bool {
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

    // MARK: - Pages

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
    mutating func notePage(_ page: PageBounds, at offset: Int, from row: Int, _ output: borrowing ByteBuffer) {
        bounds.append(page)
        chunk.pages.append(
            ParquetChunk.Page(offset: Int64(offset), size: Int64(output.count - offset), firstRow: Int64(row))
        )
    }
}
