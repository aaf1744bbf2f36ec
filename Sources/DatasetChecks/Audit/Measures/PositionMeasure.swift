import DatasetGen

/// Where in the run events begin: anomalies that lie mostly at its end reward detectors that only wait.
///
/// Source: Wu and Keogh (arXiv:2009.13807), section 2.5, "run-to-failure bias". A start is measured as a part of the
/// places that an event of its length can start at; with phases, as a part of the probability that these have passed by
/// then. Events that an end of the run cuts are left out: where they begin is not known, or not free.
struct PositionMeasure {
    /// Per ``Fleet/profiles`` entry.
    private let courses: [ShareCourse]
    /// By ``Sensor/index``.
    private let profiles: [Int]
    private let rows: RowGrid
    private var starts = [KolmogorovSmirnov](repeating: KolmogorovSmirnov(), count: AnomalyType.allCases.count + 1)

    init(_ plan: GenerationPlan) {
        rows = plan.rows
        courses = plan.anomalies.courses
        profiles = plan.fleet.cores.map(\.profile)
    }

    /// Takes note of an event.
    mutating func add(_ event: StoredEvent) {
        guard !event.isTruncated else { return }
        let course = courses[profiles[event.sensor]]
        let count = rows.tickCount(ofSensor: event.sensor)
        let possible = course.expected(until: Double(count - Int64(event.ticks.count) + 1))
        guard possible > 0 else { return }
        // The middle of the tick: ticks are steps of an even spread.
        starts[Int(event.type.rawValue)].add(course.expected(until: Double(event.ticks.lowerBound) + 0.5) / possible)
    }

    /// The figures of the types that have events.
    var figures: [PositionFigure] {
        AnomalyType.allCases.compactMap { type in
            let starts = starts[Int(type.rawValue)]
            guard let pValue = starts.pValue, let tenth = starts.share(atLeast: 0.9) else { return nil }
            return PositionFigure(type: type, events: starts.count, pValue: pValue, lastTenthShare: tenth)
        }
    }
}

extension ShareCourse {
    /// The probability of the phases, summed over the ticks of the run before one.
    fileprivate func expected(until tick: Double) -> Double {
        var sum = 0.0
        for (index, phase) in phases.enumerated() {
            let end = index + 1 < phases.count ? Double(min(phases[index + 1].firstTick, grid.tickCount)) : .infinity
            let begin = Double(min(max(0, phase.firstTick), grid.tickCount))
            if tick > begin { sum += (min(tick, end) - begin) * phase.probability }
        }
        return sum
    }
}
