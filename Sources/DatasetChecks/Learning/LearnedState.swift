import DatasetGen

/// What is learnt of a metric that is one of two values at any time.
struct LearnedState {
    /// As the file writes them.
    let names: [String]
    /// Of all readings, in ten-thousandths that add up to 1.
    let shares: [Double]
    /// Which of the two there is less of.
    let rarer: Int
    /// Microseconds of the rarer one's mean stay.
    let dwell: Int64

    /// Microseconds, some seventeen years.
    private static let longest = 0x1p49

    /// Nil for a metric of more values.
    init?(_ metric: LearnedMetric) {
        guard let (low, high) = metric.values.pair else { return nil }
        let decimals = metric.resolution.decimals
        names = [low, high].map { FixedPoint(count: Int64($0.value), decimals: decimals).text }
        rarer = low.count <= high.count ? 0 : 1
        let least = min(low.count, high.count)
        let part = min(max(Double(least) / Double(low.count + high.count), 0.000_1), 0.5)
        let share = FixedPoint(rounding: part, decimals: 4).double
        shares = rarer == 0 ? [share, 1 - share] : [1 - share, share]
        let interval = metric.series.recording.grid.interval.seconds * 1e6
        let stay = Double(least) / Double(max(1, metric.values.stays)) * interval
        // No stay is shorter than the time between two readings, or longer than a recipe can say.
        dwell = max(Int64(min(stay, Self.longest)).inRoundUnits, Int64(interval.rounded(.up)))
    }
}

extension LearnedMetric {
    /// What a recipe says of a state.
    var stateSection: JSONValue {
        guard let state = LearnedState(self) else { return .object([]) }
        let shares = zip(state.names, state.shares)
            .map { JSONValue.Member(key: $0, value: .rounded($1, decimals: 4)) }
        return [
            "model": "state", "states": .object(shares),
            "dwell": .string(DurationText.text(ofMicroseconds: state.dwell)),
        ]
    }
}
