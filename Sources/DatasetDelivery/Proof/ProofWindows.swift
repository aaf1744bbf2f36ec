import DatasetGen

/// The groups in which what is stored is compared: a sensor's readings in a window of time.
struct ProofWindows: Sendable {
    /// Where windows begin but for the first, in microseconds since 1970.
    let bounds: [Int64]
    /// The first instant, and the one behind the last, in microseconds since 1970.
    let range: Range<Int64>
    let sensorCount: Int

    /// So many groups that a difference is soon found, and so few that their sums stay small.
    init(_ plan: GenerationPlan) {
        sensorCount = plan.fleet.sensors.count
        range = plan.shownTimes
        let wanted = max(1, min(64, 16_384 / max(1, sensorCount), Int(clamping: plan.recipe.grid.tickCount / 16)))
        let width = max(1, (range.upperBound - range.lowerBound) / Int64(wanted))
        bounds = (1..<max(1, wanted)).map { [range] in range.lowerBound + Int64($0) * width }
    }

    /// The number of windows.
    var count: Int { bounds.count + 1 }

    /// The window of an instant.
    func window(of time: Int64) -> Int {
        var (low, high) = (0, bounds.count)
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The instants of a window; the first and the last go on without an end, so that no stored row is in none.
    func times(of window: Int) -> (from: Int64?, before: Int64?) {
        (window == 0 ? nil : bounds[window - 1], window == bounds.count ? nil : bounds[window])
    }
}
