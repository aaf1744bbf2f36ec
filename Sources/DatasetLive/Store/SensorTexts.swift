import DatasetGen

/// What never changes in the rows of each sensor, and the texts of states, in memory that SQLite may read without copying it.
///
/// Equal texts are stored once, so that a row whose sensor has the maker of the one before need not bind it again.
@safe
final class SensorTexts {
    /// A text's place in the memory; ``null`` stands for NULL.
    struct Place: Hashable {
        var offset: Int32
        var count: Int32

        static let null = Place(offset: -1, count: 0)
    }

    /// The columns that hold a text of the sensor, in the order of ``places``.
    static let textColumns: [Column] = [
        .sensorID, .firmwareVersion, .model, .manufacturer, .serialNumber, .location, .timezone, .deploymentType,
        .installationDate,
    ]

    /// The columns that hold a number of the sensor, in the order of ``numbers``.
    static let numberColumns: [Column] = [.latitude, .longitude, .heightMeters]

    /// Per sensor, per entry of ``textColumns``.
    let places: [Place]
    /// Per sensor, per entry of ``numberColumns``; not a number stands for NULL.
    let numbers: [Double]
    /// Per sensor: counts per unit, by metric.
    let scales: [[Double]]
    /// By metric, by the count of a reading: the state's text; nothing for a metric that is a number.
    let states: [[Place]]
    private let memory: UnsafeMutableBufferPointer<CChar>

    init(_ sensors: [Sensor], schema: MetricSchema) {
        var known: [String: Place] = [:]
        var bytes: [CChar] = []
        var places: [Place] = []
        var numbers: [Double] = []
        func place(_ text: String) -> Place {
            if let place = known[text] { return place }
            let place = Place(offset: Int32(bytes.count), count: Int32(text.utf8.count))
            bytes.append(contentsOf: text.utf8.map { CChar(bitPattern: $0) })
            known[text] = place
            return place
        }
        places.reserveCapacity(sensors.count * Self.textColumns.count)
        numbers.reserveCapacity(sensors.count * Self.numberColumns.count)
        for sensor in sensors {
            let metadata = Dictionary(uniqueKeysWithValues: zip(Column.metadata, sensor.metadata))
            for column in Self.textColumns {
                let text = column == .sensorID ? sensor.id : metadata[column] ?? nil
                places.append(text.map(place) ?? .null)
            }
            for number in [sensor.place.latitude, sensor.place.longitude, sensor.heightMeters] {
                numbers.append(number?.double ?? .nan)
            }
        }
        states = schema.metrics.map { $0.states.map(place) }
        self.places = places
        self.numbers = numbers
        scales = sensors.map { sensor in
            sensor.resolutions.map { FixedPoint(count: 1, decimals: $0.decimals).unitsPerOne }
        }
        unsafe memory = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(1, bytes.count))
        _ = unsafe memory.initialize(from: bytes)
    }

    deinit {
        unsafe memory.deallocate()
    }

    /// The memory of a text, which lives as long as this object.
    @unsafe
    func pointer(to place: Place) -> UnsafePointer<CChar> {
        unsafe UnsafePointer(memory.baseAddress! + Int(place.offset))
    }
}

extension FixedPoint {
    /// How many counts one unit has.
    fileprivate var unitsPerOne: Double { (0..<decimals).reduce(1.0) { power, _ in power * 10 } }
}

// The memory is written before `init` returns and only read afterwards.
extension SensorTexts: @unchecked Sendable {}
