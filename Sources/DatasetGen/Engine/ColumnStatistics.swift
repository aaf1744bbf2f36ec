/// Count, range and moments of a column of integers, exact: the order of the readings does not matter.
public struct ColumnStatistics: Hashable, Sendable {
    /// Readings that are not NULL.
    public internal(set) var count: Int64 = 0
    /// Readings that are NULL.
    public internal(set) var nulls: Int64 = 0
    /// The least count of 10⁻ᵈ; meaningless when ``count`` is 0.
    public internal(set) var minimum = Int64.max
    /// The greatest count of 10⁻ᵈ; meaningless when ``count`` is 0.
    public internal(set) var maximum = Int64.min
    var sum: Int128 = 0
    var squares: Int128 = 0
    /// Of a state: how many readings have which; otherwise nothing.
    public internal(set) var stateCounts: [Int64]

    /// No readings; of a state with so many texts.
    public init(stateCount: Int = 0) {
        stateCounts = Array(repeating: 0, count: stateCount)
    }

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
    package mutating func add(_ column: Span<Int32>, _ range: Range<Int>, factor: Int64) {
        guard stateCounts.isEmpty else {
            for index in range where stateCounts.indices.contains(Int(column[index])) {
                stateCounts[Int(column[index])] += 1
            }
            count += Int64(range.count)
            return
        }
        var begin = range.lowerBound
        while range.upperBound - begin > 8 {
            let end = min(begin + Self.pieceLength, range.upperBound)
            addPiece(column, begin..<end, factor: factor)
            begin = end
        }
        for index in begin..<range.upperBound { add(Int64(column[index]) * factor) }
    }

    /// Adds a piece in floating point, if all readings are so near to the first that every sum is exact.
    private mutating func addPiece(_ column: Span<Int32>, _ range: Range<Int>, factor: Int64) {
        let pivot = column[range.lowerBound]
        var (sums, squares) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        var (least, greatest) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
        var index = range.lowerBound
        while index + 4 <= range.upperBound {
            let values = SIMD4<Double>(
                SIMD4(column[index], column[index + 1], column[index + 2], column[index + 3]) &- SIMD4(repeating: pivot)
            )
            sums += values
            squares += values * values
            // Not by pointwiseMin and pointwiseMax, which are calls.
            least.replace(with: values, where: values .< least)
            greatest.replace(with: values, where: values .> greatest)
            index += 4
        }
        let (low, high) = (least.min(), greatest.max())
        // 512 squares below 2⁴⁴ make less than 2⁵³. From such a pivot, no difference wraps around to a small one.
        let isNear = low > -Self.farthest && high < Self.farthest && abs(Int64(pivot)) < Int64(Int32.max) - 1 << 22
        guard isNear else {
            for index in range { add(Int64(column[index]) * factor) }
            return
        }
        let number = Int128(index - range.lowerBound)
        let (middle, scale) = (Int128(pivot), Int128(factor))
        let sum = Int128(sums.sum())
        count += Int64(number)
        self.sum += (number * middle + sum) * scale
        self.squares += (number * middle * middle + 2 * middle * sum + Int128(squares.sum())) * scale * scale
        minimum = min(minimum, (Int64(pivot) + Int64(low)) * factor)
        maximum = max(maximum, (Int64(pivot) + Int64(high)) * factor)
        for rest in index..<range.upperBound { add(Int64(column[rest]) * factor) }
    }

    /// Readings whose sums are taken in floating point.
    private static let pieceLength = 512
    /// How far from the first they may be.
    private static let farthest = 0x1p22

    private mutating func add(_ value: Int64) {
        count += 1
        sum += Int128(value)
        squares += Int128(value) * Int128(value)
        minimum = min(minimum, value)
        maximum = max(maximum, value)
    }

    /// Adds readings of a column, some of which may be NULL.
    mutating func addOptional(_ column: Span<Int32>, _ range: Range<Int>, factor: Int64) {
        var begin = range.lowerBound
        for index in range where column[index] == ReadingBlock.null {
            add(column, begin..<index, factor: factor)
            nulls += 1
            begin = index + 1
        }
        add(column, begin..<range.upperBound, factor: factor)
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
        for state in stateCounts.indices { stateCounts[state] += other.stateCounts[state] }
    }
}

extension ColumnStatistics: StoredState {
    package func store(in state: inout StateWriter) {
        for number in [count, nulls, minimum, maximum] { state.append(number) }
        for number in [sum, squares] { state.append(number) }
        state.append(stateCounts)
    }

    package init(from state: inout StateReader) throws(StateError) {
        (count, nulls) = (try state.next(), try state.next())
        (minimum, maximum) = (try state.next(), try state.next())
        (sum, squares) = (try state.next(), try state.next())
        stateCounts = try state.next()
    }
}
