/// The scale of an axis of values: its range, and ticks at round numbers.
struct AxisScale {
    /// What the axis shows.
    let range: ClosedRange<Double>
    /// Round numbers in the range, from the lowest.
    let ticks: [Double]
    private let decimals: Int
    /// What stands for the numbers from 0 on; empty where they stand for themselves.
    private let states: [String]

    /// An axis of states, of which each has its own line.
    init(states: [String]) {
        self.states = states
        ticks = states.indices.map(Double.init)
        range = -0.2...Double(max(1, states.count - 1)) + 0.2
        decimals = 0
    }

    /// An axis that shows `values` and a little more on either side, with `tickCount` ticks or fewer.
    init(showing values: ClosedRange<Double>, tickCount: Int) {
        let span = values.upperBound - values.lowerBound
        let margin = span > 0 ? span * 0.06 : 1
        range = values.lowerBound - margin...values.upperBound + margin
        let least = (range.upperBound - range.lowerBound) / Double(tickCount)
        // The power of ten at or below the least distance of two ticks, which is then 1, 2, 5 or 10 times that.
        var (power, exponent) = (1.0, 0)
        while power * 10 <= least { (power, exponent) = (power * 10, exponent + 1) }
        while power > least, exponent > -9 { (power, exponent) = (power / 10, exponent - 1) }
        let factor = [1.0, 2, 5].first { $0 * power >= least } ?? 10
        decimals = max(0, factor == 10 ? -exponent - 1 : -exponent)
        let step = factor * power
        let (first, last) = ((range.lowerBound / step).rounded(.up), (range.upperBound / step).rounded(.down))
        states = []
        ticks = stride(from: first, through: last, by: 1).map { $0 * step }
    }

    /// Where a value lies: 0 at the lower end, 1 at the upper.
    func position(of value: Double) -> Double {
        (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    }

    /// The text of a tick, with as many digits as the others.
    func label(of tick: Double) -> String {
        guard !states.isEmpty else { return Readable.fixed(tick, decimals: decimals) }
        // What has room left of the panels.
        return states[Int(tick)].shortened(to: 12)
    }
}
