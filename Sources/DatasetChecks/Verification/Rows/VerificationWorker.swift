import DatasetFormats
import DatasetGen

/// Reads or generates blocks, and makes of them what the files are compared with; the scratch memory of one worker.
struct VerificationWorker: PipelineWorker {
    private let plan: GenerationPlan
    private let names: ReadingNames
    private let database: PartReaders<SQLiteBlockReader>?
    /// Nil but for a database of other columns than every dataset's.
    private let table: PartReaders<ShapedTableReader>?
    /// Nil where the database says what the readings are.
    private let generators: GeneratorPool?
    private var digester: BlockDigester
    private var stored = ReadingBlock()
    private var eventLines: EventsEncoder

    init(
        _ plan: GenerationPlan,
        database: PartReaders<SQLiteBlockReader>?,
        table: PartReaders<ShapedTableReader>?,
        generators: GeneratorPool?,
        encoders: [any RowEncoder]
    ) {
        self.plan = plan
        (self.database, self.table) = (database, table)
        names = ReadingNames(plan)
        self.generators = generators
        digester = BlockDigester(plan, encoders: encoders)
        eventLines = EventsEncoder(.events(plan.recipe.eventTimestamps, of: plan.recipe, EventTexts(plan)))
    }

    mutating func prepare(_ batch: Int64, recycled: SharedChunk?) -> SharedChunk {
        generators?.chunk(of: plan.blocks(ofChunk: batch), recycled: recycled) ?? recycled ?? SharedChunk()
    }

    mutating func produce(_ unit: Int64, of batch: SharedChunk, recycled: CheckedBlock?) throws -> CheckedBlock {
        let product = recycled ?? CheckedBlock()
        product.problems.removeAll()
        product.tableProblems.removeAll()
        if generators != nil {
            batch.chunk.copy(block: unit, of: plan, into: &product.block)
            product.rowCount = product.block.readings.labels.count { !Label(rawValue: $0).isOmitted }
            eventLines.encode(EventRows(product.block.events, of: plan), into: product.eventLines)
            if let database {
                _ = try database.reader(ofBlock: unit).read(block: unit, into: &stored, &product.problems)
                compare(with: product.block.readings, &product.problems)
            }
        } else if let database {
            product.rowCount = try database.reader(ofBlock: unit)
                .read(block: unit, into: &product.block.readings, &product.problems)
        }
        digester.complete(product)
        try table?.reader(ofBlock: unit)
            .check(product.rows, ofReadings: product.block.readings.count, &product.tableProblems)
        return product
    }

    /// Names the readings of the database that are not the generated ones.
    private func compare(with generated: ReadingBlock, _ problems: inout Problems) {
        let isEqual =
            stored.labels == generated.labels && stored.metrics == generated.metrics && generated.clean.isEmpty
        if isEqual { return }
        for row in 0..<generated.count {
            let (label, expected) = (stored.label(ofRow: row), generated.label(ofRow: row))
            let sensor = Int(generated.sensors[row])
            func add(_ difference: String) {
                let position = generated.firstNumber - 1 + Int64(row)
                problems.add("\(names.reading(position, sensor: sensor)) \(difference) (by recipe.yaml)")
            }
            if label != expected {
                add("is \(names.label(label)), not \(names.label(expected))")
            } else if stored.values(row) != generated.values(row) {
                add("has " + names.difference(stored.values(row), generated.values(row), sensor: sensor))
            } else if !label.isOmitted, let twin = generated.twin(row), let storedTwin = stored.twin(row),
                twin != storedTwin
            {
                add("has clean_" + names.difference(storedTwin, twin, sensor: sensor))
            }
        }
    }
}

extension ReadingBlock {
    /// The metrics of a row.
    fileprivate func values(_ row: Int) -> MetricCounts {
        MetricCounts(metrics, row: row)
    }

    /// The healthy twin of a row; nil if the dataset does not hold it.
    fileprivate func twin(_ row: Int) -> MetricCounts? {
        clean.isEmpty ? nil : MetricCounts(clean, row: row)
    }
}
