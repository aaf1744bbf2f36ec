import DatasetGen

/// Hashes rows as a store gives them back, so that their sum tells whether the same rows are there, in whatever order.
protocol RowHasher: Sendable {
    /// Adds the hashes of the rows of a block to the groups that they are of.
    func add(_ readings: ReadingSlice, _ windows: ProofWindows, to sums: inout GroupSums)
}

/// A hash of bytes that changes with every bit of them; not one that withstands somebody who looks for a collision.
struct ByteHash {
    private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// Adds eight bytes, or fewer with zeros behind them.
    @inline(__always)
    mutating func add(_ word: UInt64) {
        state = (state ^ word) &* 0xbf58_476d_1ce4_e5b9
        state ^= state >> 29
    }

    /// The hash of `count` bytes.
    @inline(__always)
    func finish(count: Int) -> UInt64 {
        var value = state ^ UInt64(truncatingIfNeeded: count)
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
