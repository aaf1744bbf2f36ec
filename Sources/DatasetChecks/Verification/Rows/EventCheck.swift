import DatasetFiles
import DatasetGen

/// The labels of the rows against the event table, in the dataset's order.
///
/// Every reading of an event carries its label and holds NULL exactly where the event says so, no other reading is
/// labelled, and the events of a sensor neither overlap nor touch.
final class EventCheck {
    /// What is wrong with the rows' labels.
    private(set) var problems = Problems()
    /// Events per ``AnomalyType/rawValue``.
    private(set) var counts = [Int64](repeating: 0, count: AnomalyType.allCases.count + 1)
    private let events: StoredEvents
    private let defects: Defects
    private let names: ReadingNames
    private let plan: GenerationPlan
    /// Per ``Fleet/kinds`` entry: what its sensors do not measure, which has to be NULL.
    private let absent: [UInt64]
    private var eventProblems = Problems()
    private var lastID: Int64 = 0
    /// Per sensor: its last event so far.
    private var active: [Active]

    /// What matters of an event for the readings.
    private struct Active {
        /// Position of the last reading; −1 before the first event.
        var lastPosition: Int64 = -1
        var endTick: Int64 = -1
        var label: UInt8 = 0
        /// The metrics that are NULL.
        var nulls = MetricSet()
    }

    /// What cannot be read of the table.
    private final class Defects {
        var file = Problems()
        var rows = Problems()
    }

    /// - Throws: ``FileError`` when the table cannot be opened.
    init(files: StoredFolder, plan: GenerationPlan) throws(FileError) {
        self.plan = plan
        let defects = Defects()
        self.defects = defects
        events = try StoredEvents(files: files, plan: plan) { defect in
            switch defect {
            case .file(let text): defects.file.add(text)
            case .row(let text): defects.rows.add(text)
            }
        }
        names = ReadingNames(plan)
        let always = MetricSet(plan.recipe.schema.all).subtracting(plan.recipe.schema.optional)
        absent = plan.fleet.kinds.map { always.subtracting($0.metrics).rawValue }
        active = Array(repeating: Active(), count: plan.fleet.sensors.count)
    }

    /// Checks the readings of the next block.
    func check(_ block: borrowing ReadingBlock) throws(FileError) {
        let block = copy block
        let first = block.firstNumber - 1
        let (sensors, labels) = (block.sensors.span, block.labels.span)
        var nulls = nullMetrics(block)
        if absent.contains(where: { $0 != 0 }) {
            for row in 0..<block.count { nulls[row] ^= absent[plan.fleet.sensors[Int(sensors[row])].core.kind] }
        }
        var next = events.current?.firstPosition ?? .max
        for row in 0..<block.count {
            let position = first + Int64(row)
            if next <= position {
                try begin(at: position)
                next = events.current?.firstPosition ?? .max
            }
            let state = active[Int(sensors[row])]
            let isAnomalous = position <= state.lastPosition
            let expected = isAnomalous ? state.label : 0
            if labels[row] == expected, !isAnomalous, nulls[row] == 0 { continue }
            check(
                label: labels[row],
                nulls: MetricSet(rawValue: nulls[row]),
                of: isAnomalous ? state : Active(),
                at: position,
                sensors[row]
            )
        }
    }

    /// What is wrong with the table itself, when all blocks have been checked.
    func finish() throws(FileError) -> Problems {
        while let event = events.current {
            eventProblems.add("\(names.event(event)) is not in the order of the first readings")
            try events.advance()
        }
        // First rows that make no sense: others are out of place because of them.
        var problems = defects.file
        problems.add(defects.rows)
        problems.add(eventProblems)
        return problems
    }

    private func begin(at position: Int64) throws(FileError) {
        while let event = events.current, event.firstPosition <= position {
            counts[Int(event.type.rawValue)] += 1
            // A stranger's number may be the greatest that there is.
            if lastID == .max || event.id != lastID + 1 {
                eventProblems.add("behind event \(lastID) stands \(names.event(event))")
            }
            lastID = event.id
            if event.firstPosition < position {
                eventProblems.add("\(names.event(event)) is not in the order of the first readings")
            } else {
                if event.ticks.lowerBound <= active[event.sensor].endTick {
                    eventProblems.add("\(names.event(event)) begins before the one before it has been over")
                }
                active[event.sensor] = Active(
                    lastPosition: event.lastPosition,
                    endTick: event.ticks.upperBound,
                    label: Label(event.type, omitted: event.rows == .omitted).rawValue,
                    nulls: event.rows == .kept ? [] : event.metrics.subtracting(plan.recipe.schema.optional)
                )
            }
            try events.advance()
        }
    }

    /// Which metrics of each row are NULL that are only in events: bits of a ``MetricSet``.
    private func nullMetrics(_ block: borrowing ReadingBlock) -> [UInt64] {
        var nulls = [UInt64](repeating: 0, count: block.count)
        var bits = nulls.mutableSpan
        let optional = plan.recipe.schema.optional
        for metric in block.metrics.indices where !optional.contains(MetricSet(Metric(rawValue: metric))) {
            let values = block.metrics[metric]
            let (column, bit) = (values.span, 1 << UInt64(metric) as UInt64)
            for row in bits.indices { bits[row] |= column[row] == ReadingBlock.null ? bit : 0 }
        }
        return nulls
    }

    private func check(label: UInt8, nulls: MetricSet, of expected: Active, at position: Int64, _ sensor: Int32) {
        if label != expected.label {
            problems.add(
                "\(names.reading(position, sensor: Int(sensor))) is \(names.label(Label(rawValue: label))), by events.csv it is "
                    + names.label(Label(rawValue: expected.label))
            )
        } else if nulls != expected.nulls {
            let metrics = nulls.symmetricDifference(expected.nulls).names(of: plan.recipe.schema)
            problems.add(
                "\(names.reading(position, sensor: Int(sensor))), by events.csv \(names.label(Label(rawValue: label))), has "
                    + (!nulls.isSubset(of: expected.nulls) ? "no \(metrics)" : "a value of \(metrics)")
            )
        }
    }
}
