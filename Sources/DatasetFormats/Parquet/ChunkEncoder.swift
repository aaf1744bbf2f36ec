import DatasetGen

/// Writes the values of one column of a row group as pages, with a dictionary where that is smaller.
///
/// Codes of values are ranked by a bitmap of those that are used: the dictionary is sorted without a hash, and what a
/// page's least and greatest codes stand for are its bounds.
struct ChunkEncoder {
    /// The code of NULL.
    static let null = UInt32.max

    /// A page's bounds as codes or numbers; the least is greater than the greatest where all is NULL.
    private struct Bounds {
        var (least, greatest) = (Int64.max, Int64.min)
        var nullCount: Int64 = 0
    }

    private let isOld: Bool
    private var writer: PageWriter
    /// The codes in use, a bit each, and how many are before those of a word.
    private var used: [UInt64] = []
    private var before: [UInt32] = []
    private var (body, levels): (ByteBuffer, ByteBuffer) = (ByteBuffer(), ByteBuffer())
    private var (ranks, present): ([UInt32], [UInt32]) = ([], [])

    /// Codes beyond which a bitmap is not worth its memory.
    static let codeLimit = 1 << 22

    init(_ parameters: OutputParameters) {
        isOld = parameters.parquet.compatibility == .v1
        writer = PageWriter(parameters.compression)
    }

    /// The encoding of dictionaries and the pages that refer to them.
    private var dictionaryEncoding: ParquetEncoding { isOld ? .plainDictionary : .rleDictionary }

    // MARK: - Values with codes

    /// Appends the pages of a column whose values have codes.
    ///
    /// - Parameters:
    ///   - codes: by row, ``null`` for NULL.
    ///   - count: a number that no code reaches.
    ///   - domain: what they stand for.
    ///   - column: the column.
    ///   - pages: the rows of each page.
    ///   - output: the pages of the columns before.
    /// - Returns: what the footer says of them.
    mutating func append(
        _ codes: [UInt32],
        below count: Int,
        _ domain: ParquetDomain,
        _ column: ParquetColumn,
        pages: [Range<Int>],
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        let start = output.count
        let distinct = count <= Self.codeLimit ? rank(codes.span, below: count) : 0
        let isListed = distinct > 0 && (distinct <= 256 || distinct <= codes.count / 2)
        var chunk = ParquetChunk()
        chunk.valueCount = Int64(codes.count)
        chunk.encoding = (isListed ? dictionaryEncoding : .plain).rawValue
        var uncompressed = 0
        if isListed {
            chunk.dictionaryOffset = Int64(start)
            uncompressed += appendDictionary(domain, distinct, to: &output)
        }
        chunk.dataOffset = Int64(output.count)
        let width = HybridEncoder.width(of: distinct - 1)
        var bounds: [Bounds] = []
        for page in pages {
            let values = codes.span.extracting(page)
            bounds.append(take(values, column.isOptional, ranked: isListed))
            if isListed {
                appendRanks(width)
            } else {
                for index in values.indices where values[index] != Self.null { appendPlain(values[index], domain) }
            }
            uncompressed += finishPage(page, chunk.encoding, to: &output, &chunk)
        }
        finish(&chunk, bounds, uncompressed, output.count - start) { code, isLower in
            domain.bound(UInt32(code), isLower: isLower)
        }
        return chunk
    }

    /// Counts the codes in use, and how many are before each word of the bitmap.
    private mutating func rank(_ codes: Span<UInt32>, below count: Int) -> Int {
        let words = (count + 63) / 64
        used.refill(with: 0, count: words)
        var bits = used.mutableSpan
        for index in codes.indices {
            let code = codes[index]
            if code != Self.null { bits[Int(code >> 6)] |= 1 &<< UInt64(code & 63) }
        }
        var total = 0
        before.removeAll(keepingCapacity: true)
        for word in 0..<words {
            before.append(UInt32(total))
            total += used[word].nonzeroBitCount
        }
        return total
    }

    private mutating func appendDictionary(_ domain: ParquetDomain, _ count: Int, to output: inout ByteBuffer) -> Int {
        var entries: [UInt8] = []
        for word in used.indices {
            var bits = used[word]
            while bits != 0 {
                domain.append(UInt32(word * 64 + bits.trailingZeroBitCount), to: &entries)
                bits &= bits - 1
            }
        }
        body.removeAll()
        body.append(entries)
        // Dictionaries of either version are PLAIN; old readers know it by the other name.
        let encoding = isOld ? ParquetEncoding.plainDictionary : .plain
        let header = writer.append(body, .dictionary, to: &output) { header in
            header.append(7) { dictionary in
                dictionary.append(1, int32: count)
                dictionary.append(2, int32: encoding.rawValue)
                dictionary.append(3, true)
            }
        }
        return header + body.count
    }

