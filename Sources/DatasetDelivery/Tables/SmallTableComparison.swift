import DatasetFormats
import DatasetGen

/// Compares the events or phenomena that a store holds with those of the readings, every value.
///
/// Phenomena of a city have no sensor by which those of a load could be told from those of others in the same table: what is there
/// besides counts only where the load is alone.
struct SmallTableComparison {
    private let table: SmallTable
    private let isAlone: Bool
    private let sensorColumn: Int
    /// What is stored, by the text of the first column.
    private var stored: [String?: [[String?]]] = [:]

    /// - Parameters:
    ///   - table: what was sent.
    ///   - rows: what is stored, as ``TableValue/comparedText`` has it, numbers however they are written.
    ///   - isAlone: whether nothing else was sent into the same table.
    init(_ table: SmallTable, stored rows: [[String?]], isAlone: Bool) {
        (self.table, self.isAlone, sensorColumn) = (table, isAlone, table.columns.sensorIndex)
        for row in rows { stored[row[0], default: []].append(row) }
    }

    /// What was sent and is not stored as it was sent.
    var missing: SmallTable {
        table.filter { row in !(stored[row.values[0].comparedText] ?? []).contains { difference(row, $0) == nil } }
    }

    /// The first differences, one line each; none if what is stored is what was sent.
    func differences() -> [String] {
        var found: [String] = []
        for row in table.rows where found.count < 3 {
            var rows = stored[row.values[0].comparedText] ?? []
            if row.sensor == nil, !isAlone {
                // Another load may have a phenomenon of this name.
                let equal = rows.filter { difference(row, $0) == nil }
                rows = equal.isEmpty ? Array(rows.prefix(1)) : equal
            }
            if rows.isEmpty {
                found.append(name(row) + ": it is missing")
            } else if rows.count > 1 {
                found.append(name(row) + ": it is there \(rows.count) times")
            } else if let difference = difference(row, rows[0]) {
                found.append(name(row) + ", " + difference)
            }
        }
        if found.count < 3, let stranger { found.append("\(table.kind.rowName) \(stranger): it was not sent") }
        return found
    }

    /// The first column of a row that was not sent; nil if there is none.
    private var stranger: String? {
        let sent = Set(table.rows.map { $0.values[0].comparedText })
        let others = stored.filter { key, rows in
            !sent.contains(key) && (isAlone || rows.contains { $0[sensorColumn] != nil })
        }
        return others.keys.map { $0 ?? "NULL" }.min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
    }

    private func difference(_ sent: SmallTable.Row, _ stored: [String?]) -> String? {
        for (column, (value, other)) in zip(table.columns, zip(sent.values, stored)) {
            let (own, theirs) = (value.comparedText, other.map { plain($0, column.kind) })
            if own == theirs { continue }
            return "column \(column.name): \(theirs ?? "NULL") is stored, \(own ?? "NULL") was sent"
        }
        return nil
    }

    private func plain(_ text: String, _ kind: SmallTable.Column.Kind) -> String {
        switch kind {
        case .decimal: Double(text)?.description ?? text
        case .flag: ["t": "1", "f": "0", "true": "1", "false": "0"][text] ?? text
        case .integer, .time, .text: text
        }
    }

    private func name(_ row: SmallTable.Row) -> String {
        let sensor = row.values[sensorColumn].comparedText.map { " of sensor \($0.quoted)" } ?? ""
        var start = ""
        for case (let column, .time(let time, _)) in zip(table.columns, row.values) where column.name == "start" {
            start = ", " + time.zonedText
        }
        return "\(table.kind.rowName) \(row.values[0].comparedText ?? "")\(sensor)\(start)"
    }
}

extension [SmallTable.Column] {
    /// The index of the column that names the sensor.
    var sensorIndex: Int { firstIndex { $0.name == "sensor_id" } ?? 0 }
}

extension ProofReport {
    /// The same with what is found of events or phenomena.
    func with(_ table: SmallTable, stored: [[String?]], isAlone: Bool, in name: String) -> ProofReport {
        var report = self
        report.tables[table.kind] = table.rows.count
        let comparison = SmallTableComparison(table, stored: stored, isAlone: isAlone)
        report.differences += comparison.differences().map { "\(name), \($0)" }
        return report
    }
}
