/// A few blocks of a plan, encoded: what a reading and an event take on the mean.
struct EncodedSample {
    /// Bytes of the SQLite file per reading.
    private(set) var pageBytes = 0.0
    /// Bytes per reading, by the order of ``DatasetEncoding/texts``.
    private(set) var textBytes: [Double]
    /// Bytes in front of all readings, by the order of ``DatasetEncoding/texts``.
    private(set) var headerBytes: [Int]
    /// Bytes of a line of `events.csv`.
    private(set) var eventBytes: Double

    /// Generates and encodes at most four blocks, spread over the dataset.
    init(_ plan: GenerationPlan, _ encoding: DatasetEncoding) {
        var producers = encoding.texts.map { TextProducer($0) }
        headerBytes = producers.indices.map { producers[$0].produceHeader().bytes.count }
        textBytes = producers.map { _ in 0 }
        var pageEncoder = encoding.pages
        var pages = LeafPageRun(encoding.pageLayout)
        var generator = BlockGenerator(plan)
        var block = GeneratedBlock()
        var readings = 0
        var events = ByteBuffer()
        var eventCount = 0
        for index in Self.blocks(of: plan) {
            generator.generate(block: index, into: &block)
            readings += block.readings.count
            for format in producers.indices {
                var text = EncodedText()
                producers[format].produce(block.readings, into: &text)
                textBytes[format] += Double(text.bytes.count)
            }
            pageEncoder?.encode(block.readings, into: &pages)
            pageBytes += Double(pageEncoder == nil ? 0 : pages.pageCount * encoding.pageLayout.pageSize)
            for event in block.events { events.append(csv: Self.values(of: event, plan)) }
            eventCount += block.events.count
        }
        pageBytes /= Double(max(1, readings))
        textBytes = textBytes.map { $0 / Double(max(1, readings)) }
        // The number in front, which has one digit here and up to twelve in the dataset.
        eventBytes = eventCount == 0 ? Self.usualEventBytes : Double(events.count) / Double(eventCount) + 7
    }

    /// Whole blocks only: a last one of a few readings says little about the others.
    private static func blocks(of plan: GenerationPlan) -> [Int64] {
        let whole = plan.rows.count / GenerationPlan.rowsPerBlock
        guard whole > 0 else { return plan.blockCount > 0 ? [0] : [] }
        let count = min(whole, 4)
        return (0..<count).map { (2 * $0 + 1) * whole / (2 * count) }
    }

    private static func values(of event: AnomalyEvent, _ plan: GenerationPlan) -> [TableValue] {
        let id = plan.fleet.sensors[event.sensor].id
        let row = EventRow(event, sensorID: id, grid: plan.recipe.grid, rows: plan.rows)
        return [TableColumn<EventRow>].events(plan.recipe.eventTimestamps).map { $0.value(row) }
    }

    private static let usualEventBytes = 160.0
}
