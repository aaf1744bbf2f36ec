import DatasetFormats
import DatasetGen

/// Encodes blocks of what arrives, in the order of arrival, from the chunks that it generates or is given; the scratch memory
/// of one worker.
///
/// With each unit a block is sent, and one is encoded that lies so many units behind that all before it are sent.
struct ArrivalProducer: PipelineWorker {
    /// What goes with a block besides its readings.
    struct Companion: Sendable {
        let digest: [UInt8]
        let statistics: DatasetStatistics?
        let events: [AnomalyEvent]
        let faults: [DeliveryFault]
        let counts: DeliveryCounts
    }

    private let plan: GenerationPlan
    private let chunks: BlockChunks
    private let generators: GeneratorPool
    private let order: ArrivalOrder<Companion>
    /// Units from a block's being sent to its being encoded.
    private let lag: Int64
    private var encoders: [any BlockEncoder]
    private var sensors: [Int32] = []
    private var times: [Int64] = []
    private var arrivals: Arrivals

    init(
        _ plan: GenerationPlan,
        _ encoders: [any BlockEncoder],
        _ generators: GeneratorPool,
        chunks: BlockChunks,
        order: ArrivalOrder<Companion>,
        lag: Int64
    ) {
        self.plan = plan
        self.chunks = chunks
        self.generators = generators
        (self.encoders, self.order, self.lag) = (encoders, order, lag)
        arrivals = Arrivals(plan)
    }

    mutating func prepare(_ batch: Int64, recycled: SharedChunk?) -> SharedChunk {
        // Behind the last block there is nothing to generate, only to encode.
        let blocks = chunks.blocks(ofBatch: batch)
        return blocks.isEmpty ? recycled ?? SharedChunk() : generators.chunk(of: blocks, recycled: recycled)
    }

    mutating func produce(_ unit: Int64, of batch: SharedChunk, recycled: EncodedBlock?) -> EncodedBlock {
        let sent = chunks.block(ofUnit: unit)
        if sent < chunks.blocks.upperBound { send(sent, of: batch) }
        let result = recycled ?? EncodedBlock(pieces: encoders.map { $0.makeErasedPiece() })
        let block = sent - lag
        result.isEmpty = block < order.firstBlock
        if result.isEmpty { return result }
        let (rows, companion) = order.take(block: block)
        result.statistics = companion.statistics
        result.digest = companion.digest
        result.deliveryCounts = companion.counts
        result.count(companion.events)
        let encodable = EncodableBlock(
            readings: rows,
            events: EventRows(companion.events, of: plan),
            faults: companion.faults,
            index: block
        )
        for index in encoders.indices { encoders[index].encode(encodable, intoErased: result.pieces[index]) }
        return result
    }

    private mutating func send(_ block: Int64, of batch: SharedChunk) {
        let positions = plan.positions(ofBlocks: block..<block + 1)
        sensors.resize(to: positions.count, filler: 0)
        times.resize(to: positions.count, filler: 0)
        plan.fill(&sensors, &times, at: positions)
        let readings = batch.chunk.slice(at: positions, sensors: sensors, times: times)
        let rows = arrivals.arriving(of: readings)
        order.send(
            rows,
            Companion(
                digest: ContentDigest.digest(of: readings),
                statistics: block == batch.chunk.blocks.lowerBound ? batch.chunk.statistics : nil,
                events: batch.chunk.events(at: positions),
                faults: arrivals.faults,
                counts: arrivals.counts
            ),
            block: block
        )
    }
}
