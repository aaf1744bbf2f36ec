import DatasetFormats
import DatasetGen

/// Compares the events that a store holds with those of the readings, every value.
struct EventComparison {
    private var stored: [Int64: [[String?]]] = [:]
    private let events: EventList

    /// - Parameters:
    ///   - events: what was sent.
    ///   - rows: what is stored, as ``TableValue/comparedText`` has it, numbers however they are written.
    init(_ events: EventList, stored rows: [[String?]]) {
        self.events = events
        for row in rows { stored[row[0].flatMap { Int64($0) } ?? .min, default: []].append(row) }
    }

    /// The first differences, one line each; none if what is stored is what was sent.
    func differences() -> [String] {
        var found: [String] = []
        for (index, row) in events.rows.enumerated() where found.count < 3 {
            let rows = stored[Int64(index) + 1] ?? []
            if rows.isEmpty {
                found.append(name(row) + ": it is missing")
            } else if rows.count > 1 {
                found.append(name(row) + ": it is there \(rows.count) times")
            } else if let difference = difference(row, rows[0]) {
                found.append(name(row) + ", " + difference)
            }
        }
        let strangers = stored.keys.filter {
            !(1...Int64(max(1, events.rows.count))).contains($0) || events.rows.isEmpty
        }
        if found.count < 3, let stranger = strangers.min() {
            found.append("event \(stranger == .min ? "NULL" : String(stranger)): it was not sent")
        }
        return found
    }

    private func difference(_ sent: EventList.Row, _ stored: [String?]) -> String? {
        for (column, (value, other)) in zip(events.columns, zip(sent.values, stored)) {
            let (own, theirs) = (value.comparedText, other.map { plain($0, column.kind) })
            if own == theirs { continue }
            return "column \(column.name): \(theirs ?? "NULL") is stored, \(own ?? "NULL") was sent"
        }
        return nil
    }

    private func plain(_ text: String, _ kind: EventList.Column.Kind) -> String {
        switch kind {
        case .decimal: Double(text)?.description ?? text
        case .flag: ["t": "1", "f": "0", "true": "1", "false": "0"][text] ?? text
        case .integer, .time, .text: text
        }
    }

    private func name(_ row: EventList.Row) -> String {
        let sensor = row.values[1].comparedText ?? ""
        var start = ""
        for case .time(let time, _) in row.values.prefix(5) { start = ", " + time.zonedText }
        return "event \(row.values[0].comparedText ?? "") of sensor \(sensor.quoted)\(start)"
    }
}

extension ProofReport {
    /// The same with what is found of events.
    func with(_ events: EventList, stored: [[String?]], in table: String) -> ProofReport {
        var report = self
        report.events = events.rows.count
        report.differences += EventComparison(events, stored: stored).differences().map { "\(table), \($0)" }
        return report
    }
}
