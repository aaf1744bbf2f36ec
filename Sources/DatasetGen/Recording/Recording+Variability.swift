/// By how much the readings of a recording vary, in counts of 10⁻ᵈ: what anomalies in them are sized by.
///
/// All figures are robust: what lies outside the middle 95 % of the differences counts for nothing, so that faults which
/// are in the readings already do not make the new ones larger.
extension Recording {
    /// A long recording is looked at in so many places of each sensor.
    private var sampleSize: Int { min(8_192, max(256, (1 << 22) / (isReplicated ? 1 : sensors.count))) }

    /// The standard deviation of white noise that would explain how a reading differs from the mean of its neighbours.
    ///
    /// A smooth signal has second differences near 0; those of white noise have six times its variance.
    func noise(ofMetric metric: Int, sensor: Int) -> Double {
        let sample = differences(metric, sensor, reach: 2) { column, index in
            let (before, middle, after) = (column[index], column[index + 1], column[index + 2])
            guard before != ReadingBlock.null, middle != ReadingBlock.null, after != ReadingBlock.null else {
                return nil
            }
            return Double(before) - 2 * Double(middle) + Double(after)
        }
        return Self.robustDeviation(sample) / 6.0.squareRoot()
    }

    /// By how much a reading typically differs from that so many readings later.
    func change(ofMetric metric: Int, sensor: Int, after lag: Int64) -> Double {
        let count = sensors[sensor].columns[metric].count
        let reach = Int(min(max(1, lag), Int64(max(1, count - 1))))
        let sample = differences(metric, sensor, reach: reach) { column, index in
            let (before, after) = (column[index], column[index + reach])
            guard before != ReadingBlock.null, after != ReadingBlock.null else { return nil }
            return Double(after) - Double(before)
        }
        return Self.robustDeviation(sample)
    }

    /// The standard deviation of the readings around their median.
    func deviation(ofMetric metric: Int, sensor: Int) -> Double {
        var sample = differences(metric, sensor, reach: 0) { column, index in
            column[index] == ReadingBlock.null ? nil : Double(column[index])
        }
        guard !sample.isEmpty else { return 0 }
        sample.sort()
        let median = sample[sample.count / 2]
        return Self.robustDeviation(sample.map { $0 - median })
    }

    /// The least and the greatest reading of a sensor; nil where it has none.
    func range(ofMetric metric: Int, sensor: Int) -> ClosedRange<Int32>? {
        var (least, greatest) = (Int32.max, ReadingBlock.null)
        for count in sensors[sensor].columns[metric] where count != ReadingBlock.null {
            least = min(least, count)
            greatest = max(greatest, count)
        }
        return least <= greatest ? least...greatest : nil
    }

    private func differences(
        _ metric: Int,
        _ sensor: Int,
        reach: Int,
        _ difference: (_ column: Span<Int32>, _ index: Int) -> Double?
    ) -> [Double] {
        let readings = sensors[sensor].columns[metric]
        let column = readings.span
        let count = column.count - reach
        guard count > 0 else { return [] }
        let size = min(count, sampleSize)
        var sample: [Double] = []
        for number in 0..<size {
            let index = number * count / size
            if let value = difference(column, index) { sample.append(value) }
        }
        return sample
    }

    /// The standard deviation around 0 by the middle 95 %; of readings that hardly ever change, by all.
    ///
    /// Of normal deviates cut at their 95 % quantile of absolute values, 1.96, the mean square is 0.7585.
    private static func robustDeviation(_ sample: [Double]) -> Double {
        guard !sample.isEmpty else { return 0 }
        let sizes = sample.map(abs).sorted()
        let kept = sizes.prefix(max(1, sizes.count * 95 / 100))
        let square = kept.reduce(0) { $0 + $1 * $1 } / Double(kept.count) / 0.7585
        if square > 0 { return square.squareRoot() }
        return (sizes.reduce(0) { $0 + $1 * $1 } / Double(sizes.count)).squareRoot()
    }
}
