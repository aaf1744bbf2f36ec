package import DatasetGen

/// Turns readings into rows of text of any columns, in the wide layout or in the narrow one.
///
/// The columns that a recipe does not choose have encoders of their own, which are faster.
package struct ShapedTextEncoder: RowEncoder {
    package let header: [UInt8]
    private let timestamps: TimestampStyle
    private let scripts: RowScripts
    private let table: RowTable.Texts
    private let rowsOfSensors: RowsOfSensors
    /// Digits behind the point of each sensor's readings, by ``Metric/rawValue``; those of all sensors.
    private let decimals: [UInt8]
    private let metricCount: Int
    /// The most bytes that the values of a reading's rows take.
    private let valueLimit: Int
    private let events: EventDirectory?
    private let splits: SplitTable?
    /// Where the parts of each row stand that a compressor makes use of; nil where rows are not what it knows.
    private let marks: [MarkedScript.Places]?
    /// Readings in a row.
    private let readingCount: Int
    /// What is known of all rows, for whoever compresses them.
    package let layout: RowLayout

    /// Prepares what never changes in the rows of each sensor.
    package init(_ output: ReadingOutput, _ table: RowTable, sensors: [Sensor]) {
        header = table.header
        timestamps = output.parameters.timestamps
        // Whole pieces, as a compressor wants them, unless they would take too much memory.
        let joinsPieces = output.compressesRows && table.rows.count * sensors.count <= Self.pieceLimit
        let scripts = RowScripts(table.rows, sensors, joinsPieces: joinsPieces)
        self.scripts = scripts
        self.table = RowTable.Texts(table)
        rowsOfSensors = RowsOfSensors(output, sensors)
        metricCount = output.schema.metrics.count
        decimals = sensors.flatMap { output.schema.resolutions(of: $0).map { UInt8($0.decimals) } }
        events = output.events
        splits = output.splits
        valueLimit =
            scripts.values.reduce(0) { $0 + $1.reduce(0) { $0 + table.limit(of: $1) } }
            + scripts.sharedCounts.reduce(0, +)
        let marks = output.compressesRows ? scripts.marks() : nil
        self.marks = marks?.map(\.places)
        readingCount = marks?.first?.readingCount ?? 0
        layout =
            marks.map { marks in
                scripts.layout(
                    marks,
                    readingLimit: table.limit(of: .metric(0)),
                    labelLimit: table.limit(of: .label(.type))
                )
            } ?? RowLayout()
    }

    /// Pieces of so many sensors and rows are made whole.
    private static let pieceLimit = 1 << 18

    package var isMarked: Bool { marks != nil }

    package func rowCount(ofReading index: Int, of readings: ReadingSlice) -> Int {
        let sensor = Int(readings.sensors[readings.places.lowerBound + index])
        return readings.isOmitted(index) ? 0 : rowsOfSensors.count(ofSensor: sensor)
    }

    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer, marking rows: inout RowMarks)
    {
        let limit = byteLimit(readings)
        let rowLimit = readings.count * scripts.scripts.count
        rows.refill(atMost: rowLimit, readings: readingCount) { notes in
            buffer.append(atMost: limit) { write(readings, to: &$0, &notes) }
        }
    }

    /// - Complexity: O(values).
    package mutating func encode(_ readings: ReadingSlice, into buffer: inout ByteBuffer) {
        buffer.append(atMost: byteLimit(readings)) { writer in
            var notes = NoRowNotes()
            write(readings, to: &writer, &notes)
        }
    }

    /// The most bytes that the rows of readings take.
    private func byteLimit(_ readings: ReadingSlice) -> Int {
        var limit = readings.count * valueLimit
        let sensors = readings.sensors.span.extracting(readings.places)
        for row in 0..<readings.count { limit += scripts.ownLimit(ofSensor: Int(sensors[row])) }
        return limit
    }

    private func write<Notes: RowNotes & ~Copyable>(
        _ readings: ReadingSlice,
        to writer: inout ByteWriter,
        _ notes: inout Notes
    ) {
        var timestamps = TimestampWriter(self.timestamps)
        var arrivals = TimestampWriter(self.timestamps)
        let rows = readings.rows
        let sensors = readings.sensors.span.extracting(readings.places)
        let times = readings.times.span.extracting(readings.places)
        let labels = readings.labels.span.extracting(rows)
        let (bytes, pieces, decimals) = (scripts.bytes.span, scripts.pieces.span, self.decimals.span)
        let allSteps = scripts.scripts.span
        let marked = marks ?? []
        let places = marked.span
        for row in 0..<readings.count {
            let label = Label(rawValue: labels[row])
            if label.isOmitted { continue }
            let sensor = Int(sensors[row])
            let number = readings.number(of: row)
            let place = rows.lowerBound + row
            let event = label.isAnomalous ? events?.entry(ofSensor: sensor, position: number - 1) : nil
            for line in allSteps.indices where rowsOfSensors.has(line, ofSensor: sensor) {
                let steps = allSteps[line].span
                var mark = RowMark()
                mark.start = writer.offset
                mark.lengths = notes.lengthCount
                for index in steps.indices {
                    if Notes.isWanted { mark.note(index, places[line], writer.offset) }
                    switch steps[index] {
                    case .shared(let range): writer.append(bytes.extracting(range))
                    case .own(let piece):
                        writer.append(bytes.extracting(pieces[sensor &* scripts.pieceCount &+ piece]))
                    case .value(.number):
                        writer.append(decimal: rowsOfSensors.number(of: line, ofReading: number))
                    case .value(.time): timestamps.append(times[row], to: &writer)
                    case .value(.arrival): arrivals.append(readings.arrival(of: row), to: &writer)
                    case .value(.metric(let metric)):
                        let digits = decimals[sensor &* metricCount &+ metric]
                        let start = writer.count
                        table.append(metric, readings.metrics[metric][place], digits, to: &writer)
                        if Notes.isWanted { notes.append(length: writer.count - start) }
                    case .value(.clean(let metric)):
                        let digits = decimals[sensor &* metricCount &+ metric]
                        table.append(metric, readings.clean[metric][place], digits, to: &writer)
                    case .value(.label(let form)): table.append(form, label, to: &writer)
                    case .value(.eventID):
                        if let event { writer.append(decimal: event.number) } else { writer.append(table.null.span) }
                    case .value(.difficulty):
                        table.append(difficulty: event?.difficultyCode ?? 0, to: &writer)
                    case .value(.split):
                        table.append(
                            split: splits?.code(ofSensor: sensor, position: number - 1, isAnomalous: label.isAnomalous)
                                ?? 0,
                            to: &writer
                        )
                    }
                }
                if Notes.isWanted {
                    mark.note(steps.count, places[line], writer.offset)
                    mark.sensor = Int32(truncatingIfNeeded: sensor &* allSteps.count &+ line)
                    notes.append(mark)
                }
            }
        }
    }
}

