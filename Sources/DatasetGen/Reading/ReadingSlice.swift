/// Some consecutive readings of a dataset, looked at where they lie: in a ``ReadingBlock``, or in a chunk.
///
/// Making one copies no reading. It shares the storage of what it is of, which is copied if it is refilled meanwhile: a
/// slice is made, encoded and dropped.
public struct ReadingSlice: Sendable {
    /// The number of the first reading, from 1; numbers count omitted readings too.
    public let firstNumber: Int64
    /// Where the readings lie in ``metrics``, ``clean`` and ``labels``.
    package let rows: Range<Int>
    /// Where they lie in ``sensors`` and ``times``.
    package let places: Range<Int>
    /// The sensors' indices in the fleet.
    package let sensors: [Int32]
    /// Microseconds since the Unix epoch.
    package let times: [Int64]
    /// Per metric: as in ``ReadingBlock/metrics``.
    package let metrics: [[Int32]]
    /// Per metric: as in ``ReadingBlock/clean``.
    package let clean: [[Int32]]
    /// ``Label/rawValue``s.
    package let labels: [UInt8]
    /// The numbers of the readings by ``places``; empty where they follow one another.
    package var numbers: [Int64] = []
    /// When they arrive by ``places``, in microseconds since 1970; empty where nothing happens on the way.
    package var arrivals: [Int64] = []

    /// The columns of the first four metrics; without values where there are fewer.
    package var firstColumns: ([Int32], [Int32], [Int32], [Int32]) {
        func column(_ metric: Int) -> [Int32] { metric < metrics.count ? metrics[metric] : [] }
        return (column(0), column(1), column(2), column(3))
    }

    /// The number of readings, omitted ones included.
    public var count: Int { rows.count }

    /// The number of one of the readings.
    @inline(__always)
    package func number(of index: Int) -> Int64 {
        numbers.isEmpty ? firstNumber + Int64(index) : numbers[places.lowerBound + index]
    }

    /// When one of the readings arrives: at once, unless something happens on the way.
    @inline(__always)
    package func arrival(of index: Int) -> Int64 {
        let place = places.lowerBound + index
        return arrivals.isEmpty ? times[place] : arrivals[place]
    }

    /// Whether one of the readings is to have no row.
    package func isOmitted(_ index: Int) -> Bool { Label(rawValue: labels[rows.lowerBound + index]).isOmitted }

    /// The number of readings that have a row.
    package var rowCount: Int {
        var count = 0
        for row in rows { count += Label(rawValue: labels[row]).isOmitted ? 0 : 1 }
        return count
    }
}

extension ReadingBlock {
    /// All readings of the block.
    public var slice: ReadingSlice { slice(0..<count) }

    /// Some readings of the block.
    package func slice(_ rows: Range<Int>) -> ReadingSlice {
        ReadingSlice(
            firstNumber: firstNumber + Int64(rows.lowerBound),
            rows: rows,
            places: rows,
            sensors: sensors,
            times: times,
            metrics: metrics,
            clean: clean,
            labels: labels
        )
    }
}
