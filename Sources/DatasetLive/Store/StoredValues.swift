import DatasetGen
import GRDB

/// The values of a row that anybody may have written: what is of another type counts as missing.
struct StoredValues {
    private let row: Row

    init(_ row: Row) {
        self.row = row
    }

    /// A whole number.
    func whole(_ column: String) -> Int64? {
        guard case .int64(let value)? = storage(column) else { return nil }
        return value
    }

    /// A finite number.
    func number(_ column: String) -> Double? {
        switch storage(column) {
        case .double(let value) where value.isFinite: value
        case .int64(let value): Double(value)
        default: nil
        }
    }

    /// A text.
    func text(_ column: String) -> String? {
        guard case .string(let value)? = storage(column) else { return nil }
        return value
    }

    /// An instant, written as text.
    func time(_ column: String) -> SimulatedTime? {
        text(column).flatMap { SimulatedTime(parsing: $0) }
    }

    /// An instant, written as microseconds since 1970.
    func instant(_ column: String) -> SimulatedTime? {
        guard let value = whole(column) else { return nil }
        let instant = SimulatedTime(microseconds: value)
        return instant >= .earliest && instant <= .latest ? instant : nil
    }

    private func storage(_ column: String) -> DatabaseValue.Storage? {
        row.hasColumn(column) ? (row[column] as DatabaseValue).storage : nil
    }
}
