import DatasetFiles
import DatasetFormats
import DatasetGen

/// The event table `events.csv`, row by row in the file's order; columns are found by name, unknown ones ignored.
final class StoredEvents {
    /// The values of the column `difficulty`, in the order of their first use.
    private(set) var difficulties: [String] = []
    /// The event at hand; nil behind the last.
    private(set) var current: StoredEvent?

    /// Difficulties beyond so many are not told apart.
    static let maximumDifficulties = 8

    private let plan: GenerationPlan
    private let sensors: [String: Int]
    private let window: TextWindow
    private var scanner = CSVScanner()
    private var position = 0
    private var isAtEnd = false
    private var line: Int64 = 0
    /// Per name of the header: which field.
    private var columns: [String: Int] = [:]
    private let onDefect: (Defect) -> Void

    private static let required = [
        "event_id", "sensor_id", "anomaly_type", "metrics", "start", "end", "first_reading", "last_reading",
        "readings", "truncated",
    ]

    /// Something wrong with the table.
    enum Defect {
        /// It cannot be read as a table of events.
        case file(String)
        /// A row makes no sense; it is stepped over.
        case row(String)
    }

    /// Opens the table and goes to its first event.
    ///
    /// - Throws: ``FileError`` when it cannot be read.
    init(files: StoredFolder, plan: GenerationPlan, onDefect: @escaping (Defect) -> Void) throws(FileError) {
        self.plan = plan
        self.onDefect = onDefect
        sensors = Dictionary(plan.fleet.sensors.map { ($0.id, $0.index) }) { first, _ in first }
        window = TextWindow(try files.file("events.csv"))
        let header = try record() ?? []
        for (index, name) in header.enumerated() { columns[name ?? ""] = index }
        for name in Self.required where columns[name] == nil {
            onDefect(.file("events.csv has no column \(name)"))
            isAtEnd = true
        }
        try advance()
    }

    /// Goes on to the next event that makes sense.
    func advance() throws(FileError) {
        current = nil
        while current == nil, let fields = try record() {
            line += 1
            do throws(EventDefect) {
                current = try event(fields)
            } catch {
                onDefect(.row("row \(line) of events.csv: \(error.reason)"))
            }
        }
    }

    /// The decoded fields of the next record; nil at the end.
    private func record() throws(FileError) -> [String?]? {
        while !isAtEnd {
            let text = window.text
            if let next = scanner.scan(text.span, from: position, limit: CSVScanner.columnLimit, isLast: false) {
                position = next
                return scanner.fields.map { CSVScanner.decoded(text.span, $0) }
            }
            let dropped = position
            position = 0
            isAtEnd = try !window.advance(dropping: dropped)
        }
        // What has no line feed at the very end of the file.
        let text = window.text
        guard let next = scanner.scan(text.span, from: position, limit: CSVScanner.columnLimit, isLast: true) else {
            return nil
        }
        position = next
        return scanner.fields.map { CSVScanner.decoded(text.span, $0) }
    }

    private func event(_ fields: [String?]) throws(EventDefect) -> StoredEvent {
        func text(_ name: String) -> String? {
            columns[name].flatMap { $0 < fields.count ? fields[$0] : nil }
        }
        func integer(_ name: String) throws(EventDefect) -> Int64 {
            guard let value = text(name).flatMap({ Int64($0) }) else {
                throw EventDefect("\(name) is \"\(text(name) ?? "")\", not a whole number")
            }
            return value
        }
        guard let sensor = text("sensor_id").flatMap({ sensors[$0] }) else {
            throw EventDefect("the fleet has no sensor \"\(text("sensor_id") ?? "")\"")
        }
        guard let type = AnomalyType.allCases.first(where: { $0.name == text("anomaly_type") }) else {
            throw EventDefect("anomaly_type is \"\(text("anomaly_type") ?? "")\"")
        }
        var metrics = MetricSet()
        for name in (text("metrics") ?? "").split(separator: ";") {
            guard let metric = plan.recipe.schema.metrics.firstIndex(where: { $0.name == name }) else {
                throw EventDefect("metrics names \"\(name)\"")
            }
            metrics.formUnion(MetricSet(Metric(rawValue: metric)))
        }
        // Out of range they stay, whatever they wrap to.
        let (first, last) = (try integer("first_reading") &- 1, try integer("last_reading") &- 1)
        let ticks = try ticks(first: first, last: last, sensor: sensor)
        guard try integer("readings") == Int64(ticks.count) else {
            throw EventDefect("readings is \(try integer("readings")), but from first to last there are \(ticks.count)")
        }
        let isTruncated = try integer("truncated")
        let isAtEdge = ticks.lowerBound == 0 || ticks.upperBound == plan.rows.tickCount(ofSensor: sensor)
        guard isTruncated == 0 || (isTruncated == 1 && isAtEdge) else {
            throw EventDefect("truncated is \(isTruncated), but the run cuts no end of it")
        }
        let grid = plan.grid(ofSensor: sensor)
        for (name, tick) in [("start", ticks.lowerBound), ("end", ticks.upperBound)] {
            let time = grid.time(ofTick: tick)
            let expected = plan.recipe.eventTimestamps.text(of: time)
            guard text(name) == expected else {
                throw EventDefect("\(name) is \(text(name) ?? ""), but by its readings it is \(expected)")
            }
        }
        return StoredEvent(
            id: try integer("event_id"),
            sensor: sensor,
            type: type,
            metrics: metrics,
            ticks: ticks,
            firstPosition: first,
            lastPosition: last,
            rows: type == .missingData ? Self.rows(ofMode: text("mode") ?? "") : .kept,
            isTruncated: isTruncated == 1,
            difficulty: difficulty(text("difficulty")),
            mode: mode(text("mode")),
            incident: text("cause_id").flatMap { $0.isEmpty ? nil : $0 }
        )
    }

    /// The place of a mode among all; until 0.3.0 `blank` was called `null`.
    private func mode(_ text: String?) -> Int? {
        MissingMode.allCases.firstIndex { $0.rawValue == (text == "null" ? MissingMode.blank.rawValue : text) }
    }

    /// What a mode of missing data does to the rows; a table without modes has the default, no values.
    private static func rows(ofMode mode: String) -> StoredEvent.Rows {
        switch mode {
        case MissingMode.omit.rawValue: .omitted
        case MissingMode.blank.rawValue, "": .null
        default: .kept
        }
    }

    /// The ticks from one reading to another, which must both be the sensor's.
    private func ticks(first: Int64, last: Int64, sensor: Int) throws(EventDefect) -> Range<Int64> {
        let grid = plan.rows
        func tick(_ position: Int64) -> Int64? {
            guard (0..<grid.count).contains(position) else { return nil }
            let reading = grid.reading(at: position)
            return reading.sensor == sensor ? reading.tick : nil
        }
        guard let from = tick(first), let to = tick(last), from <= to else {
            let id = plan.fleet.sensors[sensor].id
            throw EventDefect("\(first &+ 1) to \(last &+ 1) are not the numbers of readings of \(id)")
        }
        return from..<to + 1
    }

    private func difficulty(_ text: String?) -> Int {
        guard let text, !text.isEmpty else { return -1 }
        if let index = difficulties.firstIndex(of: text) { return index }
        // More values than a grade has are none of a grade.
        guard difficulties.count < Self.maximumDifficulties else { return -1 }
        difficulties.append(text)
        return difficulties.count - 1
    }
}

/// Why a row of the event table makes no sense.
private struct EventDefect: Error {
    var reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
