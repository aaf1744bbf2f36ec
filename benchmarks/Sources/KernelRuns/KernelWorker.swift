import DatasetFiles
import DatasetFormats
import DatasetGen

/// What one worker needs to run any kernel: the encoders, and memory that is reused.
///
/// ```swift
/// let worker = try KernelWorker()
/// worker.prepare(block: 7)
/// worker.run(.csv)   // block 7 as CSV rows
/// ```
///
/// The fleet is that of the bundled recipe `load-test`, with 1,000 sensors that report once a second.
public final class KernelWorker {
    /// Readings in every block.
    public static let rowsPerBlock = Int(GenerationPlan.rowsPerBlock)
    /// Blocks that make a million rows, but for 576.
    public static let blockCount: Int64 = 61

    private let plan: GenerationPlan
    private var generator: ChunkGenerator
    private var chunk = GeneratedChunk()
    /// The block that the next run of the generation begins with.
    private var nextGenerated: Int64 = 0
    private var generated = GeneratedBlock()
    private var csvEncoder: CSVEncoder
    private var jsonEncoder: JSONLinesEncoder
    private var pageEncoder: SQLiteReadingsEncoder
    private let csvDeflater: DeflateCompressor
    private let jsonDeflater: DeflateCompressor
    private let zstd = ZstdCompressor(level: 1)

    private var index: Int64 = 0
    private var blocks: BlockGenerator
    private var block = GeneratedBlock()
    private var csv = ByteBuffer()
    private var csvRows = RowMarks()
    private var json = ByteBuffer()
    private var jsonRows = RowMarks()
    private var pages: LeafPageRun
    private var text = ByteBuffer()
    private var marks = RowMarks()
    private var compressed = ByteBuffer()
    private var checksum = TextChecksum()
    private var digest: [UInt8] = []

    /// A worker of the fleet.
    ///
    /// - Throws: what is wrong with the recipe; nothing in practice.
    public init() throws {
        let recipe = try RecipeReader()
            .read(Self.recipe, source: "load-test", defaultName: "load-test").recipe
        let plan = try GenerationPlan(recipe)
        precondition(plan.rows.count >= Self.blockCount * GenerationPlan.rowsPerBlock, "blocks must be whole")
        let sensors = plan.fleet.sensors
        let layout = SQLitePageLayout(pageSize: 16_384)
        self.plan = plan
        generator = ChunkGenerator(plan)
        blocks = BlockGenerator(plan)
        csvEncoder = CSVEncoder(sensors: sensors, timestamps: .naive)
        jsonEncoder = JSONLinesEncoder(sensors: sensors, timestamps: .naive)
        pageEncoder = SQLiteReadingsEncoder(sensors: sensors, layout: layout, timestamps: .naive)
        csvDeflater = DeflateCompressor(level: 1, layout: csvEncoder.layout)
        jsonDeflater = DeflateCompressor(level: 1, layout: jsonEncoder.layout)
        pages = LeafPageRun(layout)
    }

    private static let recipe = """
        dataset: {duration: 1h}
        replicas: {count: 1000, prefix: LOAD}
        simulation: {interval: 1s}
        random_location: {enabled: true, number_of_cities: 20, gps_variation: 500}
        """

    /// Makes the readings and the texts of a block, which the kernels take.
    public func prepare(block index: Int64) {
        self.index = index
        blocks.generate(block: index, into: &block)
        csv.removeAll()
        csvEncoder.encode(block.readings, into: &csv, marking: &csvRows)
        json.removeAll()
        jsonEncoder.encode(block.readings, into: &json, marking: &jsonRows)
    }

    /// Runs a kernel on the block.
    public func run(_ kernel: Kernel) {
        text.removeAll()
        compressed.removeAll()
        switch kernel {
        case .generation: generateNext()
        case .contentDigest: digest = ContentDigest.digest(of: block.readings)
        case .pages: pageEncoder.encode(block.readings, into: &pages)
        case .csv: csvEncoder.encode(block.readings, into: &text)
        case .markedCSV: csvEncoder.encode(block.readings, into: &text, marking: &marks)
        case .json: jsonEncoder.encode(block.readings, into: &text)
        case .markedJSON: jsonEncoder.encode(block.readings, into: &text, marking: &marks)
        case .gzipCSV: csvDeflater.compress(csv, csvRows, into: &compressed)
        case .gzipJSON: jsonDeflater.compress(json, jsonRows, into: &compressed)
        case .zstdCSV: zstd.compress(csv, into: &compressed)
        case .zstdJSON: zstd.compress(json, into: &compressed)
        case .checksumCSV: checksum = TextChecksum(csv)
        case .checksumJSON: checksum = TextChecksum(json)
        }
    }

    /// Takes the next block out of its chunk, which is computed with its first one.
    private func generateNext() {
        if nextGenerated % plan.blocksPerChunk == 0 {
            let end = min(nextGenerated + plan.blocksPerChunk, Self.blockCount)
            generator.generate(blocks: nextGenerated..<end, into: &chunk)
        }
        chunk.copy(block: nextGenerated, of: plan, into: &generated)
        nextGenerated = (nextGenerated + 1) % Self.blockCount
    }
}
