import DatasetGen

/// The readings of a block that have a row, as they wait for the other blocks of their row group.
///
/// What is alike in row after row is found here, once for all columns that it decides; what follows from it is not kept.
struct WaitingRows: Sendable {
    private var rows = DenseRows()
    private var sensorCount = 0
    /// The number of the first row, where they follow one another.
    private(set) var firstNumber: Int64?
    /// The sensor of the first row, where all sensors of the fleet follow one another again and again.
    private(set) var cycleStart: Int?
    /// The rows of each sensor, where many follow one another; nil elsewhere.
    private(set) var sensorRuns: [Run<UInt32>]?
    /// The rows of each time, where many follow one another; nil elsewhere.
    private(set) var timeRuns: [Run<Int64>]?
    /// The rows of each label.
    private(set) var labelRuns: [Run<UInt8>] = []

    var count: Int { rows.count }
    var arrivals: [Int64] { rows.arrivals }
    var labels: [UInt8] { rows.labels }
    var metrics: [[Int32]] { rows.metrics }
    var clean: [[Int32]] { rows.clean }
    var events: [Int64] { rows.events }
    var difficulties: [UInt8] { rows.difficulties }

    var sensors: [Int32] {
        if rows.sensors.count == count { return rows.sensors }
        if let cycleStart {
            return (cycleStart..<cycleStart + count).map { Int32(truncatingIfNeeded: $0 % sensorCount) }
        }
        return sensorRuns.map { $0.values().map { Int32(bitPattern: $0) } } ?? rows.sensors
    }

    var times: [Int64] { timeRuns?.values() ?? rows.times }

    var numbers: [Int64] { firstNumber.map { Array($0..<$0 + Int64(count)) } ?? rows.numbers }

    /// Replaces them by the rows of some readings.
    mutating func set(_ readings: ReadingSlice, _ layout: ColumnLayout) {
        sensorCount = layout.sensorCount
        if readings.rowCount == readings.count {
            firstNumber = readings.numbers.isEmpty ? readings.firstNumber : nil
            find(
                readings.sensors.span.extracting(readings.places),
                readings.times.span.extracting(readings.places),
                readings.labels.span.extracting(readings.rows)
            )
            var known: DenseRows.Columns = []
            if timeRuns != nil { known.insert(.times) }
            if !layout.readsSensors, cycleStart != nil || sensorRuns != nil { known.insert(.sensors) }
            if !layout.readsSensors, firstNumber != nil { known.insert(.numbers) }
            rows.set(readings, layout, without: known)
        } else {
            firstNumber = nil
            rows.set(readings, layout)
            let held = rows
            find(held.sensors.span, held.times.span, held.labels.span)
        }
    }

    private mutating func find(_ sensors: Span<Int32>, _ times: Span<Int64>, _ labels: Span<UInt8>) {
        cycleStart = sensors.cycleStart(of: sensorCount)
        sensorRuns = cycleStart == nil ? sensors.runs(atMost: sensors.count / 8)?.map(\.asCode) : nil
        timeRuns = times.runs(atMost: times.count / 8)
        labelRuns = labels.runs(atMost: labels.count) ?? []
    }
}

extension Run<Int32> {
    /// The same of a number that is not negative.
    fileprivate var asCode: Run<UInt32> { Run<UInt32>(value: UInt32(bitPattern: value), count: count) }
}

extension Array {
    /// The values of all rows.
    fileprivate func values<Value>() -> [Value] where Element == Run<Value> {
        flatMap { repeatElement($0.value, count: $0.count) }
    }
}

extension Span where Element: FixedWidthInteger & BitwiseCopyable {
    /// Elements that follow their like, together; nil if there are more of such runs.
    fileprivate func runs(atMost limit: Int) -> [Run<Element>]? {
        var runs: [Run<Element>] = []
        var begin = 0
        while begin < count {
            if runs.count == limit { return nil }
            let value = self[begin]
            var end = begin + 1
            while end < count, self[end] == value { end += 1 }
            runs.append(Run(value: value, count: end - begin))
            begin = end
        }
        return runs
    }
}
