import DatasetFormats
import DatasetGen

/// Encodes the selected readings of units, from the chunks that it generates or is given; the scratch memory of one worker.
struct StreamProducer: PipelineWorker {
    private let plan: GenerationPlan
    private let selection: ReadingSelection
    private let units: StreamUnits
    private let generators: GeneratorPool
    private var encoder: StreamEncoder
    private var sensors: [Int32] = []
    private var times: [Int64] = []
    private var arrivals: Arrivals
    private let noEvents: EventRows

    init(
        _ plan: GenerationPlan,
        _ selection: ReadingSelection,
        _ units: StreamUnits,
        _ generators: GeneratorPool,
        _ encoder: StreamEncoder
    ) {
        (self.plan, self.selection, self.units) = (plan, selection, units)
        (self.generators, self.encoder) = (generators, encoder)
        arrivals = Arrivals(plan)
        noEvents = EventRows([], of: plan)
    }

    mutating func prepare(_ batch: Int64, recycled: SharedChunk?) -> SharedChunk {
        generators.chunk(of: units.blocks(ofBatch: batch), recycled: recycled)
    }

    mutating func produce(_ unit: Int64, of batch: SharedChunk, recycled: EncodedText?) -> EncodedText {
        let piece = recycled ?? encoder.makePiece()
        let positions = selection.clamp(plan.positions(ofBlocks: units.blocks(ofUnit: unit)))
        sensors.resize(to: positions.count, filler: 0)
        times.resize(to: positions.count, filler: 0)
        plan.fill(&sensors, &times, at: positions)
        // Dropped before the chunk is used again, and the sensors and times are filled again: nothing is copied.
        let readings = selection.selected(of: batch.chunk.slice(at: positions, sensors: sensors, times: times))
        piece.rowCount = readings.count
        encoder.encode(EncodableBlock(readings: arrivals.arriving(of: readings), events: noEvents), into: piece)
        return piece
    }
}
