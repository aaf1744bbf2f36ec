import DatasetFiles
import DatasetFormats
import DatasetGen

/// Reads blocks of readings from the table `sensor_data`, in any order; each worker has its own.
///
/// Every column is checked that the reading's number, time and sensor determine.
final class SQLiteBlockReader {
    private let plan: GenerationPlan
    private let names: ReadingNames
    private let columns: [Column]
    private let metricCount: Int
    private let states: StateTexts
    private let style: TimestampStyle
    private let constants: SensorConstants
    private let statement: SQLiteStatement
    /// The time of the last row, as it stands in the table.
    private var time = ByteBuffer()
    private var cachedTime: Int64?
    private var writer: TimestampWriter

    /// - Throws: ``FileError`` when the database cannot be opened, or has not the columns.
    init(_ file: StoredFile, plan: GenerationPlan, style: TimestampStyle, constants: SensorConstants) throws(FileError)
    {
        self.plan = plan
        self.style = style
        self.constants = constants
        names = ReadingNames(plan)
        writer = TimestampWriter(style)
        columns = plan.recipe.columns
        metricCount = plan.recipe.schema.metrics.count
        states = StateTexts(plan.recipe.schema) { $0 }
        // SQLite takes a quoted name that is no column for a text; a qualified one it does not.
        let list = columns.map { "d.\"\($0.name)\"" }.joined(separator: ",")
        statement = try SQLiteDatabase(reading: file)
            .prepare("SELECT \(list) FROM sensor_data AS d WHERE d.id BETWEEN ? AND ? ORDER BY d.id")
    }

    /// Replaces `block` by the readings of one of the plan's blocks; readings without a row become omitted ones.
    ///
    /// - Returns: how many rows there are.
    func read(block index: Int64, into block: inout ReadingBlock, _ problems: inout Problems) throws(FileError) -> Int {
        block.resetAbsent(plan, block: index)
        statement.bind(1, block.firstNumber)
        statement.bind(2, block.firstNumber + Int64(block.count) - 1)
        var rows = 0
        // Lent out once for all rows: copies would count references for every one.
        let (sensors, texts) = (constants.sensors, constants.bytes)
        while try statement.step() {
            let (row, isFar) = Int(statement.integer(0)).subtractingReportingOverflow(Int(block.firstNumber))
            guard !isFar, row >= 0, row < block.count else {
                // In a table whose rows are out of order, a range gives others too.
                problems.add("the rows of sensor_data are out of order")
                continue
            }
            readRow(row, into: &block, sensors, texts, &problems)
            rows += 1
        }
        return rows
    }

    private func readRow(
        _ row: Int,
        into block: inout ReadingBlock,
        _ values: [SensorConstants.Values],
        _ texts: [UInt8],
        _ problems: inout Problems
    ) {
        let sensor = Int(block.sensors[row])
        /// The number of the first wrong column.
        var wrong: Int?
        if !holdsTime(block.times[row]) { wrong = 1 }
        if !statement.holds(2, texts.span.extracting(values[sensor].id)) { wrong = wrong ?? 2 }
        for metric in 0..<metricCount {
            let column = Column.leading.count + metric
            guard let count = count(Int32(column), metric, values[sensor].scales[metric]) else {
                wrong = wrong ?? column
                continue
            }
            block.metrics[metric][row] = count
        }
        if let label = label() { block.labels[row] = label } else { wrong = wrong ?? labelColumn + 2 }
        wrong = wrong ?? wrongMetadata(values[sensor].metadata, texts)
        if plan.recipe.includesCleanTwin {
            for metric in 0..<metricCount {
                let column = columns.count - metricCount + metric
                guard let count = count(Int32(column), metric, values[sensor].scales[metric]) else {
                    wrong = wrong ?? column
                    continue
                }
                block.clean[metric][row] = count
            }
        }
        guard let wrong else { return }
        let reading = names.reading(block.firstNumber - 1 + Int64(row), sensor: sensor)
        problems.add(
            "\(reading): \(columns[wrong].name) is \(Excerpt.value(statement.shown(Int32(wrong)))), which is wrong"
        )
    }

    /// The number of the first column behind the metrics.
    private var labelColumn: Int { Column.leading.count + metricCount }

    private func holdsTime(_ expected: Int64) -> Bool {
        guard style.isText else {
            return statement.type(1) == .integer && statement.integer(1) == style.number(of: expected)
        }
        if cachedTime != expected {
            cachedTime = expected
            time.removeAll()
            time.append(atMost: TimestampWriter.maximumLength) { writer.append(expected, to: &$0) }
        }
        let text = time.bytes
        return statement.holds(1, text.span)
    }

    /// A metric as a count; nil if it is nothing that the writer would have written.
    private func count(_ column: Int32, _ metric: Int, _ scale: Double) -> Int32? {
        let isState = states.isState(metric)
        switch statement.type(column) {
        case .null: return ReadingBlock.null
        case .text where isState:
            return statement.withText(column) { states.count(metric, of: $0, at: 0..<$0.count) }
        case .real, .integer:
            guard !isState else { return nil }
            let value = statement.double(column)
            let count = (value * scale).rounded()
            // The writer's own quotient: any other double is not this count.
            guard count.magnitude < 2_147_483_648 else { return nil }
            let whole = Int32(count)
            return (Double(whole) / scale).bitPattern == value.bitPattern ? whole : nil
        case .text, .blob: return nil
        }
    }

    /// The label; nil if its three columns contradict each other.
    private func label() -> UInt8? {
        let type = Int32(labelColumn + 2)
        var label: UInt8 = 0
        switch statement.type(type) {
        case .null: break
        case .text:
            guard let known = statement.withText(type, { StoredText.label($0, 0..<$0.count) }) else { return nil }
            label = known
        default: return nil
        }
        let flag: Int64 = label == 0 ? 0 : 1
        for column in [Int32(labelColumn), Int32(labelColumn + 1)] {
            guard statement.type(column) == .integer, statement.integer(column) == flag else { return nil }
        }
        return label
    }

    private func wrongMetadata(_ metadata: [SensorConstants.Value], _ texts: [UInt8]) -> Int? {
        let first = labelColumn + Column.labels.count
        for index in metadata.indices {
            let column = Int32(first + index)
            let isRight =
                switch metadata[index] {
                case .null: statement.type(column) == .null
                case .real(let number): statement.holds(column, number)
                case .text(let range): statement.holds(column, texts.span.extracting(range))
                }
            if !isRight { return Int(column) }
        }
        let synced = first + Column.metadata.count
        return statement.type(Int32(synced)) == .integer && statement.integer(Int32(synced)) == 0 ? nil : synced
    }
}

extension ReadingBlock {
    /// The label of a reading without a row.
    static let absent = Label(.missingData, omitted: true)

    /// Becomes one of a plan's blocks with no row yet: a reading is absent until it is found.
    mutating func resetAbsent(_ plan: GenerationPlan, block index: Int64) {
        let positions = plan.positions(ofBlocks: index..<index + 1)
        reset(
            firstNumber: positions.lowerBound + 1,
            count: positions.count,
            metricCount: plan.recipe.schema.metrics.count,
            includesCleanTwin: plan.recipe.includesCleanTwin
        )
        plan.fill(&sensors, &times, at: positions)
        for row in 0..<count { labels[row] = Self.absent.rawValue }
        for metric in metrics.indices {
            for row in 0..<count { metrics[metric][row] = Self.null }
        }
        for metric in clean.indices {
            for row in 0..<count { clean[metric][row] = Self.null }
        }
    }
}
