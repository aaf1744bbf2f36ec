import DatasetGen

/// The readings of a block that have a row, as they wait for the other blocks of their row group.
///
/// What is alike in row after row is found here, once for all columns that it decides.
struct WaitingRows: Sendable {
    private var rows = DenseRows()
    /// The sensor of the first row, where all sensors of the fleet follow one another again and again.
    private(set) var cycleStart: Int?
    /// The rows of each sensor, where many follow one another; nil elsewhere.
    private(set) var sensorRuns: [Run<UInt32>]?
    /// The rows of each time, where many follow one another; nil elsewhere.
    private(set) var timeRuns: [Run<Int64>]?
    /// The rows of each label.
    private(set) var labelRuns: [Run<UInt8>] = []

    var count: Int { rows.count }
    var sensors: [Int32] { rows.sensors }
    var times: [Int64] { rows.times }
    var numbers: [Int64] { rows.numbers }
    var arrivals: [Int64] { rows.arrivals }
    var labels: [UInt8] { rows.labels }
    var metrics: [[Int32]] { rows.metrics }
    var clean: [[Int32]] { rows.clean }
    var events: [Int64] { rows.events }
    var difficulties: [UInt8] { rows.difficulties }

    /// Replaces them by the rows of some readings.
    mutating func set(_ readings: ReadingSlice, _ layout: ColumnLayout) {
        rows.set(readings, layout)
        cycleStart = sensors.cycleStart(of: layout.sensorCount)
        sensorRuns = cycleStart == nil ? sensors.runs(atMost: count / 8)?.map(\.asCode) : nil
        timeRuns = times.runs(atMost: count / 8)
        labelRuns = labels.runs(atMost: count) ?? []
    }
}

extension Run<Int32> {
    /// The same of a number that is not negative.
    fileprivate var asCode: Run<UInt32> { Run<UInt32>(value: UInt32(bitPattern: value), count: count) }
}

extension [Int32] {
    /// The first element, if all numbers below a count follow one another from it on, again and again.
    fileprivate func cycleStart(of cycle: Int) -> Int? {
        guard let first, cycle > 1 else { return nil }
        let elements = span
        var (index, place) = (0, Int(first))
        while index < elements.count {
            let length = Swift.min(cycle - place, elements.count - index)
            var difference: Int32 = 0
            for step in 0..<length {
                difference |= elements[index + step] ^ Int32(truncatingIfNeeded: place + step)
            }
            if difference != 0 { return nil }
            (index, place) = (index + length, 0)
        }
        return Int(first)
    }
}

extension Array where Element: FixedWidthInteger & BitwiseCopyable {
    /// Elements that follow their like, together; nil if there are more of such runs.
    fileprivate func runs(atMost limit: Int) -> [Run<Element>]? {
        let elements = span
        var runs: [Run<Element>] = []
        var begin = 0
        while begin < elements.count {
            if runs.count == limit { return nil }
            let value = elements[begin]
            var end = begin + 1
            while end < elements.count, elements[end] == value { end += 1 }
            runs.append(Run(value: value, count: end - begin))
            begin = end
        }
        return runs
    }
}
