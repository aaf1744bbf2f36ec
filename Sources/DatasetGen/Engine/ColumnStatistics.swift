/// Count, range and moments of a column of integers, exact: the order of the readings does not matter.
public struct ColumnStatistics: Hashable, Sendable {
    /// Readings that are not NULL.
    public private(set) var count: Int64 = 0
    /// Readings that are NULL.
    public private(set) var nulls: Int64 = 0
    /// The least count of 10⁻ᵈ; meaningless when ``count`` is 0.
    public private(set) var minimum = Int64.max
    /// The greatest count of 10⁻ᵈ; meaningless when ``count`` is 0.
    public private(set) var maximum = Int64.min
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

    /// Adds readings of a column, none of them NULL, as counts of a coarser unit: `factor` of this column's each.
    mutating func add(_ column: Span<Int32>, _ range: Range<Int>, factor: Int64) {
        guard range.count > 4 else {
            for index in range { add(Int64(column[index]) * factor) }
            return
        }
        var total: Int64 = 0
        var (low, high): (UInt64, UInt64) = (0, 0)
        var (least, greatest) = (Int32.max, Int32.min)
        for index in range {
            let value = column[index]
            total &+= Int64(value)
            // A square has up to 62 bits: both halves are summed apart, so that a block's sum fits.
            let square = UInt64(truncatingIfNeeded: Int64(value) &* Int64(value))
            low &+= square & 0xffff_ffff
            high &+= square >> 32
            least = min(least, value)
            greatest = max(greatest, value)
        }
        count += Int64(range.count)
        sum += Int128(total) * Int128(factor)
        squares += (Int128(high) << 32 + Int128(low)) * Int128(factor * factor)
        minimum = min(minimum, Int64(least) * factor)
        maximum = max(maximum, Int64(greatest) * factor)
    }

    private mutating func add(_ value: Int64) {
        count += 1
        sum += Int128(value)
        squares += Int128(value) * Int128(value)
        minimum = min(minimum, value)
        maximum = max(maximum, value)
    }

    /// Adds readings that are NULL.
    mutating func addNulls(_ added: Int) { nulls += Int64(added) }

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
