import DatasetGen
import Testing

@Suite struct RandomTests {
    /// The numbers of a seed never change: these were recorded when the generator was made.
    @Test func numbersOfASeedAreFixed() {
        let key = RandomKey(seed: 42).derived("sensor", 7)
        #expect([key.bits(0), key.bits(1), key.bits(.max)] == Self.recordedBits)
        #expect(NormalDeviates(key)[3].bitPattern == Self.recordedDeviate)
    }

    private static let recordedBits: [UInt64] = [
        7_721_720_597_388_625_896, 8_343_137_134_261_833_364, 16_271_877_408_735_321_226,
    ]
    private static let recordedDeviate: UInt64 = 13_822_938_631_494_629_687

    @Test func bitsAreBalancedAndIndependentOfTheirNeighbours() {
        let key = RandomKey(seed: 1)
        let count = 200_000
        var ones = [Int](repeating: 0, count: 64)
        var flips = [Int](repeating: 0, count: 64)
        for counter in 0..<UInt64(count) {
            let (bits, next) = (key.bits(counter), key.bits(counter + 1))
            for bit in 0..<64 {
                ones[bit] += Int(bits >> UInt64(bit) & 1)
                flips[bit] += Int((bits ^ next) >> UInt64(bit) & 1)
            }
        }
        // A fair coin's share of n throws has the standard error ½ / √n; five of them for 128 comparisons.
        let tolerance = 5 * 0.5 / Double(count).squareRoot()
        for share in (ones + flips).map({ Double($0) / Double(count) }) {
            #expect(abs(share - 0.5) < tolerance)
        }
    }

    @Test func streamsOfDifferentKeysShareNoNumbers() {
        let root = RandomKey(seed: 3)
        var seen: Set<UInt64> = []
        for stream in 0..<100 as Range<UInt64> {
            for counter in 0..<1_000 as Range<UInt64> { seen.insert(root.stream(stream).bits(counter)) }
        }
        #expect(seen.count == 100_000)
    }

    @Test func normalDeviatesHaveTheNormalDistribution() {
        let deviates = NormalDeviates(RandomKey(seed: 5))
        let count = 2_000_000
        var (sum, squares, fourth) = (0.0, 0.0, 0.0)
        var beyond = [0, 0, 0, 0, 0]
        for counter in 0..<UInt64(count) {
            let x = deviates[counter]
            sum += x
            squares += x * x
            fourth += x * x * x * x
            for limit in 1...4 where abs(x) > Double(limit) { beyond[limit] += 1 }
        }
        // Standard errors for n = 2 · 10⁶: mean 0.0007, variance 0.001, fourth moment 0.007; four of each.
        let n = Double(count)
        #expect(abs(sum / n) < 0.0028)
        #expect(abs(squares / n - 1) < 0.004)
        #expect(abs(fourth / n - 3) < 0.028)
        // Two-sided tail probabilities; the last two lie in the ziggurat's wedges and tail.
        for (limit, probability) in [(1, 0.317_310_5), (2, 0.045_500_3), (3, 0.002_699_8), (4, 0.000_063_34)] {
            let tolerance = 4 * (probability / n).squareRoot()
            #expect(abs(Double(beyond[limit]) / n - probability) < tolerance, "beyond \(limit)")
        }
    }

    @Test func integersAreUniformBelowTheirBound() {
        let key = RandomKey(seed: 6)
        var counts = [Int](repeating: 0, count: 7)
        for counter in 0..<70_000 as Range<UInt64> { counts[Int(key.integer(counter, below: 7))] += 1 }
        // χ² with 6 degrees of freedom exceeds 22.5 with p = 0.001.
        let statistic = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
        #expect(statistic < 22.5)
    }
}
