/// Count, range and moments of a column of integers, exact: the order of the readings does not matter.
public struct ColumnStatistics: Hashable, Sendable {
    /// Readings that are not NULL.
    public private(set) var count: Int64 = 0
    /// Readings that are NULL.
    public private(set) var nulls: Int64 = 0
    /// The least count of 10⁻ᵈ; meaningless when ``count`` is 0.
    public private(set) var minimum = Int32.max
    /// The greatest count of 10⁻ᵈ; meaningless when ``count`` is 0.
    public private(set) var maximum = Int32.min
    private var sum: Int128 = 0
    private var squares: Int128 = 0

    /// No readings.
    public init() {}

    /// The mean in counts of 10⁻ᵈ; nil without readings.
    public var mean: Double? {
        count == 0 ? nil : Double(sum) / Double(count)
    }

    /// The standard deviation of the readings, as a population, in counts of 10⁻ᵈ; nil without readings.
    public var standardDeviation: Double? {
        guard count > 0 else { return nil }
        // Around the nearest whole mean, so that the subtraction is exact.
        let (n, pivot) = (Int128(count), sum / Int128(count))
        let central = squares - 2 * pivot * sum + n * pivot * pivot
        let rest = Double(sum - n * pivot) / Double(count)
        return max(0, Double(central) / Double(count) - rest * rest).squareRoot()
    }

    /// Adds the first `count` readings of a column without NULLs.
    mutating func add(_ column: [Int32], count added: Int) {
        let column = column.span
        var total: Int64 = 0
        var (low, high): (UInt64, UInt64) = (0, 0)
        var (least, greatest) = (minimum, maximum)
        for index in 0..<added {
            let value = column[index]
            total &+= Int64(value)
            // A square has up to 62 bits: both halves are summed apart, so that a block's sum fits.
            let square = UInt64(truncatingIfNeeded: Int64(value) &* Int64(value))
            low &+= square & 0xffff_ffff
            high &+= square >> 32
            least = min(least, value)
            greatest = max(greatest, value)
        }
        count += Int64(added)
        sum += Int128(total)
        squares += Int128(high) << 32 + Int128(low)
        (minimum, maximum) = (least, greatest)
    }

    /// Adds one reading.
    mutating func add(_ value: Int32) {
        guard value != ReadingBlock.null else {
            nulls += 1
            return
        }
        count += 1
        sum += Int128(value)
        squares += Int128(value) * Int128(value)
        minimum = min(minimum, value)
        maximum = max(maximum, value)
    }

    /// Adds the readings of another column.
    mutating func merge(_ other: ColumnStatistics) {
        count += other.count
        nulls += other.nulls
        sum += other.sum
        squares += other.squares
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }
}
