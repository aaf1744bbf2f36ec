/// Writes tokens with the codes of their block; lives as long as the memory that it looks into is lent.
@unsafe
struct TokenEncoder {
    let text: UnsafeRawBufferPointer
    let pairs: UnsafeBufferPointer<UInt64>
    let bytes: UnsafeBufferPointer<UInt64>
    let lengths: UnsafeBufferPointer<UInt64>
    let symbols: UnsafeBufferPointer<UInt64>

    /// Writes the tokens of the text from `start` on.
    func write(_ tokens: UnsafeBufferPointer<UInt32>, from start: Int, to writer: inout BitWriter) {
        var position = start
        for index in tokens.indices {
            let token = unsafe tokens[index]
            let run = Int(token & 0xff)
            unsafe write(literals: run, at: position, to: &writer)
            position &+= run
            guard token >> 31 != 0 else { continue }
            let length = Int(token >> 8 & 0xff)
            let distance = token >> 16 & 0x7fff
            let symbol = DistanceSymbol.symbol(distance)
            let extraBits = UInt64(DistanceSymbol.extraBits(symbol))
            let lengthEntry = unsafe lengths[length]
            let symbolEntry = unsafe symbols[Int(symbol)]
            let extra = UInt64(distance) & (1 &<< extraBits &- 1)
            // At most 20 + 15 + 13 bits.
            unsafe writer.append(
                lengthEntry >> 8 | (symbolEntry >> 8 | extra &<< symbolEntry) &<< lengthEntry,
                lengthEntry & 0xff &+ symbolEntry & 0xff &+ extraBits
            )
            unsafe writer.flush()
            position &+= length &+ 3
        }
    }

    @inline(__always)
    private func write(literals count: Int, at start: Int, to writer: inout BitWriter) {
        var (place, rest) = (start, count)
        while rest > 0 {
            let step = min(rest, 8)
            if unsafe place + 8 <= text.count {
                let word = unsafe text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                if let group = LiteralGroup(word, count: step), unsafe write(group, to: &writer) {
                    place += step
                    rest -= step
                    continue
                }
            }
            for _ in 0..<step {
                let entry = unsafe bytes[Int(text[place])]
                unsafe writer.append(entry >> 8, entry & 0xff)
                unsafe writer.flush()
                place += 1
            }
            rest -= step
        }
    }

    /// Writes a group at once; false, and nothing is written, if its codes are too long for that.
    @inline(__always)
    private func write(_ group: LiteralGroup, to writer: inout BitWriter) -> Bool {
        let first = unsafe pairs[group.pair(0)]
        let second = unsafe pairs[group.pair(1)]
        let third = unsafe pairs[group.pair(2)]
        let fourth = unsafe pairs[group.pair(3)]
        // A pair's code has at most 30 bits: four lengths together fit into the lowest byte.
        let length = (first &+ second &+ third &+ fourth) & 0xff
        guard length <= 56 else { return false }
        let left = first >> 8 | (second >> 8) &<< first
        let right = third >> 8 | (fourth >> 8) &<< third
        unsafe writer.append(left | right &<< (first &+ second), length)
        unsafe writer.flush()
        return true
    }
}
