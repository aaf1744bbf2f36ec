/// The schedule of one anomaly type on a time axis from which the slots of the longer-lasting types are cut out.
///
/// The axis is divided into cells of `spacing` ticks, and in every cell there is one slot: room for the longest event
/// and one tick more, which stays free so that events do not touch. As every cell has one slot of one length, where a
/// tick lies on the next layer's axis follows from its cell alone: nothing is walked.
struct SlotLayer: Hashable, Sendable {
    /// What the events are.
    let type: AnomalyType
    /// How long the events are.
    let lengths: EventLengths
    /// Ticks of a cell, on this layer's axis; not a whole number.
    let spacing: Double

    /// Ticks of a slot.
    var slotLength: Int64 { lengths.longest + 1 }

    /// The first tick of a cell.
    func start(ofCell cell: Int64) -> Int64 {
        // Rounding down without the C library; the product is exact enough for 2⁵³ ticks and rises with the cell.
        let product = Double(cell) * spacing
        let truncated = Int64(product)
        return Double(truncated) > product ? truncated - 1 : truncated
    }

    /// The cell that a tick of this axis lies in.
    func cell(ofTick tick: Int64) -> Int64 {
        var cell = Int64(Double(tick) / spacing)
        while start(ofCell: cell) > tick { cell -= 1 }
        while start(ofCell: cell + 1) <= tick { cell += 1 }
        return cell
    }

    /// The cell that a tick of the next axis, that is this one without its slots, lies in.
    func cell(ofFreeTick tick: Int64) -> Int64 {
        var cell = Int64(Double(tick) / (spacing - Double(slotLength)))
        while start(ofCell: cell) - cell * slotLength > tick { cell -= 1 }
        while start(ofCell: cell + 1) - (cell + 1) * slotLength <= tick { cell += 1 }
        return cell
    }
}
