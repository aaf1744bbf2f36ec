import DatasetGen

/// Scores of a metric in even bins of time, sensor by sensor, so that metrics and sensors can be compared at one time.
struct BinnedScores {
    /// Microseconds of a bin.
    let width: Int64
    /// The first bin's number, counted from 1970.
    let first: Int64
    /// How far into its bin a reading lies on average, in microseconds.
    private let place: Int64
    /// Per sensor: the mean score of each bin around the sensor's mean; NaN without readings.
    private(set) var bins: [[Double]]

    /// Sensors that are looked at.
    private static let sensorLimit = 64
    private static let binLimit: Int64 = 100_000

    /// - Parameters:
    ///   - series: the readings.
    ///   - areSpread: readings lie anywhere in the step that they were rounded to.
    init(_ series: LearnedSeries, areSpread: Bool = false) {
        let grid = series.recording.grid
        let span = grid.end.microseconds - grid.start.microseconds
        let interval = Int64(grid.interval.seconds * 1e6)
        width = max(interval, span / Self.binLimit, min(300_000_000, max(interval, span / 1_000)))
        first = grid.start.microseconds.flooredQuotient(by: width)
        let count = Int((grid.end.microseconds - 1).flooredQuotient(by: width) - first) + 1
        let step = max(1, series.recording.sensors.count / Self.sensorLimit)
        bins = []
        var (places, readingCount) = (0.0, 0.0)
        for sensor in stride(from: 0, to: series.recording.sensors.count, by: step) {
            var sums = [Double](repeating: 0, count: count)
            var counts = [Double](repeating: 0, count: count)
            let readings = series.recording.sensors[sensor]
            for tick in 0..<Int(readings.grid.tickCount) {
                let found = areSpread ? series.spreadScore(sensor, tick) : series.score(sensor, tick)
                guard let score = found else { continue }
                let time = readings.grid.time(ofTick: Int64(tick)).microseconds
                let bin = Int(time.flooredQuotient(by: width) - first)
                sums[bin] += score
                counts[bin] += 1
                places += Double(time - (first + Int64(bin)) * width)
                readingCount += 1
            }
            let (sum, total) = (sums.reduce(0, +), counts.reduce(0, +))
            let mean = total > 0 ? sum / total : 0
            bins.append(zip(sums, counts).map { $1 > 0 ? $0 / $1 - mean : .nan })
        }
        place = Int64(places / max(1, readingCount))
    }

    /// When a bin's readings are, on average, in microseconds since 1970.
    func time(_ bin: Int) -> Int64 { (first + Int64(bin)) * width + place }

    /// How many bins have readings of any sensor.
    var filledCount: Int { (0..<count).count { bin in bins.contains { !$0[bin].isNaN } } }

    /// How many bins there are.
    var count: Int { bins.first?.count ?? 0 }

    /// Takes something off every bin.
    func subtracting(_ value: (_ time: Int64) -> Double) -> BinnedScores {
        var rest = self
        let values = (0..<count).map { value(time($0)) }
        for sensor in bins.indices { for bin in values.indices { rest.bins[sensor][bin] -= values[bin] } }
        return rest
    }

    /// The variance of all bins.
    var variance: Double {
        var (sum, count) = (0.0, 0.0)
        for sensor in bins {
            for value in sensor where !value.isNaN {
                sum += value * value
                count += 1
            }
        }
        return count > 0 ? sum / count : 0
    }

    /// Takes another metric's bins off, times a weight and so many bins later.
    func subtracting(_ other: BinnedScores, times weight: Double, lag: Int) -> BinnedScores {
        var rest = self
        for sensor in bins.indices {
            for bin in bins[sensor].indices {
                let earlier = bin >= lag && sensor < other.bins.count ? other.bins[sensor][bin - lag] : .nan
                rest.bins[sensor][bin] -= weight * earlier
            }
        }
        return rest
    }

    /// The correlation of this metric with another so many bins earlier, by some of the bins.
    func correlation(with other: BinnedScores, lag: Int, everyBin step: Int) -> Double {
        var (both, own, others) = (0.0, 0.0, 0.0)
        for sensor in bins.indices where sensor < other.bins.count {
            for bin in stride(from: max(0, lag), to: max(max(0, lag), min(count, count + lag)), by: step) {
                let (one, two) = (bins[sensor][bin], other.bins[sensor][bin - lag])
                if one.isNaN || two.isNaN { continue }
                both += one * two
                own += one * one
                others += two * two
            }
        }
        return own > 0 && others > 0 ? both / (own * others).squareRoot() : 0
    }

    /// The mean correlation of two sensors at one time; nil for one sensor.
    var likeness: Double? {
        guard bins.count > 1 else { return nil }
        var (sum, pairs) = (0.0, 0.0)
        for sensor in bins.indices.dropFirst() {
            var (both, own, others) = (0.0, 0.0, 0.0)
            for bin in 0..<count {
                let (one, two) = (bins[sensor][bin], bins[sensor - 1][bin])
                if one.isNaN || two.isNaN { continue }
                both += one * two
                own += one * one
                others += two * two
            }
            guard own > 0, others > 0 else { continue }
            sum += both / (own * others).squareRoot()
            pairs += 1
        }
        return pairs > 0 ? sum / pairs : nil
    }
}
