import DatasetFiles
import DatasetFormats
import DatasetGen

/// The text files and the events of a dataset against its readings, block by block in order.
final class BlockComparison {
    private struct Text {
        let encoder: any RowEncoder
        let comparison: TextComparison
        let cuts: [Int64]
        /// Rows of the blocks so far, by file.
        var rowCounts: [Int64]
        /// The shard whose file is at hand; 0 for undivided files.
        var shard = 0

        /// Goes on with the file of the next shard.
        mutating func beginShard() throws(FileError) {
            shard += 1
            try comparison.compare(ByteBuffer(encoder.trailer + encoder.header), rows: 0) { _ in
                "the beginning of the next part"
            }
        }

        /// Counts the rows of the next block.
        mutating func count(_ readings: ReadingSlice, rows: Int) {
            guard !cuts.isEmpty else {
                rowCounts[shard] += Int64(rows)
                return
            }
            var file = cuts.count { $0 < readings.firstNumber - 1 }
            for (index, part) in readings.parts(cutAt: cuts).enumerated() {
                if index > 0 { file += 1 }
                rowCounts[file] += Int64(encoder.rowCount(of: part))
            }
        }
    }

    /// The text files that there are.
    private var texts: [Text]
    /// The first blocks of the shards that are yet to come.
    private var shardStarts: ArraySlice<Int64>
    private var blockCount: Int64 = 0
    /// The labels against the event table; nil where the table is generated, or is not there.
    private let events: EventCheck?
    /// The event table against the generated one.
    private let eventText: TextComparison?
    /// The table of what has happened to readings on their way against the generated one.
    private let deliveryText: TextComparison?
    private var deliveryCounts = DeliveryCounts()
    /// What is wrong with the rows of the file that the readings come from, or of the database.
    private var problems = Problems()
    /// What is wrong with the rows of a SQLite file of other columns than every dataset's.
    private var tableProblems = Problems()
    private var statistics: DatasetStatistics
    /// Rows in each file.
    private var rowCount: Int64 = 0
    private var generatedEvents = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    private var eventLines = ByteBuffer()
    private let names: ReadingNames
    private let sensors: [Sensor]
    private var digest: ContentDigest
    private let source: VerificationPass.Source
    private let hasDatabase: Bool
    /// Blocks without a row, up to the last one.
    private var emptyBlocks = 0

    /// Findings after which a file or a table is known to be another one.
    private static let hopelessLimit: Int64 = 10_000
    /// Blocks without a row after which the rest is taken to be as empty, where no event can say so.
    private static let emptyLimit = 64

    /// Opens the files.
    ///
    /// - Parameters:
    ///   - files: the dataset's files.
    ///   - plan: the plan that it was made by.
    ///   - outputs: the text files that there are.
    ///   - source: where the readings come from.
    ///   - reference: how a message names it: `readings.sqlite`.
    ///   - hasDatabase: whether there is a SQLite file whose rows can be read.
    ///   - hasEvents: whether there is an event table.
    ///   - hasDelivery: whether there is a table of what has happened to readings on their way.
    /// - Throws: ``FileError`` when one cannot be opened.
    init(
        files: StoredFolder,
        plan: GenerationPlan,
        outputs: [ReadingOutput],
        source: VerificationPass.Source,
        reference: String,
        hasDatabase: Bool,
        hasEvents: Bool,
        hasDelivery: Bool
    ) throws(FileError) {
        self.source = source
        self.hasDatabase = hasDatabase
        names = ReadingNames(plan)
        sensors = plan.fleet.sensors
        statistics = DatasetStatistics(plan.fleet)
        digest = ContentDigest(sensors: SHA256.hash(data: plan.sensorsCSV()))
        var texts: [Text] = []
        for output in outputs {
            guard let encoder = output.makeEncoder(sensors: plan.fleet.sensors), let format = output.recordFormat
            else { continue }
            let isSource = output.fileName == reference
            let stored = try files.files(of: output)
            let comparison = TextComparison(
                output.makeWindow(stored.first, following: stored.following),
                fileName: output.fileName,
                format: format,
                reference: isSource ? "its own values" : reference
            )
            try comparison.compareHeader(encoder.header)
            let counts = [Int64](repeating: 0, count: output.fileNames.count)
            texts.append(Text(encoder: encoder, comparison: comparison, cuts: output.cuts, rowCounts: counts))
        }
        self.texts = texts
        let count = files.shardCount ?? 1
        shardStarts = (1..<count).compactMap { Shard($0, of: count).map { plan.blocks(of: $0).lowerBound } }[...]
        deliveryText =
            try hasDelivery && source == .recipe ? Self.deliveryText(files, plan, reference: reference) : nil
        events = try hasEvents && source != .recipe ? EventCheck(files: files, plan: plan) : nil
        guard hasEvents, source == .recipe else {
            eventText = nil
            return
        }
        let columns = [TableColumn<EventRow>].events(plan.recipe.eventTimestamps, of: plan.recipe)
        let comparison = TextComparison(
            try files.file("events.csv"),
            fileName: "events.csv",
            format: .csv(columns.map(\.name)),
            reference: reference
        )
        try comparison.compareHeader(columns.csvHeader())
        eventText = comparison
    }

