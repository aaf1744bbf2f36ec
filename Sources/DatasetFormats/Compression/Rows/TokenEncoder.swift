/// Writes tokens with the codes of their block; lives as long as the memory that it looks into is lent.
@unsafe
struct TokenEncoder {
    let text: UnsafeRawBufferPointer
    let pairs: UnsafeBufferPointer<UInt64>
    let bytes: UnsafeBufferPointer<UInt64>
    let lengths: UnsafeBufferPointer<UInt64>
    let distances: UnsafeBufferPointer<UInt64>

    /// Writes the tokens of the text from `start` on.
    func write(_ tokens: UnsafeBufferPointer<UInt32>, from start: Int, to writer: inout BitWriter) {
        var position = start
        for index in tokens.indices {
            let token = unsafe tokens[index]
            var run = Int(token & 0xff)
            // Of a long run, such as a place's coordinates, eight at a time.
            while run > 8, unsafe writeGroup(8, at: position, to: &writer) {
                position &+= 8
                run &-= 8
            }
            // Numbers of literals come as they like: the usual ones take one way, be they none or eight.
            if run <= 8, unsafe position &+ 8 <= text.count, token >> 31 != 0,
                let group = unsafe LiteralGroup(word(at: position), count: run)
            {
                let (bits, count) = unsafe code(of: group)
                let (matchBits, matchCount) = unsafe code(ofMatch: token)
                if count &+ matchCount <= 56 {
                    unsafe writer.append(bits | matchBits &<< count, count &+ matchCount)
                    unsafe writer.flush()
                    position &+= run &+ Int(token >> 8 & 0xff) &+ 3
                    continue
                }
            }
            unsafe write(literals: run, at: position, to: &writer)
            position &+= run
            guard token >> 31 != 0 else { continue }
            let (bits, count) = unsafe code(ofMatch: token)
            unsafe writer.append(bits, count)
            unsafe writer.flush()
            position &+= Int(token >> 8 & 0xff) &+ 3
        }
    }

    /// The code of a token's match: up to 20 bits of the length, and 28 of the distance.
    @inline(__always)
    private func code(ofMatch token: UInt32) -> (bits: UInt64, count: UInt64) {
        let length = unsafe lengths[Int(token >> 8 & 0xff)]
        let distance = token >> 16 & 0x7fff
        let entry = unsafe distances[TokenCode.index(ofDistance: distance)]
        // The entry holds lengths without and with extra bits, the code, and a mask of the extra bits.
        let bits = (entry >> 16 & 0xffff) | (UInt64(distance) & entry >> 32) &<< entry
        return (length >> 8 | bits &<< length, length & 0xff &+ entry >> 8 & 0xff)
    }

    /// Codes of a group, if they are not too many bits.
    @inline(__always)
    private func code(of group: LiteralGroup) -> (bits: UInt64, count: UInt64) {
        let first = unsafe pairs[group.pair(0)]
        let second = unsafe pairs[group.pair(1)]
        let third = unsafe pairs[group.pair(2)]
        let fourth = unsafe pairs[group.pair(3)]
        let left = first >> 8 | (second >> 8) &<< first
        let right = third >> 8 | (fourth >> 8) &<< third
        // A pair's code has at most 30 bits: four lengths together fit into the lowest byte.
        return (left | right &<< (first &+ second), (first &+ second &+ third &+ fourth) & 0xff)
    }

    @inline(__always)
    private func word(at position: Int) -> UInt64 {
        unsafe UInt64(littleEndian: text.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    /// Writes up to eight literals at once, if they are a group and their codes are not too many bits.
    @inline(__always)
    private func writeGroup(_ literals: Int, at place: Int, to writer: inout BitWriter) -> Bool {
        guard unsafe place &+ 8 <= text.count, let group = unsafe LiteralGroup(word(at: place), count: literals) else {
            return false
        }
        let (bits, count) = unsafe code(of: group)
        guard count <= 56 else { return false }
        unsafe writer.append(bits, count)
        unsafe writer.flush()
        return true
    }

    private func write(literals count: Int, at start: Int, to writer: inout BitWriter) {
        var (place, rest) = (start, count)
        while rest > 0 {
            let step = min(rest, 8)
            if unsafe writeGroup(step, at: place, to: &writer) {
                place &+= step
                rest &-= step
                continue
            }
            for _ in 0..<step {
                let entry = unsafe bytes[Int(text[place])]
                unsafe writer.append(entry >> 8, entry & 0xff)
                unsafe writer.flush()
                place &+= 1
            }
            rest &-= step
        }
    }
}