extension RowMark {
    /// Takes note of the parts that begin with a step.
    @inline(__always)
    fileprivate mutating func note(_ step: Int, _ places: MarkedScript.Places, _ offset: UInt32) {
        if step == places.time { time = offset }
        if step == places.before { before = offset }
        if step == places.label { label = offset }
        if step == places.after { after = offset }
    }
}

extension RowTable {
    /// The most bytes that a value takes.
    func limit(of value: RowValue) -> Int {
        switch value {
        case .time, .arrival: TimestampWriter.maximumLength
        case .metric, .clean: max(RowTemplates.readingLimit(states), null.utf8.count)
        case .split: splits.reduce(0) { max($0, $1.count) }
        case .number, .label, .eventID, .difficulty:
            labels.map(\.maximumLength).reduce(difficulties.reduce(20) { max($0, $1.count) }) { max($0, $1) }
        }
    }

    /// The texts of values, prepared once.
    struct Texts: Sendable {
        let null: [UInt8]
        let states: StateTexts
        /// The labels in all forms, then the difficulties and the parts of the splits.
        private let bytes: [UInt8]
        private let bounds: [Int]

        init(_ table: RowTable) {
            (null, states) = (Array(table.null.utf8), table.states)
            var (bytes, bounds): ([UInt8], [Int]) = ([], [0])
            for labels in table.labels {
                for label in 0..<Self.labelCount {
                    bytes += labels.bytes[labels.bounds[label]..<labels.bounds[label + 1]]
                    bounds.append(bytes.count)
                }
            }
            for text in table.difficulties + table.splits {
                bytes += text
                bounds.append(bytes.count)
            }
            (self.bytes, self.bounds) = (bytes, bounds)
        }

        private static let labelCount = AnomalyType.allCases.count + 1

        @inline(__always)
        private func append(text: Int, to writer: inout ByteWriter) {
            writer.append(bytes.span.extracting(bounds[text]..<bounds[text + 1]))
        }

        /// Appends a difficulty, by ``EventDirectory/code(of:)``.
        @inline(__always)
        func append(difficulty: Int, to writer: inout ByteWriter) {
            append(text: RowValue.LabelForm.allCases.count * Self.labelCount + difficulty, to: &writer)
        }

        /// Appends a part of the splits, by ``SplitTable/code(ofSensor:position:isAnomalous:)``.
        @inline(__always)
        func append(split: Int, to writer: inout ByteWriter) {
            append(difficulty: Difficulty.texts.count + split, to: &writer)
        }

        /// Appends a reading.
        @inline(__always)
        func append(_ metric: Int, _ count: Int32, _ decimals: UInt8, to writer: inout ByteWriter) {
            if count == ReadingBlock.null {
                writer.append(null.span)
            } else if let text = states.range(metric, count) {
                writer.append(states.bytes.span.extracting(text))
            } else {
                writer.append(count, decimals: Int(decimals))
            }
        }

        /// Appends a label.
        @inline(__always)
        func append(_ form: RowValue.LabelForm, _ label: Label, to writer: inout ByteWriter) {
            append(text: form.rawValue * Self.labelCount + Int(label.rawValue), to: &writer)
        }
    }
}
