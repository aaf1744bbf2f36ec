/// A time axis with a slot in each of its cells, and the axis that remains when the slots are cut out.
///
/// The axis is divided into cells of ``spacing`` ticks, and in every cell there is one slot of one length. Where a tick
/// lies on the next axis follows from its cell alone: nothing is walked.
struct SlotAxis: Hashable, Sendable {
    /// Ticks of a cell; not a whole number.
    let spacing: Double
    /// Ticks of a slot.
    let slotLength: Int64
    /// Cells per tick of the axis, and of the next one.
    private let (cellsPerTick, cellsPerFreeTick): (Double, Double)

    init(spacing: Double, slotLength: Int64) {
        self.spacing = spacing
        self.slotLength = slotLength
        cellsPerTick = 1 / spacing
        cellsPerFreeTick = 1 / (spacing - Double(slotLength))
    }

    /// The first tick of a cell.
    func start(ofCell cell: Int64) -> Int64 {
        // Rounding down without the C library; the product is exact enough for 2⁵³ ticks and rises with the cell.
        let product = Double(cell) * spacing
        let truncated = Int64(product)
        return Double(truncated) > product ? truncated - 1 : truncated
    }

    /// The cell that a tick of this axis lies in.
    func cell(ofTick tick: Int64) -> Int64 {
        var cell = Int64(Double(tick) * cellsPerTick)
        while start(ofCell: cell) > tick { cell -= 1 }
        while start(ofCell: cell + 1) <= tick { cell += 1 }
        return cell
    }

    /// The cell that a tick of the next axis, that is this one without its slots, lies in.
    func cell(ofFreeTick tick: Int64) -> Int64 {
        var cell = Int64(Double(tick) * cellsPerFreeTick)
        while start(ofCell: cell) - cell * slotLength > tick { cell -= 1 }
        while start(ofCell: cell + 1) - (cell + 1) * slotLength <= tick { cell += 1 }
        return cell
    }
}
