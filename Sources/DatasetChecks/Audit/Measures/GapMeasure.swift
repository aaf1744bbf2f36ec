import DatasetGen

/// Whether the time since a sensor's last event tells when the next one begins.
///
/// At each tick between two events the ticks since the last one are a score, and the tick at which the next one begins is
/// the one to find. Over n gaps the area under the ROC curve is then 1 − G, where G is the Gini coefficient of the gaps: ½
/// in a process without memory, 1 for a clock. The standard error is that of Mann and Whitney, √((n + m + 1) / (12 n m)) for m
/// ticks at which none begins: where events stand so densely that hardly any is left, nothing can be told.
///
/// Source: Gail and Gastwirth, "A scale-free goodness-of-fit test for the exponential distribution based on the Gini
/// statistic", J. R. Stat. Soc. B 40, 1978; Mann and Whitney, "On a test of whether one of two random variables is
/// stochastically larger than the other", Ann. Math. Statist. 18, 1947.
struct GapMeasure {
    /// What is no leak yet.
    private static let limit = 0.05

    private var gaps: [Int64] = []

    /// Takes note of a gap; `ticks` are those at which the next event could have begun but did not.
    mutating func add(_ ticks: Int64) { gaps.append(ticks) }

    /// The figure of a type; where the probability changes over time, events crowd as asked.
    func figure(_ type: AnomalyType, isSteady: Bool) -> PlacementFigure {
        let area = area
        let (events, waited) = (Double(max(1, gaps.count)), Double(max(1, gaps.reduce(0, +))))
        let error = ((events + waited + 1) / (12 * events * waited)).squareRoot()
        let difference = (area ?? 0.5) - 0.5
        let excess = isSteady ? difference.magnitude : difference
        // A leak must be seen, or nothing has been; five standard errors, as many are audited.
        let leaks: Verdict =
            excess >= Self.limit && excess > 5 * error
            ? .yes : (area == nil || 5 * error > Self.limit ? .tooFew : .no)
        return PlacementFigure(
            subject: .timeSinceLast,
            type: type,
            events: gaps.count,
            value: area,
            chance: 0.5,
            leaks: leaks
        )
    }

    /// The area under the ROC curve; nil where no event could have begun at another tick.
    var area: Double? {
        let sorted = gaps.sorted()
        let total = sorted.reduce(0.0) { $0 + Double($1) }
        guard total > 0 else { return nil }
        // Of each gap: what of all gaps lies before its length, and half of what lies at it.
        var (concordant, before) = (0.0, 0.0)
        var index = 0
        while index < sorted.count {
            let length = sorted[index]
            let end = sorted[index...].firstIndex { $0 > length } ?? sorted.count
            let (equal, longer) = (Double(end - index), Double(sorted.count - end))
            before += equal * Double(length)
            concordant += equal * (before + longer * Double(length) + longer / 2)
            index = end
        }
        return concordant / (Double(sorted.count) * total)
    }
}
