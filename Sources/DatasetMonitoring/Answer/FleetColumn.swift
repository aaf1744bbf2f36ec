import DatasetGen

/// A fleet at an instant, reduced to what a screen shows.
struct FleetColumn: Hashable, Sendable {
    /// The most rows; a larger fleet is divided into as many.
    static let mostRows = 128

    let time: SimulatedTime
    /// The 5th, 25th, 50th, 75th and 95th percentile of the values; nil where there are none.
    let percentiles: [Double]?
    /// Per row: the mean of its values; NaN where there are none.
    let means: [Float]
    /// Per row: how many sensors are anomalous.
    let anomalous: [Int32]

    /// The sensors of each row of a fleet.
    static func rows(ofFleet sensorCount: Int) -> [Range<Int>] {
        let count = min(mostRows, sensorCount)
        return (0..<count).map { $0 * sensorCount / count..<($0 + 1) * sensorCount / count }
    }

    /// Reduces what the sensors report.
    ///
    /// - Complexity: O(*n* log *n*) in the sensors.
    init(_ instant: FleetInstant, isNumber: Bool) {
        time = instant.time
        let rows = Self.rows(ofFleet: instant.values.count)
        means = rows.map { row in
            guard isNumber else { return .nan }
            var (sum, count) = (0.0, 0)
            for value in instant.values[row] where !value.isNaN {
                sum += value
                count += 1
            }
            return count > 0 ? Float(sum / Double(count)) : .nan
        }
        anomalous = rows.map { row in
            Int32(instant.labels[row].count { $0 != 0 && $0 != FleetInstant.silent })
        }
        let values = isNumber ? instant.values.filter { !$0.isNaN }.sorted() : []
        percentiles = values.isEmpty ? nil : [0.05, 0.25, 0.5, 0.75, 0.95].map { values.quantile($0) }
    }
}
