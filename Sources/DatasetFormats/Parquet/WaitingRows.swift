import DatasetGen

/// The readings of a block that have a row, as they wait for the other blocks of their row group.
///
/// What is alike in row after row is found here, once for all columns that it decides.
struct WaitingRows: Sendable {
    private(set) var count = 0
    private(set) var sensors: [Int32] = []
    /// The sensor of the first row, where all sensors of the fleet follow one another again and again.
    private(set) var cycleStart: Int?
    /// The rows of each sensor, where many follow one another; nil elsewhere.
    private(set) var sensorRuns: [Run<UInt32>]?
    private(set) var times: [Int64] = []
    /// The rows of each time, where many follow one another; nil elsewhere.
    private(set) var timeRuns: [Run<Int64>]?
    private(set) var numbers: [Int64] = []
    private(set) var arrivals: [Int64] = []
    private(set) var labels: [UInt8] = []
    /// The rows of each label.
    private(set) var labelRuns: [Run<UInt8>] = []
    private(set) var metrics: [[Int32]] = []
    private(set) var clean: [[Int32]] = []
    /// The numbers of the readings' events, 0 for none, and how hard these are to find; empty where no column says so.
    private(set) var events: [Int64] = []
    private(set) var difficulties: [UInt8] = []

    /// Replaces them by the rows of some readings.
    mutating func set(_ readings: ReadingSlice, _ layout: ParquetLayout) {
        let (rows, places) = (readings.rows, readings.places)
        let kept = readings.rowCount == readings.count ? nil : (0..<readings.count).filter { !readings.isOmitted($0) }
        count = kept?.count ?? readings.count
        sensors.take(readings.sensors, places, kept)
        times.take(readings.times, places, kept)
        labels.take(readings.labels, rows, kept)
        metrics.take(readings.metrics, rows, kept)
        clean.take(readings.clean, rows, kept)
        if readings.numbers.isEmpty {
            numbers.removeAll(keepingCapacity: true)
            if let kept {
                for row in kept { numbers.append(readings.firstNumber + Int64(row)) }
            } else {
                numbers.append(contentsOf: readings.firstNumber..<readings.firstNumber + Int64(readings.count))
            }
        } else {
            numbers.take(readings.numbers, places, kept)
        }
        if readings.arrivals.isEmpty { arrivals = [] } else { arrivals.take(readings.arrivals, places, kept) }
        cycleStart = sensors.cycleStart(of: layout.sensorCount)
        sensorRuns = cycleStart == nil ? sensors.runs(atMost: count / 8)?.map(\.asCode) : nil
        timeRuns = times.runs(atMost: count / 8)
        labelRuns = labels.runs(atMost: count) ?? []
        if layout.tellsEvents { find(layout.events) }
    }

    private mutating func find(_ directory: EventDirectory?) {
        events.removeAll(keepingCapacity: true)
        difficulties.removeAll(keepingCapacity: true)
        for row in 0..<count {
            let entry =
                Label(rawValue: labels[row]).isAnomalous
                ? directory?.entry(ofSensor: Int(sensors[row]), position: numbers[row] - 1) : nil
            events.append(entry?.number ?? 0)
            difficulties.append(UInt8(entry?.difficultyCode ?? 0))
        }
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

extension Array where Element: BitwiseCopyable {
    /// Replaces the elements by some of others: those of a range, or those so far behind its beginning.
    fileprivate mutating func take(_ other: [Element], _ range: Range<Int>, _ kept: [Int]?) {
        removeAll(keepingCapacity: true)
        if let kept {
            for row in kept { append(other[range.lowerBound + row]) }
        } else {
            append(contentsOf: other[range])
        }
    }
}

extension [[Int32]] {
    fileprivate mutating func take(_ others: [[Int32]], _ range: Range<Int>, _ kept: [Int]?) {
        resize(to: others.count, filler: [])
        for index in others.indices { self[index].take(others[index], range, kept) }
    }
}
