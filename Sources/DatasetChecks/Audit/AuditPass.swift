import DatasetFiles
import DatasetGen

/// One pass over a dataset: its stored rows, the healthy twin and the event table, side by side in the dataset's order.
///
/// Memory: one block, one batch of rows, and a state per sensor.
struct AuditPass {
    private let plan: GenerationPlan
    private let readings: StoredReadings
    private let events: StoredEvents
    private let findings: AuditFindings
    private let names: ReadingNames
    private let locator: RowLocator
    private let twin: GenerationPlan
    private var generator: ChunkGenerator
    private var exactness: ExactnessCheck
    private var measures: AuditMeasures
    /// Per sensor: the event that its next reading may belong to.
    private var active: [StoredEvent?]
    /// Per sensor: its next tick.
    private var ticks: [Int64]
    private var rowCount: Int64 = 0
    private let holdsTwin: Bool

    init(
        _ plan: GenerationPlan,
        twin: GenerationPlan,
        readings: StoredReadings,
        events: StoredEvents,
        findings: AuditFindings
    ) {
        self.plan = plan
        self.readings = readings
        self.events = events
        self.findings = findings
        names = ReadingNames(plan)
        holdsTwin = plan.recipe.includesCleanTwin
        locator = RowLocator(plan, timestamps: readings.timestamps)
        generator = ChunkGenerator(twin)
        self.twin = twin
        exactness = ExactnessCheck(plan, findings: findings)
        measures = AuditMeasures(plan, twin: twin)
        active = Array(repeating: nil, count: plan.fleet.sensors.count)
        ticks = Array(repeating: 0, count: plan.fleet.sensors.count)
    }

    /// Goes through the dataset.
    mutating func run() throws(FileError) -> AuditReport {
        var block = GeneratedBlock()
        var chunk = GeneratedChunk()
        var isWhole = true
        for index in 0..<twin.chunkCount {
            // Whoever says of a short file that it is a long one shall not have its twin made for years.
            isWhole = findings.count(of: .missingRow) <= max(Self.missingLimit, 10 * rowCount)
            guard isWhole else { break }
            generator.generate(blocks: twin.blocks(ofChunk: index), into: &chunk)
            for index in chunk.blocks {
                chunk.copy(block: index, of: twin, into: &block)
                try check(block.readings)
            }
        }
        try finish()
        return measures.report(
            fileName: readings.fileName,
            uncheckedColumns: readings.uncheckedColumns.map(\.name),
            rows: rowCount,
            isWhole: isWhole,
            findings: findings,
            difficulties: events.difficulties
        )
    }

    /// Rows that may be missing before no more are looked for, where they are most of the dataset.
    private static let missingLimit: Int64 = 1_000_000

    private mutating func check(_ block: borrowing ReadingBlock) throws(FileError) {
        let first = block.firstNumber - 1
        let times = copy block
        let none = MetricCounts(count: times.metrics.count)
        for row in 0..<times.count {
            let position = first + Int64(row)
            let sensor = Int(times.sensors[row])
            let tick = ticks[sensor]
            ticks[sensor] += 1
            let time = times.times[row]
            let healthy = MetricCounts(times.metrics, row: row)
            let begins = try beginEvents(at: position)
            let event = active[sensor]
            var reading = AuditedReading(
                position: position,
                tick: tick,
                sensor: sensor,
                time: time,
                metrics: none,
                clean: none,
                isPresent: false,
                label: 0,
                eventType: event?.type.rawValue ?? 0
            )
            try readRow(into: &reading)
            if holdsTwin, reading.isPresent, reading.clean != healthy {
                findings.add(
                    .wrongTwin,
                    "\(names.reading(position, sensor: sensor)) has "
                        + names.difference(reading.clean, healthy, sensor: sensor)
                )
            }
            if let event {
                exactness.check(reading, healthy: healthy, of: event)
                if tick == event.ticks.upperBound - 1 { active[sensor] = nil }
            } else if !reading.isPresent || reading.label != 0 || reading.metrics != healthy {
                exactness.checkNormal(reading, healthy: healthy)
            }
            measures.add(reading, event: event, begins: begins)
        }
    }

    /// Takes the events that begin with a reading from the table; whether there is one.
    @inline(__always)
    private mutating func beginEvents(at position: Int64) throws(FileError) -> Bool {
        guard let event = events.current, event.firstPosition <= position else { return false }
        return try begin(event, at: position)
    }

    private mutating func begin(_ first: StoredEvent, at position: Int64) throws(FileError) -> Bool {
        var begins = false
        var next: StoredEvent? = first
        while let event = next, event.firstPosition <= position {
            if event.firstPosition < position {
                findings.add(.event, "\(names.event(event)) is not in the order of the first readings")
            } else {
                exactness.begin(event)
                active[event.sensor] = event
                begins = true
            }
            try events.advance()
            next = events.current
        }
        return begins
    }

    /// Finds the row of a reading, if there is one, and steps over rows that are of no reading.
    @inline(__always)
    private mutating func readRow(into reading: inout AuditedReading) throws(FileError) {
        while let row = readings.current {
            if row.isReadable, locator.fits(row, time: reading.time, sensor: Int32(truncatingIfNeeded: reading.sensor)),
                row.number == nil || row.number == reading.position + 1
            {
                accept(row, &reading)
                try readings.advance()
                return
            }
            guard try skip(row, &reading) else { return }
        }
    }

    /// Handles a row that does not fit the reading; false if it is of a later one, or was taken nevertheless.
    private mutating func skip(_ row: StoredRow, _ reading: inout AuditedReading) throws(FileError) -> Bool {
        if !row.isReadable {
            findings.add(.unreadableRow, "row \(row.line)")
        } else {
            let position = locator.position(of: row)
            if let position, position > reading.position { return false }
            findings.add(.misplacedRow, "row \(row.line)" + (row.number.map { " with id \($0)" } ?? ""))
            if position == reading.position {
                // Its number is right, its time or its sensor is not.
                accept(row, &reading)
                try readings.advance()
                return false
            }
        }
        rowCount += 1
        try readings.advance()
        return true
    }

    private mutating func accept(_ row: StoredRow, _ reading: inout AuditedReading) {
        rowCount += 1
        reading.metrics = row.metrics
        reading.clean = row.clean
        reading.label = row.label
        reading.isPresent = true
        if !row.isConsistent {
            findings.add(.contradictoryLabel, names.reading(reading.position, sensor: reading.sensor))
        }
        if row.isInexact {
            findings.add(.inexactValue, names.reading(reading.position, sensor: reading.sensor))
        }
    }

    /// What is left of the rows and the events when all readings have been seen belongs to none.
    private mutating func finish() throws(FileError) {
        while let row = readings.current {
            rowCount += 1
            findings.add(
                row.isReadable ? .misplacedRow : .unreadableRow,
                "row \(row.line)" + (row.number.map { " with id \($0)" } ?? "")
            )
            try readings.advance()
        }
        while let event = events.current {
            findings.add(.event, "\(names.event(event)) is not in the order of the first readings")
            try events.advance()
        }
        if let problem = readings.problem { findings.add(.file, "\(readings.fileName): \(problem)") }
    }
}
