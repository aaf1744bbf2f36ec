import DatasetGen
import Testing

@Suite struct ColumnStatisticsTests {
    /// Columns of any length, near a value or all over the range: moments are those of exact sums.
    @Test(arguments: 0..<300)
    func momentsAreExact(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...[3, 20, 600, 3_000].randomElement(using: &random)!, using: &random)
        let spread = [0, 1, 100, 4_000_000, 5_000_000, Int32.max].randomElement(using: &random)!
        let middle = [0, 101_325, -40_000, Int32.max, -Int32.max].randomElement(using: &random)!
        let column = (0..<count)
            .map { _ in
                let value = Int64(middle) + Int64.random(in: -Int64(spread)...Int64(spread), using: &random)
                return Int32(min(max(value, Int64(-Int32.max)), Int64(Int32.max)))
            }
        let factor = [1, 10, 1_000].randomElement(using: &random)! as Int64
        let cut = count == 0 ? 0 : Int.random(in: 0...count, using: &random)
        var statistics = ColumnStatistics()
        statistics.add(column.span, 0..<cut, factor: factor)
        statistics.add(column.span, cut..<count, factor: factor)

        #expect(statistics.count == Int64(count))
        guard count > 0 else { return }
        let values = column.map { Int128($0) * Int128(factor) }
        let (sum, squares) = (values.reduce(0, +), values.reduce(0) { $0 + $1 * $1 })
        #expect(statistics.mean == Double(sum) / Double(count))
        #expect(statistics.minimum == Int64(values.min()!) && statistics.maximum == Int64(values.max()!))
        // n² times the variance, a whole number.
        let variance = Double(Int128(count) * squares - sum * sum) / Double(count) / Double(count)
        let deviation = statistics.standardDeviation ?? -1
        #expect(abs(deviation * deviation - variance) <= 1e-9 * variance)
    }
}
