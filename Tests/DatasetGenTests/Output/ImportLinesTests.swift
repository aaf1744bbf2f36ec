import DatasetFiles
import DatasetFormats
import DatasetGen
import Foundation
import Testing

@Suite("The lines that VictoriaMetrics imports")
struct ImportLinesTests {
    private struct Line: Decodable {
        let metric: [String: String]
        let values: [Double]
        let timestamps: [Int64]
    }

    /// One sample of a series.
    private struct Sample: Hashable {
        let series: String
        let milliseconds: Int64
        let value: Double
    }

    private static let recipe = """
        dataset: {seed: 5, duration: 3h}
        metrics:
          temperature: {}
          co2: {unit: ppm, mean: 650, std_dev: 180, min: 400, max: 5000, resolution: 1}
          door: {model: state, states: {"closed, really": 0.8, "1": 0.2}, dwell: 90s}
        fleet:
          - {count: 2, prefix: 'A "B"', location: O'Brien}
          - {count: 3, prefix: COLD, metrics: [temperature, door], location: Oslo}
        anomalies: {probability: 0.2, types: {spike: {}, missing_data: {duration: 1m, modes: [null, omit]}}}
        """

    private static func encoder(_ plan: GenerationPlan, labels: Bool = true) -> ImportLinesEncoder {
        let names = SeriesNames(
            plan.recipe.schema,
            prefix: "readings",
            tags: [.sensorID, .location],
            includesTwin: false,
            includesLabels: labels
        )
        return ImportLinesEncoder(names, sensors: plan.fleet.sensors)
    }

    private static func lines(
        _ plan: GenerationPlan,
        labels: Bool = true,
        but isThere: ((Int, Int, Int64) -> Bool)? = nil
    ) throws -> [Line] {
        var encoder = encoder(plan, labels: labels)
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        var text = ByteBuffer()
        for index in 0..<plan.blockCount {
            generator.generate(block: index, into: &block)
            encoder.encode(block.readings.slice, into: &text, but: isThere)
        }
        return try text.bytes.split(separator: UInt8(ascii: "\n"))
            .map { try JSONDecoder().decode(Line.self, from: Data($0)) }
    }

    private static func samples(_ lines: [Line]) -> [Sample] {
        lines.flatMap { line in
            let series = "\(line.metric["__name__"] ?? "") \(line.metric["sensor_id"] ?? "")"
            return zip(line.timestamps, line.values).map { Sample(series: series, milliseconds: $0, value: $1) }
        }
    }

    @Test("are all samples that there are, and no others, in either order", arguments: [RowOrder.time, .sensor])
    func samples(order: RowOrder) throws {
        let plan = try GenerationPlan(yaml: Self.recipe).ordered(by: order)
        var expected: Set<Sample> = []
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        for index in 0..<plan.blockCount {
            generator.generate(block: index, into: &block)
            let readings = block.readings
            for row in 0..<readings.count where !readings.label(ofRow: row).isOmitted {
                let sensor = plan.fleet.sensors[Int(readings.sensors[row])]
                func add(_ name: String, _ value: Double) {
                    let milliseconds = readings.times[row] / 1_000
                    expected.insert(
                        Sample(series: "readings_\(name) \(sensor.id)", milliseconds: milliseconds, value: value)
                    )
                }
                for metric in plan.recipe.schema.metrics where readings.metrics[metric.index][row] != ReadingBlock.null
                {
                    let decimals = plan.recipe.schema.resolutions(of: sensor)[metric.index].decimals
                    let count = Int64(readings.metrics[metric.index][row])
                    let isState = !metric.states.isEmpty
                    add(metric.name, FixedPoint(count: count, decimals: isState ? 0 : decimals).double)
                }
                add("anomaly_type", Double(readings.labels[row]))
            }
        }
        let lines = try Self.lines(plan)
        for line in lines {
            #expect(line.values.count == line.timestamps.count && !line.values.isEmpty)
            #expect(line.timestamps == line.timestamps.sorted())
            let isCold = try #require(line.metric["sensor_id"]).hasPrefix("COLD")
            #expect(line.metric["location"] == (isCold ? "Oslo" : "O'Brien"))
        }
        let found = Self.samples(lines)
        #expect(found.count == expected.count && Set(found) == expected)
        let unlabelled = try Self.samples(Self.lines(plan, labels: false))
        #expect(Set(unlabelled) == expected.filter { !$0.series.hasPrefix("readings_anomaly_type") })
    }

    @Test("have 1,024 samples in the order of sensors, as far as there are so many")
    func lengths() throws {
        let recipe = "dataset: {duration: 1h, order: sensor}\nanomalies: {enabled: false}\nreplicas: {count: 2}"
        let counts = try Self.lines(GenerationPlan(yaml: recipe)).map(\.values.count)
        let sensor = Array(repeating: 1_024, count: 15) + Array(repeating: 3_600 - 3 * 1_024, count: 5)
        #expect(counts == sensor + sensor)
    }

    @Test("leave out samples that are there")
    func remaining() throws {
        let plan = try GenerationPlan(yaml: Self.recipe).ordered(by: .sensor)
        let all = try Self.samples(Self.lines(plan))
        func isThere(_ sensor: Int, _ series: Int, _ milliseconds: Int64) -> Bool {
            (Int64(sensor) + Int64(series) + milliseconds / 1_000) % 3 != 0
        }
        let rest = try Self.samples(Self.lines(plan, but: isThere))
        let ids = Dictionary(uniqueKeysWithValues: plan.fleet.sensors.map { ($0.id, $0.index) })
        let names = ["temperature", "co2", "door", "anomaly_type"]
        let expected = try all.filter { sample in
            let words = sample.series.split(separator: " ", maxSplits: 1)
            let series = try #require(names.firstIndex { words[0] == "readings_" + $0 })
            return try !isThere(#require(ids[String(words[1])]), series, sample.milliseconds)
        }
        #expect(rest.count == expected.count && Set(rest) == Set(expected))
        #expect(try Self.lines(plan, but: { _, _, _ in true }).isEmpty)
    }

    @Test("are gzip members that any reader takes, one behind the other")
    func compressed() throws {
        let plan = try GenerationPlan(yaml: Self.recipe).ordered(by: .sensor)
        var encoder = ImportBlockEncoder(Self.encoder(plan), isCompressed: true)
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        var (body, text) = (ByteBuffer(), ByteBuffer())
        var lines = Self.encoder(plan)
        for index in 0..<plan.blockCount {
            generator.generate(block: index, into: &block)
            let piece = encoder.makePiece()
            let encodable = EncodableBlock(
                readings: block.readings.slice,
                events: EventRows([], of: plan)
            )
            encoder.encode(encodable, into: piece)
            body.append(piece.bytes.bytes)
            lines.encode(block.readings.slice, into: &text)
        }
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(body.bytes).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "gzip -dc < \(file.path()) | sha256sum | cut -c1-64"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let digest = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(digest.trimmingCharacters(in: .newlines) == SHA256Text(of: text.bytes).text)
    }
}
