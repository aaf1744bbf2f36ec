import DatasetFormats

/// Takes values from the bytes of an input; behind its end all are zero.
struct ByteCursor {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { index >= bytes.count }

    mutating func next() -> Int {
        guard index < bytes.count else { return 0 }
        index += 1
        return Int(bytes[index - 1])
    }

    /// A whole number of any length.
    mutating func number() -> Int64 {
        let count = next() % 9
        return (0..<count).reduce(0) { value, _ in value << 8 | Int64(next()) }
    }

    /// How often a row is written: mostly once.
    mutating func repetitions() -> Int {
        let byte = next()
        return byte < 200 ? 1 : 1 + (byte - 200) * 4
    }

    mutating func value() -> SQLiteValue {
        switch next() % 6 {
        case 0: .null
        case 1: .integer(number())
        case 2: .integer(~number())
        case 3:
            // SQLite has no NaN.
            .real([Double(number()), -0.0, .infinity, .leastNonzeroMagnitude, 0.1][next() % 5])
        case 4: .text(String(repeating: ["a", "\0", "é", "\u{2028}", "😀", "'"][next() % 6], count: length()))
        default: .blob([UInt8](repeating: UInt8(next()), count: length()))
        }
    }

    /// Mostly short, at times some pages.
    private mutating func length() -> Int {
        let byte = next()
        return byte < 128 ? byte : byte < 250 ? (byte - 127) * 12 : (byte - 249) * 9_000 + next()
    }
}
