import DatasetGen

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

    init() {}

    /// By a property of sensors, whose readings these are, among those of one make.
    init(_ counts: [(Counts, Counts)], of plan: GenerationPlan, by property: (Sensor) -> String) {
        for make in plan.fleet.profiles.indices {
            var groups: [(Counts, Counts)] = []
            var indices: [String: Int] = [:]
            for sensor in plan.fleet.sensors where sensor.core.profile == make {
                let name = property(sensor)
                let index = indices[name] ?? groups.count
                if index == groups.count {
                    indices[name] = index
                    groups.append((Counts(), Counts()))
                }
                let own = counts[sensor.index]
                groups[index].0.normal += own.0.normal
                groups[index].0.anomalous += own.0.anomalous
                groups[index].1.normal += own.1.normal
                groups[index].1.anomalous += own.1.anomalous
            }
            add(groups)
        }
    }

    /// Counts a reading in one of two halves.
    static func count(_ isAnomalous: Bool, _ halves: inout (Counts, Counts), isOdd: Bool) {
        switch (isOdd, isAnomalous) {
        case (false, false): halves.0.normal += 1
        case (false, true): halves.0.anomalous += 1
        case (true, false): halves.1.normal += 1
        case (true, true): halves.1.anomalous += 1
        }
    }

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
