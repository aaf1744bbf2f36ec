/// Takes down a text as literals and matches; a kernel's view of ``DeflateTokens``.
///
/// A match is opened where it begins, and closed where the equal bytes end; one that is too short to be worth its
/// distance stays literals.
@unsafe
struct TokenWriter {
    let text: UnsafeRawPointer
    /// Length of the text.
    let end: Int
    private let tokens: UnsafeMutablePointer<UInt32>
    /// Number of tokens.
    private(set) var count = 0
    /// Where the literals begin that no token holds yet.
    private(set) var literals: Int
    /// Where the open match begins.
    private var opening = 0
    /// The distance of the open match; 0 if none is open.
    private(set) var distance = 0

    init(_ text: UnsafeRawBufferPointer, from start: Int, _ tokens: UnsafeMutablePointer<UInt32>) {
        // No text is never read.
        unsafe self.text = text.baseAddress ?? UnsafeRawPointer(tokens)
        unsafe end = text.count
        unsafe self.tokens = unsafe tokens
        unsafe literals = start
    }

    /// Opens a match, if none is open; it begins behind the last one at the earliest.
    @inline(__always)
    mutating func open(at position: Int, distance: Int) {
        assert((1...DistanceSymbol.window).contains(distance), "a distance that no symbol has")
        unsafe opening = max(position, literals)
        unsafe self.distance = distance
    }

    /// Opens a match at `position`, or so many bytes before as `lead` says, if the open match does not reach further back.
    @inline(__always)
    mutating func reopen(at position: Int, lead: Int, equal: Int, distance: Int) {
        if unsafe self.distance != 0, unsafe opening >= position - lead {
            unsafe open(at: position - lead, distance: distance)
        } else {
            unsafe close(at: position + equal)
            unsafe open(at: position + equal, distance: distance)
        }
    }

    /// Closes the open match, if any.
    @inline(__always)
    mutating func close(at position: Int) {
        let length = unsafe position - opening
        if unsafe distance != 0, unsafe length >= (distance <= 512 ? 4 : distance <= 4_096 ? 5 : 6) {
            unsafe appendMatch(length)
        }
        unsafe distance = 0
    }

    @inline(__always)
    private mutating func appendMatch(_ length: Int) {
        let run = unsafe opening &- literals
        unsafe literals = opening &+ length
        if run | length < 256 {
            unsafe appendMatch(run, length)
        } else {
            unsafe appendLongMatch(run, length)
        }
    }

    /// Takes down a match whose literals or bytes do not fit into one token.
    @inline(never)
    private mutating func appendLongMatch(_ run: Int, _ length: Int) {
        var (run, rest) = (run, length)
        while run > 255 {
            unsafe append(255)
            run -= 255
        }
        while rest > 258 {
            // What remains must be a match, too: at least 3 bytes.
            let part = min(258, rest - 3)
            unsafe appendMatch(run, part)
            run = 0
            rest -= part
        }
        unsafe appendMatch(run, rest)
    }

    @inline(__always)
    private mutating func appendMatch(_ run: Int, _ length: Int) {
        unsafe append(
            UInt32(truncatingIfNeeded: run) | UInt32(truncatingIfNeeded: length &- 3) << 8
                | UInt32(truncatingIfNeeded: distance &- 1) << 16 | 1 << 31
        )
    }

    @inline(__always)
    private mutating func append(_ token: UInt32) {
        unsafe tokens[count] = token
        unsafe count &+= 1
    }

    /// Closes what is open, and takes the rest before `position` as literals.
    mutating func finish(at position: Int) {
        unsafe close(at: position)
        var run = unsafe position - literals
        unsafe literals = position
        while run > 0 {
            unsafe append(UInt32(min(run, 255)))
            run -= 255
        }
    }

    /// How many bytes from `position` on equal those from `source` on, up to `limit`; the text goes on for 8 bytes more.
    @inline(__always)
    func equalBytes(_ position: Int, _ source: Int, atMost limit: Int) -> Int {
        var count = 0
        while count < limit {
            let difference = unsafe word(at: position &+ count) ^ word(at: source &+ count)
            if difference != 0 { return min(limit, count &+ difference.trailingZeroBitCount >> 3) }
            count &+= 8
        }
        return limit
    }

    /// How many bytes before `position` equal those before `source`, up to `limit` and to 8.
    @inline(__always)
    func equalBytes(before position: Int, _ source: Int, atMost limit: Int) -> Int {
        guard source >= 8 else { return 0 }
        let difference = unsafe word(at: position - 8) ^ word(at: source - 8)
        return min(limit, difference.leadingZeroBitCount >> 3)
    }

    /// Eight bytes of the text.
    @inline(__always)
    func word(at position: Int) -> UInt64 {
        unsafe UInt64(littleEndian: text.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }
}
