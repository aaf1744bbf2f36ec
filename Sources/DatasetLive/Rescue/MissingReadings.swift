/// The ids of readings that could not be read, as ranges in ascending order.
struct MissingReadings {
    private var ranges: [ClosedRange<Int64>] = []

    /// Whether all could be read.
    var isEmpty: Bool { ranges.isEmpty }

    /// Adds ids that are greater than all before.
    mutating func add(_ ids: ClosedRange<Int64>) {
        if let last = ranges.last, last.upperBound + 1 == ids.lowerBound {
            ranges[ranges.count - 1] = last.lowerBound...ids.upperBound
        } else {
            ranges.append(ids)
        }
    }

    /// Adds what a database lacks that ends behind one id and should go up to another.
    ///
    /// The newest readings may be in its log alone.
    mutating func add(behind last: Int64, before next: Int64) {
        let first = max(last, ranges.last?.upperBound ?? 0) + 1
        if first < next { add(first...next - 1) }
    }

    /// Whether an id is among them.
    ///
    /// - Complexity: O(log ranges).
    func contains(_ id: Int64) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < id { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(id)
    }

    /// How many there are below an id.
    func count(below id: Int64) -> Int64 {
        ranges.reduce(0) { sum, range in sum + max(0, min(range.upperBound + 1, id) - range.lowerBound) }
    }
}
