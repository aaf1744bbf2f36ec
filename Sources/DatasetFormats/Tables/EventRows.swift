package import DatasetGen

/// The events that begin in a block, as rows of the event table but for their numbers.
///
/// What a row holds is found once for all parts of a dataset, and not at all where there are none.
package final class EventRows {
    /// The events, by the position of their first reading.
    package let events: [AnomalyEvent]
    private let plan: GenerationPlan
    /// Their rows.
    private(set) lazy var rows = events.map { EventRow($0, of: plan) }

    /// Events of a plan.
    package init(_ events: [AnomalyEvent], of plan: GenerationPlan) {
        (self.events, self.plan) = (events, plan)
    }
}
