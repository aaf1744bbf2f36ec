/// The codes of a deflate block, made for how often its tokens occur, with its tables for writing.
///
/// Storage is kept when it is made anew.
struct TokenCode {
    /// "257 … 285" are lengths, 256 is the end of the block.
    private static let endOfBlock = 256
    /// One token of the sample stands against so many that are not in it.
    private static let weightOfSample: UInt32 = 16
    /// The codes of blocks without codes of their own (RFC 1951, section 3.2.6).
    private static let fixed: (literals: HuffmanCode, distances: HuffmanCode) = {
        var (literals, distances) = (HuffmanCode(symbolCount: 288), HuffmanCode(symbolCount: 30))
        literals.build(lengths: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
        distances.build(lengths: Array(repeating: 5, count: 30))
        return (literals, distances)
    }()

    private var literals = HuffmanCode(symbolCount: 286)
    private var distances = HuffmanCode(symbolCount: 30)
    private var literalFrequencies = [UInt32](repeating: 0, count: 286)
    private var distanceFrequencies = [UInt32](repeating: 0, count: 30)
    private var header = DeflateHeader()
    private var isFixed = false
    /// Bits that the block takes at most, its header included.
    private(set) var maximumBitCount = 0

    /// Of each pair of a ``LiteralGroup``: `code << 8 | length`.
    private(set) var pairs = [UInt64](repeating: 0, count: LiteralGroup.pairCount)
    /// Of each byte as a literal: `code << 8 | length`.
    private(set) var bytes = [UInt64](repeating: 0, count: 256)
    /// Of each length less three: `code << 8 | length`, extra bits included.
    private(set) var lengths = [UInt64](repeating: 0, count: 256)
    /// Of distances: `mask of the extra bits << 32 | code << 16 | length with extra bits << 8 | length`.
    private(set) var distanceEntries = [UInt64](repeating: 0, count: 512)

    /// Where the entry of a distance is, which is given less one: from 256 on, 128 distances share a symbol.
    @inline(__always)
    static func index(ofDistance distance: UInt32) -> Int {
        Int(truncatingIfNeeded: distance < 256 ? distance : 256 &+ distance >> 7)
    }

    /// Makes the codes for these counts.
    mutating func prepare(_ counts: borrowing TokenCounts, tokenCount: Int) {
        gather(counts)
        literals.build(literalFrequencies, limit: 15)
        distances.build(distanceFrequencies, limit: 15)
        header.prepare(literals: literals, distances: distances)
        let own = header.bitCount + bits(literals, distances)
        let fixed = bits(Self.fixed.literals, Self.fixed.distances)
        isFixed = fixed <= own
        // Codes have up to 15 bits; a match has up to 5 and 13 extra bits.
        maximumBitCount = 3 + header.bitCount + 15 * (counts.literalCount + 1) + 48 * tokenCount
        if isFixed { fill(Self.fixed.literals, Self.fixed.distances) } else { fill(literals, distances) }
    }

    /// Adds the counts up by symbol.
    private mutating func gather(_ counts: borrowing TokenCounts) {
        for symbol in literalFrequencies.indices { literalFrequencies[symbol] = 0 }
        for byte in 0..<256 { literalFrequencies[byte] = counts.literals[byte] }
        for pair in 0..<LiteralGroup.pairCount {
            let count = counts.pairs[pair]
            guard count > 0 else { continue }
            let (first, second) = LiteralGroup.characters(ofPair: pair)
            if let first { literalFrequencies[Int(first)] += count }
            if let second { literalFrequencies[Int(second)] += count }
        }
        for (index, length) in LengthSymbol.all.enumerated() {
            literalFrequencies[length.symbol] += counts.lengths[index]
        }
        literalFrequencies[Self.endOfBlock] = 1
        for symbol in distanceFrequencies.indices { distanceFrequencies[symbol] = counts.distances[symbol] }
        guard counts.isSample else { return }
        // What is not in the sample may still occur, though not often.
        for symbol in literalFrequencies.indices {
            literalFrequencies[symbol] = literalFrequencies[symbol] * Self.weightOfSample + 1
        }
        for symbol in distanceFrequencies.indices {
            distanceFrequencies[symbol] = distanceFrequencies[symbol] * Self.weightOfSample + 1
        }
    }

    /// Bits of all codes, without extra bits.
    private func bits(_ literals: HuffmanCode, _ distances: HuffmanCode) -> Int {
        var count = 0
        for symbol in literalFrequencies.indices {
            count += Int(literalFrequencies[symbol]) * Int(literals.lengths[symbol])
        }
        for symbol in distanceFrequencies.indices {
            count += Int(distanceFrequencies[symbol]) * Int(distances.lengths[symbol])
        }
        return count
    }

    private mutating func fill(_ literals: HuffmanCode, _ distances: HuffmanCode) {
        func entry(_ code: HuffmanCode, _ symbol: Int) -> UInt64 {
            UInt64(code.codes[symbol]) << 8 | UInt64(code.lengths[symbol])
        }
        for byte in 0..<256 { bytes[byte] = entry(literals, byte) }
        for pair in 0..<LiteralGroup.pairCount {
            let (first, second) = LiteralGroup.characters(ofPair: pair)
            let (left, right) = (first.map { bytes[Int($0)] } ?? 0, second.map { bytes[Int($0)] } ?? 0)
            pairs[pair] = left + right & 0xff + (right & ~0xff) << (left & 0xff)
        }
        for (index, length) in LengthSymbol.all.enumerated() {
            let code = entry(literals, length.symbol)
            lengths[index] = code + UInt64(length.extraBits) + UInt64(length.extra) << (8 + code & 0xff)
        }
        for index in distanceEntries.indices {
            let distance = UInt32(index < 256 ? index : (index - 256) << 7)
            let symbol = DistanceSymbol.symbol(distance)
            let extraBits = UInt64(DistanceSymbol.extraBits(symbol))
            let length = UInt64(distances.lengths[Int(symbol)])
            let code = UInt64(distances.codes[Int(symbol)])
            distanceEntries[index] = (1 << extraBits - 1) << 32 | code << 16 | (length + extraBits) << 8 | length
        }
    }

    /// Writes what precedes the tokens.
    func writeHeader(to writer: inout BitWriter) {
        // BFINAL = 0, and BTYPE = 01, "compressed with fixed Huffman codes", or 10, "with dynamic Huffman codes".
        unsafe writer.append(isFixed ? 0b010 : 0b100, 3)
        if !isFixed { unsafe header.write(to: &writer) }
        unsafe writer.flush()
    }

    /// Writes what follows the tokens.
    func writeEnd(to writer: inout BitWriter) {
        let code = isFixed ? Self.fixed.literals : literals
        unsafe writer.append(UInt64(code.codes[Self.endOfBlock]), UInt64(code.lengths[Self.endOfBlock]))
        unsafe writer.flush()
    }
}
