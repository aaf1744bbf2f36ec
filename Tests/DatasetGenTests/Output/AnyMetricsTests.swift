import DatasetFiles
import DatasetFormats
import DatasetGen
import Testing

/// Readings of any number of metrics in every format, against rows that are made by hand.
struct AnyMetricsTests {
    private static let counts = [1, 3, 4, 5, 12, 64]
    private static let rowCount = 600

    /// Metrics of all decimals, the last with a name as long as can be.
    private static func schema(_ count: Int) throws -> MetricSchema {
        try MetricSchema(
            (0..<count)
                .map { index in
                    let stem = "metric_\(index)"
                    let isLong = index == count - 1
                    return MetricDescription(
                        name: isLong ? stem + String(repeating: "x", count: 63 - stem.utf8.count) : stem,
                        unit: "",
                        summary: "",
                        resolution: Resolution(step: 1, decimals: index % 7),
                        limits: -100...100,
                        model: .process
                    )
                }
        )
    }

    /// Readings of three sensors in turn: short, long and missing ones, among them the smallest and the largest.
    private static func block(_ metricCount: Int) -> ReadingBlock {
        func column(_ seed: Int, everyMissing: Bool) -> [Int32] {
            var state = UInt64(truncatingIfNeeded: seed &* 7_919 &+ 1)
            return (0..<rowCount)
                .map { row in
                    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    if everyMissing, state >> 60 == 0 { return ReadingBlock.null }
                    if row == 7 { return Int32.min + 1 }
                    if row == 8 { return Int32.max }
                    return row % 3 == 0 ? 2_000 + Int32(state >> 61) : Int32(truncatingIfNeeded: state >> 40) % 5_000
                }
        }
        return ReadingBlock(
            firstNumber: 42,
            sensors: (0..<rowCount).map { Int32($0 % 3) },
            times: (0..<rowCount).map { OutputFixture.time + Int64($0 / 3) * 1_000_000 },
            metrics: (0..<metricCount).map { column($0, everyMissing: true) },
            clean: (0..<metricCount).map { column($0 % 2 == 0 ? $0 : $0 + 100, everyMissing: false) },
            labels: (0..<rowCount).map { [.normal, .normal, Label(.noise), .normal, Label(.missingData)][$0 % 5] }
        )
    }

    /// A reading as text: `count` · 10⁻ᵈ.
    private static func text(_ count: Int32, _ decimals: Int) -> String? {
        guard count != ReadingBlock.null else { return nil }
        var digits = String(count.magnitude)
        if decimals > 0 {
            digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
            digits = digits.dropLast(decimals) + "." + digits.suffix(decimals)
        }
        return (count < 0 ? "-" : "") + digits
    }

    /// What one encoder writes, with marks and without, and both levels of compression with use of the rows.
    private static func write(_ encoder: any RowEncoder, _ block: ReadingBlock) throws -> [Substring] {
        var encoder = encoder
        var (plain, text, rows) = (ByteBuffer(), ByteBuffer(), RowMarks())
        encoder.encode(block, into: &plain)
        encoder.encode(block, into: &text, marking: &rows)
        #expect(plain.bytes == text.bytes)
        let folder = try TemporaryFolder()
        for level in [1, 2, 4] {
            var member = GzipMember()
            var file = ByteBuffer(GzipMember.header)
            let compressor = DeflateCompressor(level: level, layout: encoder.layout)
            for _ in 0..<2 {
                var output = ByteBuffer()
                compressor.compress(text, rows, into: &output)
                file.append(output.bytes)
                member.append(TextChecksum(text))
            }
            file.append(member.trailer)
            let path = try folder.write(file.bytes, to: "\(level).gz")
            var found: [UInt8] = []
            let problem = try TextStream(path: path, compression: .gzip).read { found += $0 }
            #expect(problem == nil && found == text.bytes + text.bytes, "level \(level): \(problem ?? "another text")")
        }
        return String(decoding: plain.bytes, as: UTF8.self).split(separator: "\n")
    }

    @Test(arguments: counts, [false, true])
    func csvHoldsEveryMetric(count: Int, twin: Bool) throws {
        let (schema, block) = (try Self.schema(count), Self.block(count))
        let encoder = CSVEncoder(
            sensors: try OutputFixture.sensors(count: 3),
            timestamps: .naive,
            includesCleanTwin: twin,
            schema: schema
        )
        let header = String(decoding: encoder.header, as: UTF8.self)
        #expect(header.dropLast() == schema.columns(includingTwin: twin).map(\.name).joined(separator: ",")[...])
        let lines = try Self.write(encoder, block)
        #expect(lines.count == Self.rowCount)
        for (row, line) in lines.enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            let values = (0..<count).map { Self.text(block.metrics[$0][row], $0 % 7) ?? "" }
            #expect(fields[3..<3 + count].elementsEqual(values) { $0 == $1 })
            #expect(fields[0] == "\(42 + row)" && fields.count == 3 + count + 15 + (twin ? count : 0))
            if twin {
                let values = (0..<count).map { Self.text(block.clean[$0][row], $0 % 7) ?? "" }
                #expect(fields.suffix(count).elementsEqual(values) { $0 == $1 })
            }
        }
    }

    @Test(arguments: counts, [false, true])
    func jsonHoldsEveryMetric(count: Int, twin: Bool) throws {
        let (schema, block) = (try Self.schema(count), Self.block(count))
        let encoder = JSONLinesEncoder(
            sensors: try OutputFixture.sensors(count: 3),
            timestamps: .naive,
            includesCleanTwin: twin,
            schema: schema
        )
        func object(_ columns: [[Int32]], _ row: Int) -> String {
            let members = schema.metrics.map { metric in
                "\"\(metric.name)\":\(Self.text(columns[metric.index][row], metric.index % 7) ?? "null")"
            }
            return "{\(members.joined(separator: ","))}"
        }
        let lines = try Self.write(encoder, block)
        #expect(lines.count == Self.rowCount)
        for (row, line) in lines.enumerated() {
            #expect(line.contains(#","readings":\#(object(block.metrics, row)),"location":{"#))
            #expect(line.hasSuffix(twin ? #""},"clean":\#(object(block.clean, row))}"# : #""}}"#))
        }
    }

    @Test(arguments: counts, [false, true])
    func sqliteHoldsEveryMetric(count: Int, twin: Bool) throws {
        let (schema, block) = (try Self.schema(count), Self.block(count))
        let rows = try SQLiteFixture.stored(
            block,
            OutputFixture.sensors(count: 3),
            pageSize: 1_024,
            twin: twin,
            schema: schema
        )
        #expect(rows.count == Self.rowCount)
        func value(_ count: Int32, _ decimals: Int) -> SQLiteValue {
            // The double that is nearest to the text.
            Self.text(count, decimals).flatMap(Double.init).map { .real($0) } ?? .null
        }
        for (row, values) in rows.enumerated() {
            #expect(values.count == 3 + count + 15 + (twin ? count : 0))
            #expect(Array(values[3..<3 + count]) == (0..<count).map { value(block.metrics[$0][row], $0 % 7) })
            let label: SQLiteValue = [.null, .null, .text("noise"), .null, .text("missing_data")][row % 5]
            #expect(values[0] == .integer(Int64(42 + row)) && values[5 + count] == label)
            if twin { #expect(values.suffix(count) == (0..<count).map { value(block.clean[$0][row], $0 % 7) }[...]) }
        }
    }
}
