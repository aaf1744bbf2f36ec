import DatasetGen

extension LagMeasure {
    /// How telling the most telling lag of any two sensors is.
    func figure(_ type: AnomalyType, _ lags: [(first: Int, second: Int, lag: Lag)]) -> PlacementFigure {
        guard let best = lags.map(\.lag).min(by: { $0.probability < $1.probability }) else {
            return PlacementFigure(
                subject: .otherSensor,
                type: type,
                events: 0,
                value: nil,
                chance: 0,
                leaks: .tooFew
            )
        }
        let probability = best.probability * Double(lags.count)
        let leaks = Self.tells(count: best.count, expected: best.expected, events: best.events, probability)
        return PlacementFigure(
            subject: .otherSensor,
            type: type,
            events: best.events,
            value: Double(best.count) / Double(best.events),
            chance: best.expected / Double(best.events),
            leaks: leaks ? .yes : .no
        )
    }

    /// How many of these events lie at the lags that are most frequent in others.
    func figure(_ type: AnomalyType, learned lags: [(first: Int, second: Int, lag: Lag)]) -> PlacementFigure {
        var (count, expected, events) = (0, 0.0, 0)
        for (first, second, lag) in lags {
            count += self.count(first, second, at: lag.ticks)
            expected += self.expected(first, second)
            events += min(starts[first].count, starts[second].count)
        }
        let probability = Poisson.probability(ofAtLeast: count, mean: expected)
        let leaks = Self.tells(count: count, expected: expected, events: events, probability)
        return PlacementFigure(
            subject: .otherSeed,
            type: type,
            events: events,
            value: events == 0 ? nil : Double(count) / Double(events),
            chance: events == 0 ? 0 : expected / Double(events),
            leaks: leaks ? .yes : (events == 0 ? .tooFew : .no)
        )
    }

    /// Whether events at a lag are three times as many as expected, a tenth of all, and no chance.
    private static func tells(count: Int, expected: Double, events: Int, _ probability: Double) -> Bool {
        Double(count) >= 3 * expected && 10 * count >= events && probability < 1e-4
    }
}
