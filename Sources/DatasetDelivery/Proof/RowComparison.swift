import DatasetGen

/// Compares rows that are stored with rows that were sent, both in the order of their keys.
struct RowComparison {
    /// A row as it is or should be.
    struct Row {
        /// Microseconds since 1970.
        let time: Int64
        /// Where a reading has several rows, which of them it is.
        var part = 0
        /// Per column a text, as both sides write it; nil is NULL.
        let values: [String?]
    }

    /// Names of the columns.
    let columns: [String]
    /// What is stored.
    let stored: [Row]
    private var next = 0
    /// What differs first; nil as long as nothing does.
    private(set) var difference: String?

    init(columns: [String], stored: [Row]) { (self.columns, self.stored) = (columns, stored) }

    /// Compares the next row that was sent.
    mutating func compare(_ row: Row) {
        guard difference == nil else { return }
        guard next < stored.count else {
            difference = "\(Self.text(row.time)): its row is missing"
            return
        }
        let other = stored[next]
        if (other.time, other.part) < (row.time, row.part) {
            difference = "\(Self.text(other.time)): a row that was not sent, or a second one"
        } else if (other.time, other.part) > (row.time, row.part) {
            difference = "\(Self.text(row.time)): its row is missing"
        } else if let column = columns.indices.first(where: { other.values[$0] != row.values[$0] }) {
            difference =
                "\(Self.text(row.time)), column \(columns[column]): \(other.values[column] ?? "NULL") is stored, "
                + "\(row.values[column] ?? "NULL") was sent"
        }
        next += 1
    }

    /// Says that no further row was sent.
    mutating func finish() {
        if difference == nil, next < stored.count {
            difference = "\(Self.text(stored[next].time)): a row that was not sent, or a second one"
        }
    }

    private static func text(_ time: Int64) -> String { SimulatedTime(microseconds: time).zonedText }
}
