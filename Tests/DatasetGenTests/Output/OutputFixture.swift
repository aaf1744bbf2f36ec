import DatasetFormats
import DatasetGen

/// Sensors and readings that are made by hand, for the encoders' tests.
enum OutputFixture {
    /// 2025-01-18T10:30:45.123456.
    static let time: Int64 = 1_737_196_245_123_456

    /// A fleet as plain as can be; `change` turns its group into what a test needs.
    static func sensors(count: Int = 1, decimals: [Int] = [2, 1, 2, 3], change: (inout FleetGroup) -> Void = { _ in })
        throws
        -> [Sensor]
    {
        var recipe = try Recipe(
            yaml: """
                dataset: {duration: 1s}
                replicas: {count: \(count), prefix: S}
                sensor:
                  location: {name: San Francisco, latitude: 37.7749, longitude: -122.4194, timezone: America/Los_Angeles}
                  manufacturer: SensorTech
                  model: EnvMonitor-3000
                  firmware_version: "1.4"
                  serial_number: SN-1
                  installation_date: 2025-03-24
                  height_meters: 8.3
                """
        )
        for metric in recipe.normal.indices {
            recipe.normal[metric].resolution = Resolution(step: 1, decimals: decimals[metric])
        }
        change(&recipe.groups[0])
        return try Fleet(recipe).sensors
    }

    /// A block of one sensor's readings.
    static func block(
        firstNumber: Int64 = 1,
        times: [Int64] = [time],
        metrics: [[Int32]] = [[2_250, 653, 101_325, 12_100]],
        labels: [Label]? = nil
    ) -> ReadingBlock {
        ReadingBlock(
            firstNumber: firstNumber,
            sensors: times.map { _ in 0 },
            times: times,
            metrics: MetricSchema.standard.all.map { metric in metrics.map { $0[metric.rawValue] } },
            labels: labels ?? times.map { _ in .normal }
        )
    }

    /// The text of a block as CSV, without the header.
    static func csv(_ block: ReadingBlock, _ sensors: [Sensor], _ timestamps: TimestampStyle = .naive) -> String {
        var encoder = CSVEncoder(sensors: sensors, timestamps: timestamps)
        var buffer = ByteBuffer()
        encoder.encode(block, into: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }

    /// The text of a block as JSON Lines.
    static func json(_ block: ReadingBlock, _ sensors: [Sensor], _ timestamps: TimestampStyle = .naive) -> String {
        var encoder = JSONLinesEncoder(sensors: sensors, timestamps: timestamps)
        var buffer = ByteBuffer()
        encoder.encode(block, into: &buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }
}
