/// A part of a text as literals and matches.
///
/// A token is `literals | (length - 3) << 8 | (distance - 1) << 16 | 1 << 31`: up to 255 literals, which are the next
/// bytes of the text, and a match behind them, if the highest bit is set. Storage is kept.
@safe
final class DeflateTokens {
    private var room = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: 0)
    /// Number of tokens.
    private(set) var count = 0

    deinit {
        unsafe room.deallocate()
    }

    /// Takes down `range` of a text anew: `body` leaves all of it to the writer.
    @inline(__always)
    func rewrite(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (inout TokenWriter) -> Void) {
        // A token stands for 3 bytes at least, or for 255 literals, or for the last ones.
        let limit = range.count / 3 + range.count / 255 + 2
        if unsafe room.count < limit {
            unsafe room.deallocate()
            unsafe room = .allocate(capacity: limit)
        }
        guard let tokens = unsafe room.baseAddress else { return }
        var writer = unsafe TokenWriter(text, from: range.lowerBound, tokens)
        unsafe body(&writer)
        unsafe writer.finish(at: range.upperBound)
        count = unsafe writer.count
    }

    /// The tokens, until the next ones are taken down.
    @unsafe
    var tokens: UnsafeBufferPointer<UInt32> { unsafe UnsafeBufferPointer(rebasing: room[..<count]) }
}
