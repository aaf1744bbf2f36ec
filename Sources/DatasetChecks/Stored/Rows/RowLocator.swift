import DatasetFormats
import DatasetGen

/// Says which reading a stored row is: by its number, or by its time and sensor where the format writes no number.
struct RowLocator {
    private let plan: GenerationPlan
    private let rows: RowGrid
    private let style: TimestampStyle

    init(_ plan: GenerationPlan, timestamps: TimestampStyle) {
        self.plan = plan
        rows = plan.rows
        style = timestamps
    }

    /// Whether a row is of the reading at a position, of this time and sensor.
    @inline(__always)
    func fits(_ row: StoredRow, time: Int64, sensor: Int32) -> Bool {
        row.sensor == sensor && row.time == style.number(of: time)
    }

    /// The position of a row; nil if the run has no such reading.
    func position(of row: StoredRow) -> Int64? {
        if let number = row.number {
            return number >= 1 && number <= rows.count ? number - 1 : nil
        }
        let grid = plan.grid(ofSensor: Int(row.sensor))
        let unit = style == .epochNanoseconds ? 1 : style.microsecondsPerUnit
        let (start, overflow) = (style == .epochNanoseconds ? row.time / 1_000 : row.time)
            .multipliedReportingOverflow(by: unit)
        let (offset, underflow) = start.subtractingReportingOverflow(grid.start.microseconds)
        guard !overflow, !underflow, (0..<grid.end.microseconds - grid.start.microseconds).contains(offset) else {
            return nil
        }
        // A tick lies up to a microsecond before its exact place, so the one before may be the one.
        let tick = grid.firstTick(atOffset: offset)
        let fitting = (tick - 1...tick)
            .first { tick in
                tick >= 0 && tick < grid.tickCount
                    && style.number(of: grid.time(ofTick: tick).microseconds) == row.time
            }
        return fitting.map { rows.position(ofSensor: Int(row.sensor), tick: $0) }
    }
}
