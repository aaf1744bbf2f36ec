/// Consecutive readings in the dataset's order, as columns.
///
/// Row `i` is reading number `firstNumber + i`. A metric is an `Int32` count of 10⁻ᵈ of its sensor's
/// ``Resolution``; ``ReadingBlock/null`` stands for NULL. Storage is kept when a block is refilled.
public struct ReadingBlock: Sendable {
    /// The count that stands for NULL.
    public static let null = Int32.min

    /// The number of the first reading, from 1; numbers count omitted readings too.
    public package(set) var firstNumber: Int64 = 1
    /// The number of readings, omitted ones included.
    public package(set) var count = 0
    /// Per row: the sensor's index in the fleet.
    public package(set) var sensors: [Int32] = []
    /// Per row: microseconds since the Unix epoch.
    public package(set) var times: [Int64] = []
    /// Per metric, per row: counts of 10⁻ᵈ.
    public package(set) var metrics: [[Int32]] = []
    /// Per metric, per row: what the healthy sensor would have reported; empty unless the dataset holds it.
    public package(set) var clean: [[Int32]] = []
    /// Per row: a ``Label/rawValue``.
    public package(set) var labels: [UInt8] = []

    /// A block without readings.
    public init() {}

    /// The label of a row.
    public func label(ofRow row: Int) -> Label { Label(rawValue: labels[row]) }

    /// Makes room for `count` readings from number `firstNumber` on; the columns hold arbitrary values.
    package mutating func reset(firstNumber: Int64, count: Int, metricCount: Int, includesCleanTwin: Bool) {
        self.firstNumber = firstNumber
        self.count = count
        metrics.resizeColumns(metricCount, rows: count)
        clean.resizeColumns(includesCleanTwin ? metricCount : 0, rows: count)
        sensors.resize(to: count, filler: 0)
        times.resize(to: count, filler: 0)
        labels.resize(to: count, filler: 0)
    }
}

extension [[Int32]] {
    /// Makes them so many columns of so many rows, keeping the storage; what is new holds arbitrary values.
    mutating func resizeColumns(_ count: Int, rows: Int) {
        resize(to: count, filler: [])
        for column in indices { self[column].resize(to: rows, filler: 0) }
    }
}

extension Array {
    /// Shrinks or grows in place, keeping the capacity.
    package mutating func resize(to count: Int, filler: Element) {
        if count < self.count {
            removeLast(self.count - count)
        } else {
            append(contentsOf: repeatElement(filler, count: count - self.count))
        }
    }
}
