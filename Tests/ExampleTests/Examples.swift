import DatasetChecks
import DatasetFiles
import DatasetFormats
import DatasetGen
import DatasetLive
import DatasetMonitoring
import Logging

// What examples use without making it. Nothing here is run: it is compiled, as the documentation has it.

private func generating(_ recipe: Recipe) throws {
    let plan = try GenerationPlan(recipe)
    var generator = BlockGenerator(plan)
    var block = GeneratedBlock()
    generator.generate(block: 7, into: &block)  // without the six before it
}

private func writing(_ recipe: Recipe) async throws {
    let plan = try GenerationPlan(recipe)
    let summary = try await DatasetWriter(plan).write(to: "datasets/ml-training")
}

private func signing(_ plan: GenerationPlan, _ bytesOfKeyFile: [UInt8]) async throws {
    let key = try SigningKey(pem: bytesOfKeyFile)
    try await DatasetWriter(plan, options: .init(signer: key)).write(to: "datasets/ml-training")
}

private func outlining(_ recipe: Recipe) throws {
    let outline = try PlanOutline(recipe)
    outline.readingCount  // 36,000,000,000, and nothing of them is there
    let plan = try outline.plan()  // refused where the memory is too small
}

private func building() throws {
    let recipe = try Recipe([
        "dataset": ["duration": "1d", "seed": 7],
        "replicas": ["count": 100],
        "outputs": ["csv", "sqlite"],
    ])
}

private func sourcing(_ recipe: Recipe) throws {
    struct Sawtooth: HealthySource {
        let metrics = ["temperature"]

        func fill(_ metric: String, of sensor: Sensor, at times: [SimulatedTime], into values: inout [Double]) {
            for index in times.indices {
                values[index] = 20 + Double(times[index].microseconds / 1_000_000 % 60) / 10
            }
        }
    }
    let plan = try GenerationPlan(recipe, healthy: Sawtooth())
}

private func encoding(_ plan: GenerationPlan) async throws {
    struct HotReadings: ReadingEncoder {
        mutating func encode(_ readings: borrowing ReadingBlock, events: [AnomalyEvent]) -> Int {
            readings.metrics[Metric.temperature.rawValue].count { $0 != ReadingBlock.null && $0 > 300 }
        }
    }
    try await plan.encode(with: HotReadings(), workers: 2) { count in print(count) }
}

private func reading() throws {
    let reader = RecipeReader()
    let resolved = try reader.read("dataset: {seed: 7}", source: "recipe.yaml", defaultName: "recipe")
    resolved.recipe.seed  // 7
}

private func values() throws {
    MetricSchema.standard.metrics.map(\.name)  // ["temperature", "humidity", "pressure", "voltage"]
    let formula = try Formula(parsing: "temperature * 1.8 + 32", names: ["temperature"])
    try LogFormat(parsing: "%(asctime)s %(levelname)-8s %(message)s")
    TickInterval(parsing: "7s")!.seconds  // 7
    TickInterval(readingsPerSecond: "3")!.text  // "1/3s"
    let start = SimulatedTime(parsing: "2025-01-01T00:00:00Z")!
    start.text  // "2025-01-01T00:00:00.000000"
    let key = RandomKey(seed: 42).derived("sensor", 7)
    key.bits(1_000)  // always the same 64 bits, no state, no order
    let index = SensorIndex(["LOAD_000001", "LOAD_000002"])
    index.sensors(matching: "02", limit: 10).ids  // ["LOAD_000002"]
}

private func verifying() async throws {
    let report = try await DatasetVerifier(folder: "datasets/ml-training").verify()
    report.isRight  // true
}

private func auditing(_ plan: GenerationPlan) throws {
    let report = try DatasetAuditor(folder: "datasets/ml-training", plan: plan).audit()
    report.isExact  // true: the labels say exactly what differs from the healthy twin
}

private func logging(_ recipe: Recipe, _ changed: Recipe) {
    let log = LiveLog(recipe.live.logging)
    log.logger.info("hello")
    log.apply(changed.live.logging)  // what was logged at the old level is logged at the new one from now on
}

private func running(_ resolved: ResolvedRecipe, _ source: LiveRecipeSource) throws {
    let run = LiveRun(resolved, from: source, options: LiveOptions(), log: Logger(label: "live"))
    let outcome = try run.run()  // returns at the end of the run; its thread is busy until then
}

private func monitoring(_ engine: some ExampleRun, _ logger: Logger) async throws {
    let server = MonitoringServer(run: engine, logger: logger)
    try await server.serve { address in
        logger.info("dashboard: \(address.url)")
        try await engine.run()
    }
}

private protocol ExampleRun: MonitoredRun {
    func run() async throws
}

private func encodingJSONLines(_ fleet: Fleet, _ block: ReadingBlock, _ buffer: inout ByteBuffer) {
    var encoder = JSONLinesEncoder(sensors: fleet.sensors, timestamps: .naive)
    encoder.encode(block.slice, into: &buffer)
}

private func encodingCSV(_ fleet: Fleet, _ block: ReadingBlock, _ buffer: inout ByteBuffer) {
    var encoder = CSVEncoder(sensors: fleet.sensors, timestamps: .naive)
    buffer.append(encoder.header)
    encoder.encode(block.slice, into: &buffer)
}

private func buffering(_ encoder: CSVEncoder, _ block: ReadingBlock, _ bytes: inout [UInt8]) {
    var encoder = encoder
    var buffer = ByteBuffer()
    encoder.encode(block, into: &buffer)
    bytes += buffer.bytes
    buffer.removeAll()  // keeps the storage for the next block
}

private func paging(_ table: inout TableBuilder, _ payload: Span<UInt8>) throws {
    var run = LeafPageRun(SQLitePageLayout(pageSize: 16_384))
    run.append(rowID: 1, payload: payload)
    run.finish()
    try table.append(&run)  // numbers the pages, and writes them
    run.removeAll()  // keeps the storage
}

private func selecting(_ plan: GenerationPlan, _ start: SimulatedTime, _ end: SimulatedTime) {
    let selection = ReadingSelection(of: plan, sensors: [3], from: start, to: end)
    selection.blocks  // all that have to be computed
}

private func streaming(_ plan: GenerationPlan, _ pipe: some ExamplePipe) async throws {
    let stream = try ReadingStream(plan, selecting: ReadingSelection(of: plan, sensors: [3]))
    try await stream.write { bytes in try pipe.write(bytes) }
}

private protocol ExamplePipe: Sendable {
    func write(_ bytes: [UInt8]) throws
}
