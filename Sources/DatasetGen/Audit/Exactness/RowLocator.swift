/// Says which reading a stored row is: by its number, or by its time and sensor where the format writes no number.
struct RowLocator {
    private let rows: RowGrid
    private let grid: TickGrid
    private let style: TimestampStyle
    /// Whether two ticks may have the same time as text.
    private let isCoarse: Bool

    init(_ plan: GenerationPlan, timestamps: TimestampStyle) {
        rows = plan.rows
        grid = plan.recipe.grid
        style = timestamps
        isCoarse = plan.recipe.grid.interval.seconds * 1e6 < Double(timestamps.microsecondsPerUnit)
    }

    /// Whether a row is of the reading at a position, of this time and sensor.
    @inline(__always)
    func fits(_ row: StoredRow, time: Int64, sensor: Int32) -> Bool {
        row.sensor == sensor && row.time == style.number(of: time)
    }

    /// The position of a row, not before `lowest` if its time leaves a choice; nil if the run has no such reading.
    func position(of row: StoredRow, from lowest: Int64) -> Int64? {
        if let number = row.number {
            return number >= 1 && number <= rows.count ? number - 1 : nil
        }
        // The first tick that may have this time, and those behind it that the style does not tell from it.
        let unit = style == .epochNanoseconds ? 1 : style.microsecondsPerUnit
        guard style != .epochNanoseconds || row.time.isMultiple(of: 1_000) else { return nil }
        let (start, overflow) = (style == .epochNanoseconds ? row.time / 1_000 : row.time)
            .multipliedReportingOverflow(by: unit)
        let (offset, underflow) = start.subtractingReportingOverflow(grid.start.microseconds)
        guard !overflow, !underflow, offset > -unit, offset < grid.end.microseconds - grid.start.microseconds else {
            return nil
        }
        // A tick lies up to a microsecond before its exact place.
        var tick = max(0, grid.firstTick(atOffset: max(0, offset)) - 1)
        var found: Int64?
        while tick < rows.tickCount {
            let number = style.number(of: grid.time(ofTick: tick).microseconds)
            if number > row.time { break }
            if number == row.time {
                let position = rows.position(ofSensor: Int(row.sensor), tick: tick)
                found = position
                if position >= lowest { break }
            }
            tick += 1
        }
        return found
    }

    /// Whether a row that fits a reading may as well be of the sensor's next one.
    func isAmbiguous(_ row: StoredRow, tick: Int64) -> Bool {
        guard isCoarse, row.number == nil, tick + 1 < rows.tickCount else { return false }
        return style.number(of: grid.time(ofTick: tick + 1).microseconds) == row.time
    }
}
