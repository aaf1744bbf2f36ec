import DatasetGen

/// The phenomena of a plan in the order in which they begin, with random access in time.
///
/// Who looks for those of an instant has to look at every sensor: those of a stretch are found at once, and kept.
struct ComingPhenomena {
    /// The longest stretch, in microseconds.
    private static let longestStretch: Int64 = 3_600_000_000
    /// About how many of a stretch there are at most.
    private static let mostAtOnce = 65_536.0

    private let plan: GenerationPlan
    /// Microseconds of a stretch: an hour, less where there are many, but as long as from one reading to the next.
    let stretch: Int64
    private var times: Range<SimulatedTime>
    /// Those that begin within the stretch.
    private var found: [Phenomenon] = []

    init(_ plan: GenerationPlan) {
        self.plan = plan
        let grid = plan.recipe.grid
        times = grid.start..<grid.start
        let length = Double(max(1, grid.end.microseconds - grid.start.microseconds))
        let most = Self.mostAtOnce / max(plan.expectedPhenomena, 1e-9) * length
        let interval = Int64(grid.interval.seconds * 1e6) + 1
        stretch = max(interval, most < Double(Self.longestStretch) ? Int64(most) : Self.longestStretch)
    }

    /// Those that begin at some instants.
    ///
    /// - Complexity: O(sensors · phenomena) for each stretch that is looked at, O(log found + result) within it.
    mutating func beginning(in range: Range<SimulatedTime>) -> [Phenomenon] {
        if plan.recipe.phenomena.isEmpty { return [] }
        var result: [Phenomenon] = []
        var time = range.lowerBound
        while time < range.upperBound {
            if !times.contains(time) { look(from: time) }
            let end = min(range.upperBound, times.upperBound)
            let first = found.partitioningIndex { $0.start >= time }
            result += found[first..<found.partitioningIndex { $0.start >= end }]
            time = end
        }
        return result
    }

    private mutating func look(from time: SimulatedTime) {
        times = time..<SimulatedTime(microseconds: time.microseconds + stretch)
        found = plan.phenomena(feltIn: times).filter { times.contains($0.start) }
            .sorted { ($0.start, $0.index, $0.sensor) < ($1.start, $1.index, $1.sensor) }
    }
}
