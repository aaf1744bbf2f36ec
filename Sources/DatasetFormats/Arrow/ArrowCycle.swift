/// The values of a column that is the same in all readings of a sensor, as bytes in the order of the sensors: where all of them
/// follow one another again and again, they are copied.
struct ArrowCycle: Sendable {
    /// Whole cycles.
    private let bytes: [UInt8]
    /// Bytes of a value.
    private let width: Int

    /// That of a column; nil for one that differs from reading to reading.
    init?(_ values: ArrowValues, width: Int) {
        var cycle = ByteBuffer()
        switch values {
        case .sensorTexts(let codes, _):
            cycle.append(atMost: codes.count * width) { writer in
                writer.append(indices: codes.count, bytes: width) { codes[$0] }
            }
        case .sensorNumbers(let numbers, _):
            cycle.append(atMost: numbers.count * width) { writer in
                writer.append(numbers.count) { numbers[$0].bitPattern }
            }
        case .numbers, .times, .arrivals, .flags, .zeros, .nothing, .eventIDs, .labels, .difficulties, .parts, .states,
            .counts:
            return nil
        }
        guard cycle.count > 0 else { return nil }
        let times = max(1, Self.usualBytes / cycle.count)
        bytes = [[UInt8]](repeating: cycle.bytes, count: times).flatMap { $0 }
        self.width = width
    }

    /// Appends the values of so many rows from a sensor on.
    func append(from sensor: Int, rows: Int, to writer: inout ByteWriter) {
        let bytes = bytes.span
        var (place, rest) = (sensor * width, rows * width)
        while rest > 0 {
            let count = min(bytes.count - place, rest)
            writer.append(bytes.extracting(place..<place + count))
            (place, rest) = (0, rest - count)
        }
    }

    /// Cycles of fewer bytes are repeated: to copy a few at a time takes the longest.
    private static let usualBytes = 4_096
}

extension ByteWriter {
    /// Appends the numbers of texts, in so many bytes each.
    @inline(__always)
    mutating func append(indices count: Int, bytes: Int, _ index: (Int) -> UInt32) {
        switch bytes {
        case 1: append(count) { UInt8(truncatingIfNeeded: index($0)) }
        case 2: append(count) { UInt16(truncatingIfNeeded: index($0)) }
        default: append(count, index)
        }
    }
}
