import DatasetGen

/// A day of some sensors, as pictures: those on which most kinds of anomalies are to be seen.
struct DaySection: PageSection {
    private let pictures: [SensorPlotSVG]
    private let hasPhenomena: Bool

    let id = "days"
    let title = "Days"
    var lead: String? {
        "Readings of \(Readable.count(pictures.count, of: "sensor")), on the days with most kinds of events. Bands are events, "
            + "in the metrics that they change\(hasPhenomena ? ", grey ones phenomena, which are no faults" : ""); "
            + "dashed lines are what the healthy sensor would have reported."
    }

    private static let pictureCount = 3
    private static let mostPoints = 1_500
    private static let mostMetrics = 8

    /// Computes the readings of the days.
    init(_ plan: GenerationPlan, _ events: EventSample) throws(PlanError) {
        var pictures: [SensorPlotSVG] = []
        for (day, happenings) in Self.chosen(plan, events) {
            guard let shown = try? SensorDay(plan, sensor: plan.fleet.sensors[day.sensor].id, number: day.number) else {
                continue
            }
            // Those that anomalies change, and of the others as many as there is room for.
            let metrics = shown.metrics
            let changed = metrics.filter { happenings.metrics.contains(MetricSet($0)) }
            let others = metrics.filter { !happenings.metrics.contains(MetricSet($0)) }
            let kept = Set((changed + others).prefix(Self.mostMetrics))
            pictures.append(
                try SensorPlotSVG(shown, metrics: metrics.filter(kept.contains), mostPoints: Self.mostPoints)
            )
        }
        self.pictures = pictures
        hasPhenomena = !plan.recipe.phenomena.isEmpty
    }

    func draw(in document: inout MarkupDocument) {
        for (index, picture) in pictures.enumerated() {
            let label = "Day \(index + 1) of \(pictures.count)"
            document.element("figure", ["class": "card day"]) { document in
                document.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": label]) {
                    picture.draw(prefix: "day\(index + 1)-", in: &$0)
                }
            }
        }
    }

    /// The best day of the whole fleet, then those of sensors of other makes, then of any others.
    private static func chosen(
        _ plan: GenerationPlan,
        _ events: EventSample
    ) -> [(day: EventSample.Day, happenings: EventSample.Happenings)] {
        let best = events.bestDays
        var (chosen, sensors, makes): ([(EventSample.Day, EventSample.Happenings)], Set<Int>, Set<Int>) = ([], [], [])
        for needsNewMake in [true, false] {
            for (day, happenings) in best where chosen.count < pictureCount {
                let make = plan.fleet.sensors[day.sensor].core.profile
                if sensors.contains(day.sensor) || (needsNewMake && makes.contains(make)) { continue }
                sensors.insert(day.sensor)
                makes.insert(make)
                chosen.append((day, happenings))
            }
        }
        return chosen.isEmpty ? [(EventSample.Day(sensor: 0, number: 1), EventSample.Happenings())] : chosen
    }
}
