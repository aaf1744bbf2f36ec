import DatasetGen

/// The readings of a block that have a row, where they lie: they are copied only where others have none.
///
/// Whoever has it keeps the readings from being replaced in place, so that it must not outlive what is done with a block.
struct PlacedRows {
    let count: Int
    /// The number of the first row, where they follow one another.
    let firstNumber: Int64?
    /// Where the rows lie in ``sensors``, ``times``, ``numbers`` and ``arrivals``.
    let places: Range<Int>
    /// Where they lie in the other columns.
    let rows: Range<Int>
    let sensors: [Int32]
    let times: [Int64]
    let numbers: [Int64]
    let arrivals: [Int64]
    let labels: [UInt8]
    let metrics: [[Int32]]
    let clean: [[Int32]]
    /// As in ``DenseRows/events`` and ``DenseRows/difficulties``.
    let events: [Int64]
    let difficulties: [UInt8]

    /// The number of a row.
    func number(of row: Int) -> Int64 { firstNumber.map { $0 + Int64(row) } ?? numbers[places.lowerBound + row] }

    /// The rows of some readings; `copies` is where they are copied to if need be.
    init(_ readings: ReadingSlice, _ layout: ColumnLayout, copies: inout DenseRows) {
        guard readings.rowCount < readings.count || layout.tellsEvents else {
            count = readings.count
            firstNumber = readings.numbers.isEmpty ? readings.firstNumber : nil
            (places, rows) = (readings.places, readings.rows)
            (sensors, times) = (readings.sensors, readings.times)
            (numbers, arrivals) = (readings.numbers, readings.arrivals)
            (labels, metrics, clean) = (readings.labels, readings.metrics, readings.clean)
            (events, difficulties) = ([], [])
            return
        }
        copies.set(readings, layout)
        (count, firstNumber) = (copies.count, nil)
        (places, rows) = (0..<copies.count, 0..<copies.count)
        (sensors, times) = (copies.sensors, copies.times)
        (numbers, arrivals) = (copies.numbers, copies.arrivals)
        (labels, metrics, clean) = (copies.labels, copies.metrics, copies.clean)
        (events, difficulties) = (copies.events, copies.difficulties)
    }
}
