/// The schedule of one anomaly type on a time axis from which the slots of the longer-lasting types are cut out.
///
/// A slot is room for the longest event and one tick more, which stays free so that events do not touch.
struct SlotLayer: Hashable, Sendable {
    /// What the events are.
    let type: AnomalyType
    /// How long the events are.
    let lengths: EventLengths
    /// Where the slots may lie.
    let axis: SlotAxis

    /// Events of a type in cells of `spacing` ticks.
    init(type: AnomalyType, lengths: EventLengths, spacing: Double) {
        self.type = type
        self.lengths = lengths
        axis = SlotAxis(spacing: spacing, slotLength: lengths.longest + 1)
    }
}
