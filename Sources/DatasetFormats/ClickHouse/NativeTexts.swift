import DatasetGen

/// A text of each sensor as format Native has it, prepared once; without a text its length is 0.
struct NativeTexts: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where the text of a sensor lies, with its length before it.
    private(set) var ranges: [Range<Int>] = []
    /// Whether a sensor has none.
    private(set) var isNull: [Bool] = []

    init(_ sensors: [Sensor], _ text: @Sendable (Sensor) -> String?) {
        let parts = inParallel(sensors.count, atLeast: Self.leastSensors) { range in
            var part = NativeTexts()
            for sensor in sensors[range] {
                let text = text(sensor)
                part.append(text ?? "")
                part.isNull.append(text == nil)
            }
            return part
        }
        for part in parts {
            let offset = bytes.count
            bytes += part.bytes
            ranges += part.ranges.map { $0.lowerBound + offset..<$0.upperBound + offset }
            isNull += part.isNull
        }
    }

    private init() {}

    private mutating func append(_ text: String) {
        let start = bytes.count
        bytes += Self.encoded(text)
        ranges.append(start..<bytes.count)
    }

    /// A text behind its length.
    static func encoded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text.utf8.count
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
        return bytes + text.utf8
    }

    /// Fewer are not worth another thread.
    private static let leastSensors = 4_096
}

/// A number of each sensor, prepared once.
struct NativeNumbers: Sendable {
    /// 0 where there is none.
    let values: [Double]
    /// Whether a sensor has none.
    let isNull: [Bool]

    init(_ sensors: [Sensor], _ number: (Sensor) -> FixedPoint?) {
        values = sensors.map { number($0)?.double ?? 0 }
        isNull = sensors.map { number($0) == nil }
    }
}
