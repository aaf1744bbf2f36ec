import DatasetGen

/// Whether the time since a sensor's last event tells when the next one begins.
///
/// At each tick between two events the ticks since the last one are a score, and the tick at which the next one begins is
/// the one to find. Over n gaps the area under the ROC curve is then 1 − G, where G is the Gini coefficient of the gaps: ½
/// in a process without memory, 1 for a clock. The standard error is the larger of two. That of Mann and Whitney is
/// √((n + m + 1) / (12 n m)) for m ticks at which none begins: where events stand so densely that hardly any is left, nothing
/// can be told. That of the jackknife over the gaps is large where few gaps make the area: of dense events, the ticks that a
/// long slot has left over behind a short event lie together, and tell nothing of the next.
///
/// Source: Gail and Gastwirth, "A scale-free goodness-of-fit test for the exponential distribution based on the Gini
/// statistic", J. R. Stat. Soc. B 40, 1978; Mann and Whitney, "On a test of whether one of two random variables is
/// stochastically larger than the other", Ann. Math. Statist. 18, 1947; Efron and Stein, "The jackknife estimate of variance",
/// Ann. Statist. 9, 1981.
struct GapMeasure {
    /// What is no leak yet.
    private static let limit = 0.05

    private var gaps: [Int64] = []

    /// Takes note of a gap; `ticks` are those at which the next event could have begun but did not.
    mutating func add(_ ticks: Int64) { gaps.append(ticks) }

    /// The figure of a type; where the probability changes over time, events crowd as asked.
    func figure(_ type: AnomalyType, isSteady: Bool) -> PlacementFigure {
        let (area, deviation) = area.map { ($0.value, $0.deviation) } ?? (nil, 0)
        let (events, waited) = (Double(max(1, gaps.count)), Double(max(1, gaps.reduce(0, +))))
        let error = max(deviation, ((events + waited + 1) / (12 * events * waited)).squareRoot())
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

    /// The area under the ROC curve, and its standard deviation by the jackknife; nil where no event could have begun at another tick.
    private var area: (value: Double, deviation: Double)? {
        let sorted = gaps.sorted()
        let (count, total) = (Double(sorted.count), sorted.reduce(0.0) { $0 + Double($1) })
        guard total > 0 else { return nil }
        // Of the pairs of an event and a tick without one, those in which a gap of some length takes part, as either.
        var shares: [(length: Double, gaps: Double, pairs: Double)] = []
        var (concordant, before) = (0.0, 0.0)
        var index = 0
        while index < sorted.count {
            let end = sorted[index...].firstIndex { $0 > sorted[index] } ?? sorted.count
            let (length, shorter, equal, longer) = (
                Double(sorted[index]), Double(index), Double(end - index), Double(sorted.count - end)
            )
            before += equal * length
            // What of all gaps lies before this length, and half of what lies at it.
            let pairs = before + longer * length + longer / 2
            concordant += equal * pairs
            shares.append((length, equal, pairs + before + longer * length + shorter / 2 - length))
            index = end
        }
        let value = concordant / (count * total)
        // Without one gap; none is left of a single one, and no tick of one that has them all.
        var (sum, squares) = (0.0, 0.0)
        for share in shares where count > 1 && share.length < total {
            let difference = (concordant - share.pairs) / ((count - 1) * (total - share.length)) - value
            sum += share.gaps * difference
            squares += share.gaps * difference * difference
        }
        let variance = max(0, squares - sum * sum / count) * (count - 1) / count
        return (value, variance.squareRoot())
    }
}
