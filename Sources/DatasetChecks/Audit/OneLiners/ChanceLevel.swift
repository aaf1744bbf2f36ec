import DatasetGen

/// What a detector achieves that flags each reading with one probability q, whatever it is.
///
/// It finds an event of L readings with 1 − (1 − q)ᴸ. Of n normal readings in s stretches, q starts a run of false alarms
/// at the first of each stretch, and q (1 − q) at each other one. The level is the F1 of the expected numbers at the best
/// q, among 32 per decade from 10⁻⁷ to 1.
struct ChanceLevel {
    var events: [(length: Int64, count: Int64)]
    var normal: Int64
    var stretches: Int64

    /// The level.
    var f1: Double {
        let total = Double(events.reduce(0) { $0 + $1.count })
        guard total > 0 else { return 0 }
        var best = 0.0
        for step in 0...224 {
            let rate = Elementary.exponential(Double(step - 224) / 32 * 2.302_585_092_994_046)
            let hits = events.reduce(0) { $0 + Double($1.count) * (1 - Self.power(1 - rate, $1.length)) }
            let runs = rate * Double(stretches) + rate * (1 - rate) * Double(max(0, normal - stretches))
            best = max(best, 2 * hits / (total + hits + runs))
        }
        return best
    }

    private static func power(_ base: Double, _ exponent: Int64) -> Double {
        var (result, square, rest) = (1.0, base, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result *= square }
            square *= square
            rest >>= 1
        }
        return result
    }
}
