import DatasetGen

/// Whether the place of a sensor tells that it is in an incident.
///
/// Incidents hit whole sites, makes or groups, as they are asked to, and a model may learn which. That one place has more of
/// them than another, it shall not: so places are compared within one make, by ``CrossFit``. All readings of an incident,
/// whatever sensors they are of, count as one thing that has happened.
struct IncidentLeakMeasure {
    private let plan: GenerationPlan
    /// Per sensor: its readings in the two halves of the run.
    private var sensors: [(CrossFit.Counts, CrossFit.Counts)]
    /// Per sensor: how many readings it has.
    private let tickCounts: [Int64]
    /// By the id of an incident: the readings of its events.
    private var incidents: [String: Double] = [:]

    /// Nil for a recipe without incidents.
    init?(_ plan: GenerationPlan) {
        guard !plan.recipe.incidents.isEmpty else { return nil }
        self.plan = plan
        tickCounts = plan.fleet.sensors.indices.map { plan.rows.tickCount(ofSensor: $0) }
        sensors = Array(repeating: (CrossFit.Counts(), CrossFit.Counts()), count: tickCounts.count)
    }

    /// Takes note of an event.
    mutating func add(_ event: StoredEvent) {
        guard let incident = event.incident else { return }
        incidents[incident, default: 0] += Double(event.ticks.count)
    }

    /// Takes note of a row, which is normal or of an incident; readings without one say nothing.
    mutating func add(_ reading: AuditedReading) {
        guard reading.isPresent else { return }
        let isLate = reading.tick * 2 >= tickCounts[reading.sensor]
        CrossFit.count(reading.label != 0, &sensors[reading.sensor], isOdd: isLate)
    }

    /// The area.
    var figure: LeakFigure {
        // By rising size: sums of a dictionary's values would depend on its order.
        let sizes = incidents.values.sorted()
        let readings = sizes.reduce(into: (sum: 0.0, squares: 0.0)) { sums, size in
            sums.sum += size
            sums.squares += size * size
        }
        let area = CrossFit(sensors, of: plan) { $0.place.name }
        return LeakFigure(subject: .incidentLocation, auc: area.value, readings: readings)
    }
}