    private static func deliveryText(
        _ files: StoredFolder,
        _ plan: GenerationPlan,
        reference: String
    ) throws(FileError) -> TextComparison {
        let columns = [TableColumn<DeliveryFault>].delivery(plan.recipe.deliveryTimestamps, sensorIDs: [])
        let comparison = TextComparison(
            try files.file("delivery.csv"),
            fileName: "delivery.csv",
            format: .csv(columns.map(\.name)),
            reference: reference
        )
        try comparison.compareHeader(columns.csvHeader())
        return comparison
    }

    /// The encoders of the text files.
    var encoders: [any RowEncoder] { texts.map(\.encoder) }

    /// Compares the next block.
    func append(_ block: CheckedBlock) throws(FileError) {
        try beginShards(at: blockCount)
        blockCount += 1
        for index in texts.indices {
            let encoder = texts[index].encoder
            let rows = block.rowCount(encoder)
            texts[index].count(block.block.readings.slice, rows: rows)
            try texts[index].comparison
                .compare(block.texts[index], rows: rows) { block.name(ofRow: $0, names, encoder) }
        }
        try events?.check(block.block.readings)
        try append(block.eventLines, of: block.block.events)
        try deliveryText?
            .compare(block.faultLines.bytes, rows: block.faultLines.count) { "fault \($0 + 1) of its block" }
        deliveryCounts.merge(block.deliveryCounts)
        problems.add(block.problems)
        tableProblems.add(block.tableProblems)
        statistics.merge(block.statistics)
        digest.append(block.digest)
        rowCount += Int64(block.rowCount)
        emptyBlocks = block.rowCount == 0 ? emptyBlocks + 1 : 0
    }

    /// Goes on with the next shards, where they begin with a block: one, and those behind it that have none.
    private func beginShards(at block: Int64) throws(FileError) {
        while let start = shardStarts.first, start <= block {
            shardStarts.removeFirst()
            for index in texts.indices { try texts[index].beginShard() }
        }
    }

    /// Whether going on would tell nothing more: what could still be compared is known to be something else.
    ///
    /// A few bytes of a recipe may ask for readings that would take years to make or to miss.
    var isHopeless: Bool {
        let isTextWrong = texts.allSatisfy { $0.comparison.lastCompared != nil }
        if source == .recipe {
            let isDatabaseWrong = !hasDatabase || problems.count + tableProblems.count > Self.hopelessLimit
            let isTableWrong = [eventText, deliveryText].allSatisfy { $0.map { $0.lastCompared != nil } ?? true }
            return isTextWrong && isDatabaseWrong && isTableWrong
        }
        // Where rows are missing in all files, texts have nothing to say against it.
        let isEmpty = emptyBlocks > Self.emptyLimit
        return (isTextWrong || isEmpty) && (events.map { $0.problems.count > Self.hopelessLimit } ?? isEmpty)
    }

    private func append(_ lines: EncodedEvents, of events: [AnomalyEvent]) throws(FileError) {
        guard lines.count > 0 else { return }
        let count = generatedEvents.reduce(0, +)
        eventLines.removeAll()
        lines.appendLines(from: count + 1, to: &eventLines)
        try eventText?
            .compare(eventLines, rows: lines.count) { index in
                "event \(count + Int64(index) + 1) (\(events[index].type.name) of \(sensors[events[index].sensor].id))"
            }
        for event in events { generatedEvents[Int(event.type.rawValue)] += 1 }
    }

    /// Reads what follows the last block, and says what was found.
    func finish(isComplete: Bool) throws(FileError) -> RowFindings {
        var findings = RowFindings(
            isComplete: isComplete,
            rowCount: rowCount,
            problems: problems,
            tableProblems: tableProblems,
            labelProblems: events?.problems ?? Problems(),
            eventProblems: Problems(),
            deliveryCounts: deliveryCounts,
            eventCounts: events?.counts ?? generatedEvents,
            statistics: statistics,
            contentSHA256: digest.finalize().text
        )
        if isComplete { try beginShards(at: .max) }
        for text in texts {
            if isComplete { try text.comparison.compareEnd(text.encoder.trailer) }
            findings.texts.append(try Self.finish(text.comparison, text.rowCounts, isComplete: isComplete))
        }
        // What is left over of the table says nothing where the readings end too early.
        if let events, isComplete { findings.eventProblems = try events.finish() }
        if let eventText { findings.eventProblems = try Self.finish(eventText, [], isComplete: isComplete).problems }
        if let deliveryText {
            findings.deliveryProblems = try Self.finish(deliveryText, [], isComplete: isComplete).problems
        }
        return findings
    }

    private static func finish(
        _ comparison: TextComparison,
        _ rowCounts: [Int64],
        isComplete: Bool
    ) throws(FileError) -> RowFindings.Text {
        let damage = try comparison.finish(isComplete: isComplete)
        return RowFindings.Text(
            fileName: comparison.fileName,
            damage: damage,
            problems: comparison.problems,
            lastCompared: comparison.lastCompared,
            byteCounts: comparison.byteCounts,
            rowCount: comparison.rowCount,
            rowCounts: rowCounts
        )
    }
}
