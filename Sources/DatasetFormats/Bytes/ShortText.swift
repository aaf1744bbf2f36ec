/// A text of up to 16 bytes, which is written without a look at how many they are.
struct ShortText: Sendable {
    /// The most bytes of one.
    static let limit = 16

    /// Its bytes, and any others behind them.
    let bytes: SIMD16<UInt8>
    let count: Int

    /// Nil for a text that is longer.
    init?(_ text: String) {
        let utf8 = Array(text.utf8)
        guard utf8.count <= Self.limit else { return nil }
        var bytes = SIMD16<UInt8>()
        for index in utf8.indices { bytes[index] = utf8[index] }
        (self.bytes, count) = (bytes, utf8.count)
    }
}

extension ByteWriter {
    /// Appends a text; the room must be enough for ``ShortText/limit`` bytes.
    @inline(__always)
    mutating func append(_ text: ShortText) {
        append(text.bytes)
        removeLast(ShortText.limit - text.count)
    }
}
