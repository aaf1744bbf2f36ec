import DatasetGen

/// The parts of a sensor's rows that never change, prepared once as bytes.
///
/// A row of text is `time`, ``Pieces/beforeReadings``, the readings, ``Pieces/afterReadings``, the label,
/// ``Pieces/afterLabel``. All sensors' pieces lie in one run of bytes.
struct RowTemplates: Sendable {
    /// Where one sensor's pieces lie.
    struct Pieces {
        /// From the time to the first reading.
        let beforeReadings: Range<Int>
        /// From the last reading to the label.
        let afterReadings: Range<Int>
        /// From the label to the end of the line.
        let afterLabel: Range<Int>

        /// The bytes of all pieces.
        var count: Int { beforeReadings.count + afterReadings.count + afterLabel.count }

        /// The same pieces behind so many other bytes.
        fileprivate func moved(by offset: Int) -> Pieces {
            func moved(_ range: Range<Int>) -> Range<Int> { range.lowerBound + offset..<range.upperBound + offset }
            return Pieces(
                beforeReadings: moved(beforeReadings),
                afterReadings: moved(afterReadings),
                afterLabel: moved(afterLabel)
            )
        }
    }

    /// The bytes of all pieces.
    private(set) var bytes: [UInt8] = []
    /// By the sensor's index in the fleet.
    private(set) var sensors: [Pieces] = []
    /// Digits behind the point of each sensor's readings, by ``Metric/rawValue``; those of all sensors.
    private(set) var decimals: [UInt8] = []

    /// Prepares the three pieces of each sensor.
    init(
        _ sensors: [Sensor],
        _ schema: MetricSchema,
        _ pieces: @Sendable (Sensor) -> (before: String, between: String, after: String)
    ) {
        let parts = inParallel(sensors.count, atLeast: Self.leastSensors) { range in
            RowTemplates(sensors[range], schema, pieces)
        }
        guard parts.count != 1 else {
            self = parts[0]
            return
        }
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
        self.sensors.reserveCapacity(sensors.count)
        decimals.reserveCapacity(sensors.count * schema.metrics.count)
        for part in parts {
            self.sensors += part.sensors.map { $0.moved(by: bytes.count) }
            bytes += part.bytes
            decimals += part.decimals
        }
    }

    private init(
        _ sensors: ArraySlice<Sensor>,
        _ schema: MetricSchema,
        _ pieces: (Sensor) -> (before: String, between: String, after: String)
    ) {
        self.sensors.reserveCapacity(sensors.count)
        for sensor in sensors {
            let (before, between, after) = pieces(sensor)
            self.sensors.append(
                Pieces(
                    beforeReadings: add(before),
                    afterReadings: add(between),
                    afterLabel: add(after)
                )
            )
            decimals += schema.resolutions(of: sensor).map { UInt8($0.decimals) }
        }
    }

    private mutating func add(_ piece: String) -> Range<Int> {
        let start = bytes.count
        bytes.append(contentsOf: piece.utf8)
        return start..<bytes.count
    }

    /// Fewer are not worth another thread.
    private static let leastSensors = 4_096

    /// The most bytes that a number takes: a sign, eleven digits and a point; `null` is shorter.
    static let numberLimit = 13

    /// The most bytes that a reading takes, of a schema with such states.
    static func readingLimit(_ states: StateTexts) -> Int { max(numberLimit, states.maximumLength) }

    /// The layout of the rows, for an encoder that has so many bytes behind readings and before the twin's, and labels of
    /// up to so many.
    func layout(separators: [UInt8], twinLead: Int, labelLimit: Int, states: StateTexts) -> RowLayout {
        RowLayout(
            bytes: bytes,
            sensors: sensors.map { ($0.beforeReadings, $0.afterReadings, $0.afterLabel) },
            separators: separators,
            twinLead: twinLead,
            readingLimit: UInt8(Self.readingLimit(states)),
            labelLimit: labelLimit
        )
    }

    /// The most bytes that the rows of readings take, if each takes up to `fixed` bytes besides its pieces.
    func byteLimit(_ readings: ReadingSlice, fixed: Int) -> Int {
        let (sensors, pieces) = (readings.sensors.span.extracting(readings.places), sensors.span)
        var limit = readings.count * fixed
        for row in 0..<readings.count {
            limit += pieces[Int(sensors[row])].count
        }
        return limit
    }
}
