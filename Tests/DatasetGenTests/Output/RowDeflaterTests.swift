import DatasetFiles
import DatasetFormats
import DatasetGen
import Foundation
import Testing

/// What is known of rows, turned into deflate data and back.
struct RowDeflaterTests {
    /// A fleet and how its rows are written.
    struct Sample: CustomTestStringConvertible {
        var name: String
        var yaml: String
        var timestamps: TimestampStyle = .naive
        /// A length in bytes that the sensors' makers and places have.
        var nameLength: Int?
        /// Whether names, makers and places are made of separators.
        var isHostile = false

        var testDescription: String { name }

        /// A fleet of several makes, with all types of anomalies.
        init(
            _ sensors: Int,
            order: String = "time",
            readings: Int = 40_000,
            _ timestamps: TimestampStyle = .naive,
            more: String = ""
        ) {
            name = "\(sensors) sensors, \(order), \(timestamps), \(more)"
            self.timestamps = timestamps
            yaml = """
                dataset: {duration: \(max(readings / sensors, 2))s, order: \(order)}
                simulation: {interval: 1s}
                replicas: {count: \(sensors), prefix: S}
                random_location: {enabled: true, number_of_cities: 5}
                \(more)
                """
        }

        func plan() throws -> GenerationPlan {
            var recipe = try Recipe(yaml: yaml)
            if let nameLength {
                let name = String(repeating: "long \"name\", of 😀\n", count: nameLength / 20)
                for group in recipe.groups.indices {
                    recipe.groups[group].manufacturer = name
                    recipe.groups[group].deploymentType = name + "é"
                }
            }
            if isHostile { Self.makeHostile(&recipe) }
            return try GenerationPlan(recipe)
        }

        private static func makeHostile(_ recipe: inout Recipe) {
            var state: UInt64 = 3
            func text() -> String {
                let parts = (0..<6)
                    .map { _ in
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return [",", "\"", ":", "_A", "A", ",\"readings\":{", "é", "0,0,,"][Int(state >> 61)]
                    }
                return parts.prefix(Int(state >> 50 & 7)).joined()
            }
            for group in recipe.groups.indices {
                recipe.groups[group].naming = .fixed("S" + text() + "\(group % 7)" + text())
                recipe.groups[group].manufacturer = "M" + text()
                recipe.groups[group].model = "M" + text()
                recipe.groups[group].serialNumber = text() + "N"
                recipe.groups[group].deploymentType = text()
            }
        }
    }

    /// Rows that are left out, rows without values, and values of a row before.
    private static let missing = """
        anomalies:
          probability: 0.3
          types: {spike: {}, missing_data: {modes: ["null", omit, stuck], duration: 1m}}
        """

    /// Sensors whose names, makers and places consist of little but the bytes around them, in many combinations.
    private static let hostile: Sample = {
        var sample = Sample(60, readings: 20_000)
        sample.name = "hostile names"
        sample.isHostile = true
        sample.yaml = """
            dataset: {duration: 300s}
            simulation: {interval: 1s}
            fleet:
            \((0..<60).map { "  - {count: 1, prefix: P\($0)}" }.joined(separator: "\n"))
            """
        return sample
    }()

    private static let samples: [Sample] =
        [1, 2, 7, 85, 170, 1_000, 20_000].map { Sample($0) }
        + [1, 7, 100].map { Sample($0, order: "sensor") }
        + [TimestampStyle.utc, .epochSeconds, .epochMilliseconds, .epochMicroseconds, .epochNanoseconds]
        .flatMap { [Sample(30, $0), Sample(3, order: "sensor", $0)] }
        + [1, 60, 1_000].map { Sample($0, more: "outputs: [csv, clean]") }
        + [5, 400].map { Sample($0, more: missing) }
        + [hostile, Sample(9, readings: 1), Sample(1, readings: 2)]
        + [1_000, 20_000, 40_000]
        .map { length in
            var sample = Sample(3, readings: 60)
            sample.name += "names of \(length) bytes"
            sample.nameLength = length
            return sample
        }

