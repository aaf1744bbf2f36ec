/// Which blocks of a dataset are delivered: in any order, where files have a prefix.
package struct BlockSet: Sendable {
    /// Bit `n % 64` of word `n / 64` stands for block `n`.
    private var words: [UInt64]
    /// How many there are.
    package private(set) var count: Int64 = 0

    /// None of so many blocks.
    package init(of blockCount: Int64) {
        words = [UInt64](repeating: 0, count: Int((blockCount + 63) / 64))
    }

    /// Whether a block is there.
    package func contains(_ block: Int64) -> Bool { words[Int(block >> 6)] >> UInt64(block & 63) & 1 == 1 }

    /// Adds a block, which must be one of the dataset's.
    ///
    /// - Returns: whether it was not there.
    @discardableResult
    package mutating func insert(_ block: Int64) -> Bool {
        guard !contains(block) else { return false }
        words[Int(block >> 6)] |= 1 << UInt64(block & 63)
        count += 1
        return true
    }

    /// Whether a number is that of a block.
    package func isBlock(_ number: Int64) -> Bool { number >= 0 && number >> 6 < Int64(words.count) }
}