    /// Begins a page with its levels, and takes the ranks of what is not NULL.
    private mutating func take(_ values: Span<UInt32>, _ isOptional: Bool, ranked: Bool) -> Bounds {
        var bounds = Bounds()
        var (least, greatest) = (UInt32.max, UInt32.min)
        body.removeAll()
        var taken = ranks
        ranks = []
        taken.removeAll(keepingCapacity: true)
        let next = Self.take(values, used, before, ranked, into: &taken, &least, &greatest)
        bounds.nullCount = Int64(values.count - next)
        if next > 0 { (bounds.least, bounds.greatest) = (Int64(least), Int64(greatest)) }
        ranks = taken
        if isOptional { appendLevels(values, nullCount: Int(bounds.nullCount)) }
        return bounds
    }

    /// Takes the ranks of what is not NULL.
    ///
    /// - Returns: how many values are not.
    private static func take(
        _ values: Span<UInt32>,
        _ used: [UInt64],
        _ before: [UInt32],
        _ ranked: Bool,
        into ranks: inout [UInt32],
        _ least: inout UInt32,
        _ greatest: inout UInt32
    ) -> Int {
        guard ranked else {
            var count = 0
            for index in values.indices where values[index] != null {
                least = min(least, values[index])
                greatest = max(greatest, values[index])
                count += 1
            }
            return count
        }
        ranks.append(addingCapacity: values.count) { ranks in
            let (used, before) = (used.span, before.span)
            for index in values.indices {
                let code = values[index]
                if code == null { continue }
                least = min(least, code)
                greatest = max(greatest, code)
                let word = Int(code >> 6)
                let bits = used[word] & (1 &<< UInt64(code & 63) &- 1)
                ranks.append(before[word] &+ UInt32(truncatingIfNeeded: bits.nonzeroBitCount))
            }
        }
        return ranks.count
    }

    /// Appends which values are there, behind the length of that.
    private mutating func appendLevels(_ values: Span<UInt32>, nullCount: Int) {
        levels.removeAll()
        if nullCount == 0 {
            levels.append(atMost: 12) { HybridEncoder.repeated(1, values.count, 1, to: &$0) }
        } else {
            present.removeAll(keepingCapacity: true)
            for index in values.indices { present.append(values[index] == Self.null ? 0 : 1) }
            let known = self.present
            let present = known.span
            levels.append(atMost: HybridEncoder.limit(values.count, width: 1)) {
                HybridEncoder.append(present, width: 1, to: &$0)
            }
        }
        let length = UInt32(levels.count)
        body.append(atMost: 4) { $0.append(littleEndian: length) }
        body.append(levels.bytes)
    }

    /// Appends the width of indices, which a page without a value has, too, and them.
    private mutating func appendRanks(_ width: Int) {
        let known = self.ranks
        let ranks = known.span
        body.append(atMost: 1 + HybridEncoder.limit(ranks.count, width: width)) {
            $0.append(UInt8(width))
            HybridEncoder.append(ranks, width: width, to: &$0)
        }
    }

    private mutating func appendPlain(_ code: UInt32, _ domain: ParquetDomain) {
        var value: [UInt8] = []
        domain.append(code, to: &value)
        body.append(value)
    }

    // MARK: - Numbers

    /// Appends the pages of a column of whole numbers that is never NULL: a dictionary where they are sorted and repeat,
    /// else page by page their differences, or themselves where these are large.
    mutating func append(
        _ numbers: [Int64],
        _ column: ParquetColumn,
        pages: [Range<Int>],
        to output: inout ByteBuffer
    ) -> ParquetChunk {
        if let (codes, values) = Self.steps(of: numbers) {
            let domain = ParquetDomain.listed(values)
            return append(codes, below: values.count, domain, column, pages: pages, to: &output)
        }
        let start = output.count
        var chunk = ParquetChunk()
        chunk.valueCount = Int64(numbers.count)
        chunk.encoding = (isOld ? ParquetEncoding.plain : .deltaBinaryPacked).rawValue
        chunk.dataOffset = Int64(start)
        var (bounds, uncompressed): ([Bounds], Int) = ([], 0)
        for page in pages {
            let values = numbers.span.extracting(page)
            var bound = Bounds()
            for index in values.indices {
                bound.least = min(bound.least, values[index])
                bound.greatest = max(bound.greatest, values[index])
            }
            bounds.append(bound)
            body.removeAll()
            let isPlain = isOld || !DeltaEncoder.isWorthIt(values)
            if isPlain, !isOld { chunk.plainPageCount += 1 }
            if isPlain {
                body.append(atMost: values.count * 8) { writer in
                    for index in values.indices { writer.append(littleEndian: values[index]) }
                }
            } else {
                body.append(atMost: DeltaEncoder.limit(values.count)) { DeltaEncoder.append(values, to: &$0) }
            }
            let encoding = isPlain ? ParquetEncoding.plain : .deltaBinaryPacked
            uncompressed += finishPage(page, encoding.rawValue, to: &output, &chunk)
        }
        if chunk.plainPageCount == pages.count {
            (chunk.encoding, chunk.plainPageCount) = (ParquetEncoding.plain.rawValue, 0)
        }
        finish(&chunk, bounds, uncompressed, output.count - start) { number, _ in
            var bytes: [UInt8] = []
            bytes.append(littleEndian: number)
            return bytes
        }
        return chunk
    }

