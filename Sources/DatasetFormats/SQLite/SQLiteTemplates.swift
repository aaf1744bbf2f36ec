package import DatasetGen

/// The parts of a sensor's records in `sensor_data` that never change, prepared once as bytes.
///
/// A record is the header of serial types, then the time, ``Pieces/sensorID``, the readings, the label's text,
/// ``Pieces/metadata``, and the healthy twin's readings. In the header only the types of readings and of the label vary,
/// each of them one byte: texts of states have no more than ``MetricDescription/stateLimit`` bytes.
package struct SQLiteTemplates: Sendable {
    /// Where one sensor's pieces lie.
    struct Pieces {
        /// The header of a row with all readings and without anomaly.
        let header: Range<Int>
        let sensorID: Range<Int>
        let metadata: Range<Int>
        /// The header's bytes before the types of the readings.
        let headerStart: Int
        /// The bytes of a record without readings and label text.
        let fixedCount: Int
    }

    /// The bytes of all pieces.
    private(set) var bytes: [UInt8] = []
    /// By the sensor's index in the fleet.
    private(set) var sensors: [Pieces] = []
    /// Counts per unit of each sensor's readings, by ``Metric/rawValue``; those of all sensors.
    private(set) var scales: [Double] = []

    /// Prepares the pieces of each sensor; a time of the serial type `timeType` takes `timeLength` bytes.
    init(_ sensors: [Sensor], timeType: UInt64, timeLength: Int, includesCleanTwin: Bool, schema: MetricSchema) {
        self.sensors.reserveCapacity(sensors.count)
        for sensor in sensors {
            let metadata = Self.metadata(of: sensor)
            // The rowid's alias is NULL in the record.
            let start = [SQLiteRecord.null, timeType, SQLiteRecord.text(count: sensor.id.utf8.count)]
            let readings = schema.metrics.map { _ in SQLiteRecord.real }
            // status_code, anomaly_flag and anomaly_type of a normal reading.
            let label = [Self.normal, Self.normal, SQLiteRecord.null]
            let types =
                start + readings + label + metadata.map(\.serialType)
                + [SQLiteRecord.integer(0)] + (includesCleanTwin ? readings : [])
            let typeBytes = types.reduce(0) { $0 + SQLiteVarint.length($1) }
            let headerLength = SQLiteRecord.headerLength(ofTypes: typeBytes)
            let header = add(varints: [UInt64(headerLength)] + types)
            let id = add(contents: [.text(sensor.id)])
            let rest = add(contents: metadata)
            self.sensors.append(
                Pieces(
                    header: header,
                    sensorID: id,
                    metadata: rest,
                    headerStart: headerLength - typeBytes + start.reduce(0) { $0 + SQLiteVarint.length($1) },
                    fixedCount: header.count + timeLength + id.count + rest.count
                )
            )
            scales += schema.resolutions(of: sensor).map(\.countsPerUnit)
        }
    }

    /// The serial types of `status_code` and `anomaly_flag`, which take no bytes besides.
    static let normal = SQLiteRecord.integer(0)
    static let anomalous = SQLiteRecord.integer(1)

    private mutating func add(varints: [UInt64]) -> Range<Int> {
        var buffer = ByteBuffer()
        buffer.append(atMost: 9 * varints.count) { writer in
            for value in varints { writer.append(varint: value) }
        }
        return add(buffer.bytes)
    }

    private mutating func add(contents: [SQLiteValue]) -> Range<Int> {
        var record = ByteBuffer()
        SQLiteRecord.encode(contents, into: &record)
        return add(record.bytes.dropFirst(SQLiteRecord.headerLength(of: contents)))
    }

    private mutating func add(_ piece: some Collection<UInt8>) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: piece)
        return start..<bytes.count
    }

    /// The values of `firmware_version` to `height_meters`.
    package static func metadata(of sensor: Sensor) -> [SQLiteValue] {
        let numbers: [Column: FixedPoint?] = [
            .latitude: sensor.place.latitude, .longitude: sensor.place.longitude, .heightMeters: sensor.heightMeters,
        ]
        return zip(Column.metadata, sensor.metadata)
            .map { column, text in
                guard let text else { return .null }
                if let number = numbers[column], let number {
                    return .real(number.double)
                }
                return .text(text)
            }
    }
}
