import CZlib
import DatasetFormats
import DatasetGen

/// Rows of any sensors and readings, compressed by what is known of them: zlib reads the same text.
struct RowsTarget: FuzzTarget {
    static let name = "rows"
    private static let sensorCount = 4

    private let recipe: Recipe? = {
        let groups = (0..<sensorCount).map { "{count: 1, prefix: S\($0), location: London}" }.joined(separator: ", ")
        let text = "{dataset: {duration: 1s}, fleet: [\(groups)]}"
        return try? RecipeReader().read(text, source: "recipe.yaml", defaultName: "recipe").recipe
    }()

    func run(_ input: [UInt8]) {
        var bytes = ByteCursor(input)
        let options = bytes.next()
        let styles = TimestampStyle.allCases
        let style = styles[bytes.next() % styles.count]
        let hasTwin = options & 1 == 1
        guard let sensors = sensors(&bytes) else { return }
        let block = block(&bytes, hasTwin: hasTwin)
        var encoder: any RowEncoder =
            options & 2 == 0
            ? CSVEncoder(sensors: sensors, timestamps: style, includesCleanTwin: hasTwin)
            : JSONLinesEncoder(sensors: sensors, timestamps: style, includesCleanTwin: hasTwin)
        let compressor = DeflateCompressor(level: options & 4 == 0 ? 1 : 2, layout: encoder.layout)
        var (text, rows, output) = (ByteBuffer(), RowMarks(), ByteBuffer())
        // The second time with all that the first one has left behind.
        for _ in 0..<2 {
            text.removeAll()
            output.removeAll()
            encoder.encode(block, into: &text, marking: &rows)
            compressor.compress(text, rows, into: &output)
            require(inflate(output.bytes, to: text.count) == text.bytes, "zlib reads another text")
        }
    }

    /// A fleet whose texts the bytes tell of; nil if it cannot be had.
    private func sensors(_ bytes: inout ByteCursor) -> [Sensor]? {
        guard var recipe else { return nil }
        for metric in recipe.normal.indices {
            recipe.normal[metric].resolution = Resolution(step: 1, decimals: bytes.next() % 7)
        }
        for group in recipe.groups.indices {
            recipe.groups[group].manufacturer = text(&bytes)
            recipe.groups[group].model = text(&bytes)
            recipe.groups[group].serialNumber = text(&bytes)
            recipe.groups[group].deploymentType = text(&bytes)
        }
        return (try? Fleet(recipe))?.sensors
    }

    /// A short text, or one that is about as long as deflate's window.
    private func text(_ bytes: inout ByteCursor) -> String {
        let kind = bytes.next()
        let unit = [",", "\"", ":", "A", "é", ",\"readings\":{", "0,0,,", "xyzw"][kind % 8]
        let count = kind < 192 ? kind / 8 : kind < 240 ? bytes.next() * 16 : (bytes.next() * 32 + bytes.next())
        return String(repeating: unit, count: count)
    }

    /// Readings that the bytes tell of, each once or some times.
    private func block(_ bytes: inout ByteCursor, hasTwin: Bool) -> ReadingBlock {
        var (sensors, times, labels): ([Int32], [Int64], [Label]) = ([], [], [])
        var metrics: [[Int32]] = MetricSchema.standard.all.map { _ in [] }
        var clean: [[Int32]] = hasTwin ? metrics : []
        var time: Int64 = 1_737_196_245_123_456
        while !bytes.isAtEnd, sensors.count < 200 {
            let kind = bytes.next()
            let sensor = Int32(kind % Self.sensorCount)
            let types = AnomalyType.allCases
            let label: Label = kind < 128 ? .normal : Label(types[kind / 4 % types.count], omitted: kind >= 240)
            let values = MetricSchema.standard.all.map { _ in value(&bytes) }
            time += Int64(bytes.next()) << (bytes.next() % 24)
            for _ in 0..<1 + bytes.next() % 4 {
                sensors.append(sensor)
                times.append(time)
                labels.append(label)
                for metric in metrics.indices { metrics[metric].append(values[metric]) }
                for metric in clean.indices { clean[metric].append(values[metric] == .min ? 1 : values[metric]) }
            }
        }
        return ReadingBlock(
            firstNumber: 1 + bytes.number() & 0xff_ffff_ffff,
            sensors: sensors,
            times: times,
            metrics: metrics,
            clean: clean,
            labels: labels
        )
    }

    private func value(_ bytes: inout ByteCursor) -> Int32 {
        switch bytes.next() {
        case ..<32: ReadingBlock.null
        case ..<48: ReadingBlock.null + 1
        case ..<64: .max
        case let byte where byte < 160: Int32(byte)
        default: Int32(truncatingIfNeeded: bytes.number())
        }
    }

    /// What zlib makes of deflate data that has no final block; nil if it is none, or more.
    private func inflate(_ data: [UInt8], to count: Int) -> [UInt8]? {
        var stream = z_stream()
        // Negative window bits: raw deflate data (zlib.h).
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, size) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var (data, text) = (data, [UInt8](repeating: 0, count: count + 64))
        let (status, rest) = data.withUnsafeMutableBufferPointer { data in
            text.withUnsafeMutableBufferPointer { text in
                (stream.next_in, stream.avail_in) = (data.baseAddress, UInt32(data.count))
                (stream.next_out, stream.avail_out) = (text.baseAddress, UInt32(text.count))
                return (CZlib.inflate(&stream, Z_SYNC_FLUSH), stream.avail_in)
            }
        }
        guard status == Z_OK, rest == 0, stream.avail_out == 64 else { return nil }
        return Array(text.prefix(count))
    }
}
