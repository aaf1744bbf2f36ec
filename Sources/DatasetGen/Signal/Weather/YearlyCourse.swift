/// A quantity whose mean is known for each month, at any time of the year: a smooth curve through the middles of the months
/// (Catmull and Rom, "A class of local interpolating splines", 1974), raised where it bends so that it keeps their means.
struct YearlyCourse: Sendable {
    private let values: [Double]

    init(monthlyMeans means: [Double]) {
        // The curve's mean over a month is (161 v₀ + 18 (v₋₁ + v₁) − 2.5 (v₋₂ + v₂)) / 192: undone to first order.
        values = means.indices
            .map { month in
                func mean(_ step: Int) -> Double { means[(month + step + 12) % 12] }
                let smoothed =
                    (161 * mean(0) + 18 * (mean(-1) + mean(1)) - 2.5 * (mean(-2) + mean(2))) / 192
                return 2 * mean(0) - smoothed
            }
    }

    /// The value when a part of the year, 0..<1, has passed.
    func value(at part: Double) -> Double {
        let place = part * 12 + 11.5
        let month = Int(place)
        let f = place - Double(month)
        let (a, b, c, d) = (
            values[(month - 1) % 12], values[month % 12], values[(month + 1) % 12], values[(month + 2) % 12]
        )
        return b + 0.5 * f * (c - a + f * (2 * a - 5 * b + 4 * c - d + f * (3 * (b - c) + d - a)))
    }
}
