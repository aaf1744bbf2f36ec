/// The events that begin in a block, encoded but for their numbers, which only the one who appends them knows.
struct EncodedEvents: Sendable {
    /// Events per ``AnomalyType/rawValue``.
    private(set) var counts = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    /// Lines of `events.csv` without the number in front.
    private var lines = ByteBuffer()
    private var lineEnds: [Int] = []
    /// Records of the table `events`.
    private var records = ByteBuffer()
    private var recordEnds: [Int] = []

    /// The number of events.
    var count: Int { lineEnds.count }

    /// Replaces the events; `sensorIDs` by the sensors' indices, `records` the style of times in the table, if there is
    /// one.
    mutating func set(
        _ events: [AnomalyEvent],
        sensorIDs: [String],
        of plan: GenerationPlan,
        records: TimestampStyle?
    ) {
        for type in counts.indices { counts[type] = 0 }
        lines.removeAll()
        self.records.removeAll()
        lineEnds.removeAll(keepingCapacity: true)
        recordEnds.removeAll(keepingCapacity: true)
        let textStyle = plan.recipe.eventTimestamps
        let columns = [TableColumn<EventRow>].events(textStyle)
        let recordColumns = records.map { $0 == textStyle ? columns : .events($0) }
        for event in events {
            counts[Int(event.type.rawValue)] += 1
            let row = EventRow(event, sensorID: sensorIDs[event.sensor], grid: plan.recipe.grid, rows: plan.rows)
            let values = columns.map { $0.value(row) }
            lines.append(csv: values)
            lineEnds.append(lines.count)
            guard let recordColumns else { continue }
            SQLiteRecord.append(records == textStyle ? values : recordColumns.map { $0.value(row) }, to: &self.records)
            recordEnds.append(self.records.count)
        }
    }

    /// Appends the lines of `events.csv`, of which the first has the number `first`.
    func appendLines(from first: Int64, to text: inout ByteBuffer) {
        let bytes = lines.bytes.span
        text.append(atMost: lines.count + 20 * count) { writer in
            var begin = 0
            for (index, end) in lineEnds.enumerated() {
                writer.append(decimal: first + Int64(index))
                writer.append(bytes.extracting(begin..<end))
                begin = end
            }
        }
    }

    /// Appends the records to the table `events`, of which the first has the number `first`.
    func appendRecords(from first: Int64, to file: SQLiteDatasetFile) throws(FileError) {
        var begin = 0
        for (index, end) in recordEnds.enumerated() {
            try file.append(event: first + Int64(index), record: records.bytes.span.extracting(begin..<end))
            begin = end
        }
    }
}
