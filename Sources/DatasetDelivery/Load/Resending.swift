import DatasetFormats
import DatasetGen

/// Sends all readings again, to a target where they replace themselves: what a crash has taken of those that it had acknowledged
/// is there again.
struct Resending<Target: DeliveryTarget> {
    private let target: Target
    private let plan: GenerationPlan

    init(_ plan: GenerationPlan, to target: Target) { (self.plan, self.target) = (plan, target) }

    func run() throws(DeliveryError) {
        var encoder = try target.makeEncoder()
        let connection = try target.connect()
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        var arrivals = Arrivals(plan)
        let (batch, sensorIDs) = (DeliveryBatch<Target.Encoder.Piece>(), plan.fleet.sensors.map(\.id))
        batch.pieces = [encoder.makePiece()]
        for number in 0..<plan.blockCount {
            generator.generate(block: number, into: &block)
            let readings = arrivals.arriving(of: block.readings.slice)
            let events = EventRows(block.events, sensorIDs: sensorIDs, of: plan)
            let encodable = EncodableBlock(readings: readings, events: events)
            encoder.encode(encodable, into: batch.pieces[0])
            (batch.blocks, batch.rowCounts) = ([number], [encodable.readings.rowCount])
            try connection.deliver(batch, isRepeated: true)
        }
    }
}
