package import DatasetGen

/// The events that begin in a block, as rows of the event table but for their numbers.
///
/// What a row holds is found once for all parts of a dataset that write times alike.
package final class EventRows {
    /// The events, by the position of their first reading.
    package let events: [AnomalyEvent]
    private let sensorIDs: [String]
    private let plan: GenerationPlan
    private var found: [(style: TimestampStyle, values: [[TableValue]])] = []

    /// The events of a plan, whose sensors have these names by their indices.
    package init(_ events: [AnomalyEvent], sensorIDs: [String], of plan: GenerationPlan) {
        (self.events, self.sensorIDs, self.plan) = (events, sensorIDs, plan)
    }

    /// The values of the rows, by the columns of the event table with times in a style.
    func values(_ style: TimestampStyle) -> [[TableValue]] {
        if events.isEmpty { return [] }
        if let known = found.first(where: { $0.style == style }) { return known.values }
        let columns = [TableColumn<EventRow>].events(style)
        let values = events.map { event in
            let id = sensorIDs[event.sensor]
            let row = EventRow(
                event,
                sensorID: id,
                schema: plan.recipe.schema,
                grid: plan.grid(ofSensor: event.sensor),
                rows: plan.rows
            )
            return columns.map { $0.value(row) }
        }
        found.append((style, values))
        return values
    }
}
