import DatasetGen

/// What the readings of a metric are as they stand: one value, two of them that come in turn, or a count that only rises.
struct RecordedValues {
    /// The different readings in rising order, in counts of 10⁻ᵈ, and how many of each there are; nil for more than ``limit``.
    let counts: [(value: Int32, count: Int)]?
    /// Stretches of readings that are all the rarest value.
    let stays: Int
    /// Whether readings only rise, but for falls to where they began.
    let isRising: Bool

    /// So few values may be states.
    static let limit = 8
    /// A count rises this often at least, in as many readings.
    private static let leastRises = 16

    init(_ recording: Recording, metric: Int) {
        var counts: [Int32: Int]? = [:]
        var (rises, falls, changes, fallsShort) = (0, 0, 0, false)
        let range = recording.metrics[metric].range
        let low = Double(range.lowerBound) + 0.1 * (Double(range.upperBound) - Double(range.lowerBound))
        for sensor in recording.sensors {
            var last = ReadingBlock.null
            for value in sensor.columns[metric] where value != ReadingBlock.null {
                if counts != nil {
                    counts?[value, default: 0] += 1
                    if let number = counts?.count, number > Self.limit { counts = nil }
                }
                if last != ReadingBlock.null {
                    changes += 1
                    if value > last { rises += 1 }
                    if value < last {
                        falls += 1
                        fallsShort = fallsShort || Double(value) > low
                    }
                }
                last = value
            }
        }
        self.counts = counts.map { counts in
            counts.map { (value: $0.key, count: $0.value) }.sorted { $0.value < $1.value }
        }
        // Of a rising count one reading in a few differs from the one before, and hardly any is less.
        isRising = rises >= Self.leastRises && rises * 10 >= changes && falls * 100 <= rises && !fallsShort
        let rarest = self.counts?.min { ($0.count, $0.value) < ($1.count, $1.value) }?.value
        stays =
            rarest.map { rarest in
                recording.sensors.reduce(0) { sum, sensor in
                    var isInside = false
                    return sensor.columns[metric]
                        .reduce(into: sum) { sum, value in
                            guard value != ReadingBlock.null else { return }
                            if value == rarest, !isInside { sum += 1 }
                            isInside = value == rarest
                        }
                }
            } ?? 0
    }

    /// The two values and how many readings are either, where there are two that both come some times.
    var pair: (low: (value: Int32, count: Int), high: (value: Int32, count: Int))? {
        guard let counts, counts.count == 2, counts.allSatisfy({ $0.count >= 3 }) else { return nil }
        return (counts[0], counts[1])
    }
}
