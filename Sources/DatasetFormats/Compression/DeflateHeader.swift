/// The header of a deflate block with codes of its own: their lengths, themselves coded.
///
/// Source: RFC 1951, section 3.2.7. Storage is kept.
struct DeflateHeader {
    /// "The code lengths for the code length alphabet …, in the order".
    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

    private var code = HuffmanCode(symbolCount: 19)
    private var frequencies = [UInt32](repeating: 0, count: 19)
    private var lengths: [UInt8] = []
    /// Symbols, and their extra bits.
    private var symbols: [(symbol: UInt8, extra: UInt8)] = []
    private var (literalCount, distanceCount, orderCount) = (0, 0, 0)

    /// Prepares the header for two codes.
    mutating func prepare(literals: HuffmanCode, distances: HuffmanCode) {
        literalCount = Self.usedCount(literals.lengths, least: 257)
        distanceCount = Self.usedCount(distances.lengths, least: 1)
        lengths.removeAll(keepingCapacity: true)
        lengths.append(contentsOf: literals.lengths[..<literalCount])
        lengths.append(contentsOf: distances.lengths[..<distanceCount])
        for symbol in frequencies.indices { frequencies[symbol] = 0 }
        symbols.removeAll(keepingCapacity: true)
        var index = 0
        while index < lengths.count {
            let length = lengths[index]
            var end = index + 1
            while end < lengths.count, lengths[end] == length { end += 1 }
            append(length, count: end - index)
            index = end
        }
        code.build(frequencies, limit: 7)
        orderCount = 19
        while orderCount > 4, code.lengths[Self.order[orderCount - 1]] == 0 { orderCount -= 1 }
    }

    private static func usedCount(_ lengths: [UInt8], least: Int) -> Int {
        var count = lengths.count
        while count > least, lengths[count - 1] == 0 { count -= 1 }
        return count
    }

    private mutating func append(_ length: UInt8, count: Int) {
        var rest = count
        if length == 0 {
            while rest >= 11 {
                append(18, extra: min(rest, 138) - 11)
                rest -= min(rest, 138)
            }
            if rest >= 3 {
                append(17, extra: rest - 3)
                rest = 0
            }
        } else {
            append(Int(length), extra: 0)
            rest -= 1
            while rest >= 3 {
                append(16, extra: min(rest, 6) - 3)
                rest -= min(rest, 6)
            }
        }
        for _ in 0..<rest { append(Int(length), extra: 0) }
    }

    private mutating func append(_ symbol: Int, extra: Int) {
        symbols.append((UInt8(symbol), UInt8(extra)))
        frequencies[symbol] += 1
    }

    private static func extraBits(_ symbol: Int) -> Int {
        switch symbol {
        case 16: 2
        case 17: 3
        case 18: 7
        default: 0
        }
    }

    /// Length of the header in bits, behind the three that say what block it is.
    var bitCount: Int {
        var count = 14 + 3 * orderCount
        for symbol in frequencies.indices {
            count += Int(frequencies[symbol]) * (Int(code.lengths[symbol]) + Self.extraBits(symbol))
        }
        return count
    }

    /// Writes the header, behind the three bits that say what block it is.
    func write(to writer: inout BitWriter) {
        unsafe writer.append(UInt64(literalCount - 257), 5)
        unsafe writer.append(UInt64(distanceCount - 1), 5)
        unsafe writer.append(UInt64(orderCount - 4), 4)
        unsafe writer.flush()
        for index in 0..<orderCount {
            unsafe writer.append(UInt64(code.lengths[Self.order[index]]), 3)
            unsafe writer.flush()
        }
        for (symbol, extra) in symbols {
            unsafe writer.append(UInt64(code.codes[Int(symbol)]), UInt64(code.lengths[Int(symbol)]))
            unsafe writer.append(UInt64(extra), UInt64(Self.extraBits(Int(symbol))))
            unsafe writer.flush()
        }
    }
}
