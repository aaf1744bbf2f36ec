import DatasetFormats
import DatasetGen

/// Encodes the blocks of chunks that it generates or is given; the scratch memory of one worker.
struct BlockProducer: PipelineWorker {
    private let plan: GenerationPlan
    private let chunks: BlockChunks
    private let generators: GeneratorPool
    /// By the order of ``DatasetEncoding/parts``; the format of each is hidden once per block, never per row.
    private var encoders: [any BlockEncoder]
    private var sensors: [Int32] = []
    private var times: [Int64] = []
    private var arrivals: Arrivals

    init(_ plan: GenerationPlan, _ encoding: DatasetEncoding, _ generators: GeneratorPool, _ chunks: BlockChunks) {
        self.plan = plan
        self.chunks = chunks
        self.generators = generators
        encoders = encoding.parts.map { $0.makeEncoder() }
        arrivals = Arrivals(plan)
    }

    mutating func prepare(_ batch: Int64, recycled: SharedChunk?) -> SharedChunk {
        generators.chunk(of: chunks.blocks(ofBatch: batch), recycled: recycled)
    }

    mutating func produce(_ unit: Int64, of batch: SharedChunk, recycled: EncodedBlock?) -> EncodedBlock {
        let result = recycled ?? EncodedBlock(pieces: encoders.map { $0.makeErasedPiece() })
        let number = chunks.block(ofUnit: unit)
        let positions = plan.positions(ofBlocks: number..<number + 1)
        sensors.resize(to: positions.count, filler: 0)
        times.resize(to: positions.count, filler: 0)
        plan.fill(&sensors, &times, at: positions)
        // Dropped before the chunk is used again, and the sensors and times are filled again: nothing is copied.
        let readings = batch.chunk.slice(at: positions, sensors: sensors, times: times)
        let block = EncodableBlock(
            readings: arrivals.arriving(of: readings),
            events: EventRows(batch.chunk.events(at: positions), of: plan),
            faults: arrivals.faults,
            index: number
        )
        result.statistics = number == batch.chunk.blocks.lowerBound ? batch.chunk.statistics : nil
        result.digest = ContentDigest.digest(of: readings)
        result.deliveryCounts = arrivals.counts
        result.count(block.events.events)
        for index in encoders.indices { encoders[index].encode(block, intoErased: result.pieces[index]) }
        return result
    }
}
