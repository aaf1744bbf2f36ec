import DatasetFormats
import DatasetGen

/// What never changes in a sensor's rows of `sensor_data`, as SQLite gives it.
struct SensorConstants: Sendable {
    /// A value of one sensor's column.
    enum Value {
        case null
        case real(Double)
        /// Where the text lies among ``SensorConstants/bytes``.
        case text(Range<Int>)
    }

    /// One sensor's values.
    struct Values {
        let id: Range<Int>
        /// Of the columns `firmware_version` to `height_meters`.
        let metadata: [Value]
        /// Counts per unit, by ``Metric/rawValue``.
        let scales: [Double]
    }

    /// The texts of all sensors.
    private(set) var bytes: [UInt8] = []
    /// By the sensor's index in the fleet.
    private(set) var sensors: [Values] = []

    init(_ sensors: [Sensor]) {
        for sensor in sensors {
            let id = add(sensor.id)
            let metadata = SQLiteTemplates.metadata(of: sensor)
                .map { value -> Value in
                    switch value {
                    // A sensor has no blobs.
                    case .null, .blob: .null
                    case .integer(let number): .real(Double(number))
                    case .real(let number): .real(number)
                    case .text(let text): .text(add(text))
                    }
                }
            let scales = sensor.resolutions.map(\.countsPerUnit)
            self.sensors.append(Values(id: id, metadata: metadata, scales: scales))
        }
    }

    private mutating func add(_ text: String) -> Range<Int> {
        let start = bytes.count
        bytes += text.utf8
        return start..<bytes.count
    }
}
