/// How often each kind of token occurs in a text, or in a sample of it.
struct TokenCounts {
    /// By the pair of a ``LiteralGroup``.
    private(set) var pairs = [UInt32](repeating: 0, count: LiteralGroup.pairCount)
    /// By byte, of literals that are in no group.
    private(set) var literals = [UInt32](repeating: 0, count: 256)
    /// By the length of the match less three.
    private(set) var lengths = [UInt32](repeating: 0, count: 256)
    /// By the distance's symbol.
    private(set) var distances = [UInt32](repeating: 0, count: 32)
    /// Whether not all tokens have been counted.
    private(set) var isSample = false
    /// Number of literals, counted or not.
    private(set) var literalCount = 0

    /// Tokens that are counted, all of them if there are fewer, and tokens that are skipped.
    ///
    /// A sample of an eighth makes the output some 0.1 % larger than counts of all. The sum is a prime, lest the sample
    /// fall into step with the rows.
    private static let (stretch, gap) = (256, 1_783)

    /// Counts tokens of the text from `start` on anew, all or a sample of them.
    mutating func count(
        _ tokens: UnsafeBufferPointer<UInt32>,
        of text: UnsafeRawBufferPointer,
        from start: Int,
        all: Bool
    ) {
        for index in pairs.indices { pairs[index] = 0 }
        for index in 0..<256 { (literals[index], lengths[index]) = (0, 0) }
        for index in distances.indices { distances[index] = 0 }
        literalCount = 0
        isSample = !all && tokens.count > Self.stretch + Self.gap
        var position = start
        var index = 0
        while index < tokens.count {
            let end = isSample ? min(index + Self.stretch, tokens.count) : tokens.count
            for _ in index..<end {
                unsafe add(tokens[index], of: text, &position)
                index += 1
            }
            for _ in index..<min(index + Self.gap, tokens.count) {
                let token = unsafe tokens[index]
                let run = Int(token & 0xff)
                literalCount &+= run
                // A token without a match has no length.
                position &+= run &+ (token >> 31 == 0 ? 0 : Int(token >> 8 & 0xff) &+ 3)
                index += 1
            }
        }
    }

    @inline(__always)
    private mutating func add(_ token: UInt32, of text: UnsafeRawBufferPointer, _ position: inout Int) {
        var run = Int(token & 0xff)
        literalCount += run
        while run > 0 {
            let step = min(run, 8)
            if position + 8 <= text.count {
                let word = unsafe UInt64(littleEndian: text.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                if let group = LiteralGroup(word, count: step) {
                    for pair in 0..<4 { pairs[group.pair(pair)] += 1 }
                    position += step
                    run -= step
                    continue
                }
            }
            for place in position..<position + step { unsafe literals[Int(text[place])] += 1 }
            position += step
            run -= step
        }
        guard token >> 31 != 0 else { return }
        lengths[Int(token >> 8 & 0xff)] += 1
        distances[Int(DistanceSymbol.symbol(token >> 16 & 0x7fff))] += 1
        position += Int(token >> 8 & 0xff) + 3
    }
}