    /// Numbers that never fall and mostly stay, as the steps that they take; nil for others.
    private static func steps(of numbers: [Int64]) -> (codes: [UInt32], values: [Int64])? {
        var values: [Int64] = []
        var codes: [UInt32] = []
        codes.reserveCapacity(numbers.count)
        let limit = numbers.count / 8
        for number in numbers {
            if let last = values.last, number <= last {
                if number < last { return nil }
            } else {
                if values.count > limit { return nil }
                values.append(number)
            }
            codes.append(UInt32(values.count - 1))
        }
        return values.count > limit ? nil : (codes, values)
    }

    // MARK: - Pages and chunks

    /// Appends the page whose values have been written, and notes where it is.
    ///
    /// - Returns: its bytes, were it not compressed.
    private mutating func finishPage(
        _ rows: Range<Int>,
        _ encoding: Int,
        to output: inout ByteBuffer,
        _ chunk: inout ParquetChunk
    ) -> Int {
        let offset = output.count
        let header = writer.append(body, .data, to: &output) { header in
            header.append(5) { data in
                data.append(1, int32: rows.count)
                data.append(2, int32: encoding)
                data.append(3, int32: ParquetEncoding.rle.rawValue)
                data.append(4, int32: ParquetEncoding.rle.rawValue)
            }
        }
        chunk.pages.append(
            ParquetChunk.Page(
                offset: Int64(offset),
                size: Int64(output.count - offset),
                firstRow: Int64(rows.lowerBound)
            )
        )
        return header + body.count
    }

    /// Completes what the footer says of a chunk.
    private func finish(
        _ chunk: inout ParquetChunk,
        _ pages: [Bounds],
        _ uncompressed: Int,
        _ compressed: Int,
        _ bytes: (_ value: Int64, _ isLower: Bool) -> [UInt8]
    ) {
        chunk.uncompressedSize = Int64(uncompressed)
        chunk.compressedSize = Int64(compressed)
        chunk.nullCount = pages.reduce(0) { $0 + $1.nullCount }
        let known = pages.filter { $0.least <= $0.greatest }
        if let least = known.map(\.least).min(), let greatest = known.map(\.greatest).max() {
            (chunk.minimum, chunk.maximum) = (bytes(least, true), bytes(greatest, false))
        }
        var index = ThriftWriter()
        index.append(1, bools: pages.map { $0.least > $0.greatest })
        index.append(2, binaries: pages.map { $0.least > $0.greatest ? [] : bytes($0.least, true) })
        index.append(3, binaries: pages.map { $0.least > $0.greatest ? [] : bytes($0.greatest, false) })
        index.append(4, int32: Self.order(known).rawValue)
        index.append(5, int64s: pages.map(\.nullCount))
        index.finish()
        chunk.columnIndex = index.bytes
    }

    /// How the bounds of pages follow one another, those without a value left out.
    private enum Order: Int {
        case none = 0
        case ascending = 1
        case descending = 2
    }

    private static func order(_ pages: [Bounds]) -> Order {
        let pairs = zip(pages, pages.dropFirst())
        if pairs.allSatisfy({ $0.least <= $1.least && $0.greatest <= $1.greatest }) { return .ascending }
        return pairs.allSatisfy { $0.least >= $1.least && $0.greatest >= $1.greatest } ? .descending : .none
    }
}

extension Array where Element: FixedWidthInteger {
    /// Replaces the elements by so many equal ones, in the same storage.
    ///
    /// Here, and not beside those that do the like for all arrays, so that the compiler knows the element.
    mutating func refill(with element: Element, count: Int) {
        removeAll(keepingCapacity: true)
        append(contentsOf: repeatElement(element, count: count))
    }
}