    /// The text of a plan's blocks, and the same compressed, by a worker that sees the blocks in the order given.
    private static func texts(
        _ plan: GenerationPlan,
        _ timestamps: TimestampStyle,
        json: Bool,
        level: Int,
        blocks: [Int64]
    ) -> [Int64: (text: [UInt8], deflated: [UInt8])] {
        let includesTwin = plan.recipe.includesCleanTwin
        let sensors = plan.fleet.sensors
        var csv = CSVEncoder(sensors: sensors, timestamps: timestamps, includesCleanTwin: includesTwin)
        var lines = JSONLinesEncoder(sensors: sensors, timestamps: timestamps, includesCleanTwin: includesTwin)
        let compressor = DeflateCompressor(level: level, layout: json ? lines.layout : csv.layout)
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        var (text, plain, output, rows) = (ByteBuffer(), ByteBuffer(), ByteBuffer(), RowMarks())
        var result: [Int64: (text: [UInt8], deflated: [UInt8])] = [:]
        for index in blocks {
            generator.generate(block: index, into: &block)
            text.removeAll()
            plain.removeAll()
            output.removeAll()
            if json {
                lines.encode(block.readings, into: &text, marking: &rows)
                lines.encode(block.readings, into: &plain)
            } else {
                csv.encode(block.readings, into: &text, marking: &rows)
                csv.encode(block.readings, into: &plain)
            }
            #expect(text.bytes == plain.bytes)
            compressor.compress(text, rows, into: &output)
            result[index] = (text.bytes, output.bytes)
        }
        return result
    }

    @Test(arguments: samples, [false, true])
    func textComesBack(sample: Sample, json: Bool) throws {
        let plan = try sample.plan()
        let folder = try TemporaryFolder()
        for level in [1, 2] {
            let blocks = Array(0..<plan.blockCount)
            let texts = Self.texts(plan, sample.timestamps, json: json, level: level, blocks: blocks)
            var member = GzipMember()
            var file = ByteBuffer(GzipMember.header)
            var expected: [UInt8] = []
            for index in blocks {
                let (text, deflated) = try #require(texts[index])
                member.append(TextChecksum(ByteBuffer(text)))
                file.append(deflated)
                expected += text
            }
            file.append(member.trailer)
            let path = try folder.write(file.bytes, to: "x.gz")
            var text: [UInt8] = []
            #expect(try TextStream(path: path, compression: .gzip).read { text += $0 } == nil)
            #expect(text == expected)
            #expect(try Programs.run("gzip", ["-t", path]).status == 0)
            #expect(try Programs.run("gzip", ["-dc", path]).output == Data(expected))
        }
    }

    /// What a worker has compressed before leaves no trace, nor does the other order of rows.
    @Test(arguments: [1, 2], [false, true])
    func bytesDependOnTheBlockAlone(level: Int, json: Bool) throws {
        let plan = try Sample(300, readings: 90_000).plan()
        let rising = Self.texts(plan, .naive, json: json, level: level, blocks: Array(0..<plan.blockCount))
        let falling = Self.texts(plan, .naive, json: json, level: level, blocks: (0..<plan.blockCount).reversed())
        #expect(plan.blockCount > 4)
        for (index, block) in rising { #expect(falling[index]?.deflated == block.deflated) }
    }

    /// Fewer bytes at higher levels, and fewer than a search for repetitions finds at a multiple of the time.
    @Test(arguments: [1, 100, 1_000], [false, true])
    func higherLevelsAreSmaller(sensors: Int, json: Bool) throws {
        let plan = try Sample(sensors, readings: 32_768).plan()
        let sizes = [1, 2, 4, 9]
            .map { level in
                Self.texts(plan, .naive, json: json, level: level, blocks: [0, 1]).values
                    .reduce(0) { $0 + $1.deflated.count }
            }
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 >= $1 }, "\(sizes)")
        let text = Self.texts(plan, .naive, json: json, level: 1, blocks: [0, 1]).values
            .reduce(0) { $0 + $1.text.count }
        #expect(sizes[0] * (sensors == 1 ? 12 : 4) < text)
    }

    @Test func emptyTextIsAnEmptyBlock() {
        var output = ByteBuffer()
        DeflateCompressor(level: 1).compress(ByteBuffer(), into: &output)
        // RFC 1951, section 3.2.4: no final block, stored, no bytes.
        #expect(output.bytes == [0, 0, 0, 0xff, 0xff])
    }
}
