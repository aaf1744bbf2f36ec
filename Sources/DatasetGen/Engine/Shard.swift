/// One of so many parts of a whole that follow one another and are as long as one another, or one longer.
///
/// Of 100 units, the shard `3/16` has those from 18 to 24.
public struct Shard: Hashable, Sendable {
    /// Which one, from 0.
    public let index: Int
    /// How many there are.
    public let count: Int

    /// As many as the names of files have digits for.
    public static let greatestCount = 100_000

    /// One of so many; nil unless there is such a one, and not more than ``greatestCount``.
    public init?(_ index: Int, of count: Int) {
        guard (1...Self.greatestCount).contains(count), (0..<count).contains(index) else { return nil }
        (self.index, self.count) = (index, count)
    }

    /// Reads `3/16`, the fourth of sixteen; nil for anything else.
    public init?(parsing text: String) {
        let numbers = text.split(separator: "/", omittingEmptySubsequences: false)
        guard numbers.count == 2, numbers.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let index = Int(numbers[0]), let count = Int(numbers[1])
        else { return nil }
        self.init(index, of: count)
    }

    /// As ``init(parsing:)`` reads it: `3/16`.
    public var text: String { "\(index)/\(count)" }

    /// Which of so many units are its own; none where there are fewer than shards.
    public func part(of unitCount: Int64) -> Range<Int64> {
        begin(of: Int64(index), unitCount)..<begin(of: Int64(index) + 1, unitCount)
    }

    private func begin(of index: Int64, _ unitCount: Int64) -> Int64 {
        let (whole, rest) = unitCount.quotientAndRemainder(dividingBy: Int64(count))
        return index * whole + index * rest / Int64(count)
    }
}
