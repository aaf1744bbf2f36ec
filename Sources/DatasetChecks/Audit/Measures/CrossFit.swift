/// How well a group that a reading belongs to (its sensor, its place, its hour) tells whether it is anomalous.
///
/// Ranking groups by their own share of anomalies would find a difference in any data by chance. So the readings are
/// halved: the groups are ranked by their shares in one half, and the area under the ROC curve is taken in the other,
/// both ways round. What is no more than chance in one half says nothing about the other, and the area is about ½.
struct CrossFit {
    /// The readings of a group in one half.
    struct Counts {
        var normal: Int64 = 0
        var anomalous: Int64 = 0
    }

    private var area = RankAUC()

    /// Adds a stratum: per group, its readings in the two halves.
    mutating func add(_ groups: [(Counts, Counts)]) {
        guard groups.count > 1 else { return }
        judge(groups.map { (ranking: $0.0, judged: $0.1) })
        judge(groups.map { (ranking: $0.1, judged: $0.0) })
    }

    /// The area; nil without anything to compare.
    var value: Double? { area.value }

    private mutating func judge(_ groups: [(ranking: Counts, judged: Counts)]) {
        let ranked =
            groups.map { group -> (share: Double, counts: Counts) in
                let total = group.ranking.normal + group.ranking.anomalous
                return (total == 0 ? 0 : Double(group.ranking.anomalous) / Double(total), group.judged)
            }
            .sorted { $0.share < $1.share }
        var levels: [(normal: Int64, anomalous: Int64)] = []
        var last: Double?
        for group in ranked {
            // Groups of equal shares are ties.
            if group.share != last { levels.append((0, 0)) }
            last = group.share
            levels[levels.count - 1].normal += group.counts.normal
            levels[levels.count - 1].anomalous += group.counts.anomalous
        }
        area.add(levels)
    }
}
