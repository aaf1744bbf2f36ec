import DatasetFiles
import DatasetFormats
import DatasetGen
import Testing

/// Rows whose sensor's last one lies at the very end of deflate's window, where a longer reading is out of reach.
struct RowReachTests {
    private static let window = 32_768

    /// Rows of two sensors in turn, with the shortest and the longest readings and labels in turn.
    private static func block(_ rows: Int = 12) -> ReadingBlock {
        let isLong = (0..<rows).map { $0 / 2 % 2 == 1 }
        let values = isLong.map { $0 ? ReadingBlock.null + 1 : ReadingBlock.null }
        return ReadingBlock(
            firstNumber: 1_000,
            sensors: (0..<rows).map { Int32($0 % 2) },
            times: (0..<rows).map { OutputFixture.time + Int64($0) * 1_000_003 },
            metrics: MetricSchema.standard.all.map { _ in values },
            labels: isLong.map { $0 ? Label(.missingData) : .normal }
        )
    }

    /// The text of the block where makers' names have so many bytes, and the same compressed.
    private static func texts(nameLength: Int, json: Bool, level: Int) throws -> (text: [UInt8], deflated: [UInt8]) {
        let sensors = try OutputFixture.sensors(count: 2) {
            $0.manufacturer = String(repeating: "x", count: nameLength)
        }
        var encoder: any RowEncoder =
            json
            ? JSONLinesEncoder(sensors: sensors, timestamps: .naive) : CSVEncoder(sensors: sensors, timestamps: .naive)
        var (text, rows, output) = (ByteBuffer(), RowMarks(), ByteBuffer())
        encoder.encode(block(), into: &text, marking: &rows)
        DeflateCompressor(level: level, layout: encoder.layout).compress(text, rows, into: &output)
        return (text.bytes, output.bytes)
    }

    @Test(arguments: [1, 2], [false, true])
    func textComesBackWhereverTheWindowEnds(level: Int, json: Bool) throws {
        let folder = try TemporaryFolder()
        let guess = 16_000
        let pair = try Self.texts(nameLength: guess, json: json, level: level).text.count / 6
        // Two names lie between the rows of a sensor.
        let middle = guess + (Self.window - pair) / 2
        for nameLength in middle - 60...middle + 60 {
            let (text, deflated) = try Self.texts(nameLength: nameLength, json: json, level: level)
            var member = GzipMember()
            member.append(TextChecksum(ByteBuffer(text)))
            var file = ByteBuffer(GzipMember.header)
            file.append(deflated)
            file.append(member.trailer)
            let path = try folder.write(file.bytes, to: "x.gz")
            var found: [UInt8] = []
            let problem = try TextStream(path: path, compression: .gzip).read { found += $0 }
            #expect(problem == nil && found == text, "names of \(nameLength) bytes: \(problem ?? "another text")")
        }
    }
}
