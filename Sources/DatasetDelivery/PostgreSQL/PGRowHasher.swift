import DatasetFormats
import DatasetGen

/// Hashes rows as the binary COPY has them: those that are sent and those that come back are the same bytes.
struct PGRowHasher: RowHasher {
    private let encoder: PGCopyEncoder
    private let plan: GenerationPlan
    private let reader: PGRowReader

    init(_ plan: GenerationPlan, encoder: PGCopyEncoder, reader: PGRowReader) {
        (self.plan, self.encoder, self.reader) = (plan, encoder, reader)
    }

    func add(_ readings: ReadingSlice, _ windows: ProofWindows, to sums: inout GroupSums) {
        // Its own piece: workers have copies of this value.
        let piece = EncodedRows()
        encoder.encode(
            EncodableBlock(readings: readings, events: EventRows([], of: plan)),
            into: piece
        )
        unsafe piece.bytes.bytes.withUnsafeBytes { bytes in
            var start = 0
            while start < bytes.count {
                let row = unsafe reader.read(UnsafeRawBufferPointer(rebasing: bytes[start...]))
                start += row.length
                if let sensor = row.sensor { sums.add(row.hash, windows.group(sensor, row.time)) }
            }
        }
    }
}

extension GroupSums {
    /// Adds the hash of a row to a group.
    mutating func add(_ hash: UInt64, _ group: Int) { self[group, Layout.hash] &+= Int64(bitPattern: hash) }
}

extension ProofWindows {
    /// The group of a sensor's reading.
    func group(_ sensor: Int, _ time: Int64) -> Int { sensor * count + window(of: time) }
}

/// Finds time, sensor and hash of a row in the binary format.
struct PGRowReader: Sendable {
    /// A row.
    struct Row {
        let length: Int
        /// Index in the fleet; nil for a sensor that is not in it.
        let sensor: Int?
        /// Microseconds since 1970.
        let time: Int64
        /// Where the sensor stands in the row; empty for NULL.
        let sensorField: Range<Int>
        /// Whether it stands for its reading: of those of several metrics, the first does.
        let isReading: Bool
        let hash: UInt64
    }

    private let timeField: Int
    private let sensorField: Int
    private let metricField: Int?
    private let firstMetric: [UInt8]
    private let numbers: [Int32: Int]
    private let names: [String: Int]

    init(_ table: PGTable, sensors: [Sensor], numbers: [Int32]) {
        let columns = table.columns.map(\.name)
        timeField = columns.firstIndex(of: table.timeColumn) ?? 0
        sensorField = columns.firstIndex(of: "sensor_id") ?? 1
        metricField = table.layout == .narrow ? columns.firstIndex(of: "metric") : nil
        firstMetric = Array((table.schema.metrics.first?.name ?? "").utf8)
        self.numbers = Dictionary(uniqueKeysWithValues: numbers.enumerated().map { ($1, $0) })
        names =
            table.layout.hasSensorTable ? [:] : Dictionary(uniqueKeysWithValues: sensors.map { ($0.id, $0.index) })
    }

    /// Reads the row that bytes begin with.
    func read(_ bytes: UnsafeRawBufferPointer) -> Row {
        let fieldCount = unsafe Int(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        var place = 2
        var hash = ByteHash()
        var (time, sensor): (Int64, Int?) = (0, nil)
        var (sensorPlace, isReading) = (0..<0, true)
        for field in 0..<max(0, fieldCount) {
            let length = unsafe Int(Int32(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int32.self)))
            hash.add(UInt64(bitPattern: Int64(length)))
            place += 4
            guard length > 0 else { continue }
            var index = 0
            while index + 8 <= length {
                unsafe hash.add(bytes.loadUnaligned(fromByteOffset: place + index, as: UInt64.self))
                index += 8
            }
            var rest: UInt64 = 0
            while index < length {
                unsafe rest = rest << 8 | UInt64(bytes[place + index])
                index += 1
            }
            hash.add(rest)
            if field == timeField, length == 8 {
                unsafe time =
                    Int64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int64.self))
                    &+ PGCopyEncoder.epoch
            } else if field == sensorField {
                sensorPlace = place..<place + length
                sensor = unsafe self.sensor(UnsafeRawBufferPointer(rebasing: bytes[sensorPlace]))
            } else if field == metricField {
                isReading = unsafe bytes[place..<place + length].elementsEqual(firstMetric)
            }
            place += length
        }
        return Row(
            length: place,
            sensor: sensor,
            time: time,
            sensorField: sensorPlace,
            isReading: isReading,
            hash: hash.finish(count: place)
        )
    }

    /// What stands in the place of a sensor, as text.
    func name(_ field: UnsafeRawBufferPointer) -> String {
        if unsafe field.isEmpty { return "NULL" }
        guard names.isEmpty, field.count == 4 else { return unsafe String(decoding: field, as: UTF8.self) }
        return unsafe String(Int32(bigEndian: field.loadUnaligned(as: Int32.self)))
    }

    private func sensor(_ field: UnsafeRawBufferPointer) -> Int? {
        if !names.isEmpty { return unsafe names[String(decoding: field, as: UTF8.self)] }
        guard field.count == 4 else { return nil }
        return unsafe numbers[Int32(bigEndian: field.loadUnaligned(as: Int32.self))]
    }
}
