import DatasetGen

/// The readings of a block that have a row, column by column and without gaps.
struct DenseRows: Sendable {
    private(set) var count = 0
    private(set) var sensors: [Int32] = []
    private(set) var times: [Int64] = []
    private(set) var numbers: [Int64] = []
    private(set) var arrivals: [Int64] = []
    private(set) var labels: [UInt8] = []
    private(set) var metrics: [[Int32]] = []
    private(set) var clean: [[Int32]] = []
    /// The numbers of the readings' events, 0 for none, and how hard these are to find; empty where no column says so.
    private(set) var events: [Int64] = []
    private(set) var difficulties: [UInt8] = []

    /// Columns that may be known otherwise.
    struct Columns: OptionSet {
        let rawValue: Int

        static let (sensors, times, numbers) = (Columns(rawValue: 1), Columns(rawValue: 2), Columns(rawValue: 4))
    }

    /// Replaces them by the rows of some readings, but for columns that are known.
    ///
    /// What rows tell of events takes sensors and numbers: they must not be left out then.
    mutating func set(_ readings: ReadingSlice, _ layout: ColumnLayout, without known: Columns = []) {
        let (rows, places) = (readings.rows, readings.places)
        let kept = readings.rowCount == readings.count ? nil : (0..<readings.count).filter { !readings.isOmitted($0) }
        count = kept?.count ?? readings.count
        sensors.take(readings.sensors, known.contains(.sensors) ? 0..<0 : places, kept)
        times.take(readings.times, known.contains(.times) ? 0..<0 : places, kept)
        labels.take(readings.labels, rows, kept)
        metrics.take(readings.metrics, rows, kept)
        clean.take(readings.clean, rows, kept)
        if known.contains(.numbers) {
            numbers.removeAll(keepingCapacity: true)
        } else if readings.numbers.isEmpty {
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
