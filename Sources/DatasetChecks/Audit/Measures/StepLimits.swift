import DatasetGen

/// Per sensor and metric: the step from one healthy reading to the next that one in a thousand exceeds, in counts.
struct StepLimits {
    /// Per sensor: which of ``limits``.
    private let groups: [Int]
    /// Per group of sensors of equal resolutions.
    private let limits: [[Int64]]

    /// Limits per group of sensors; `groups` says which each sensor is of.
    init(groups: [Int], limits: [[Int64]]) {
        self.groups = groups
        self.limits = limits
    }

    /// Whether one of some metrics makes a step beyond its limit; NULL makes none.
    func areExceeded(from last: MetricCounts, to next: MetricCounts, sensor: Int, _ metrics: MetricSet) -> Bool {
        let limits = limits[groups[sensor]]
        for metric in limits.indices where metrics.contains(MetricSet(Metric(rawValue: metric))) {
            guard last[metric] != ReadingBlock.null, next[metric] != ReadingBlock.null else { continue }
            let step = Int64(next[metric]) - Int64(last[metric])
            if Int64(step.magnitude) > limits[metric] { return true }
        }
        return false
    }
}
