import DatasetGen

/// A value of a small table, as a Parquet file has it.
package enum ParquetValue: Hashable, Sendable {
    case null
    /// A whole number, a flag, or microseconds since 1970.
    case integer(Int64)
    case double(Double)
    case text(String)

    /// The same value; times are instants, whatever their style.
    package init(_ value: TableValue) {
        self =
            switch value {
            case .null: .null
            case .integer(let number): .integer(number)
            case .decimal(let number): .double(number.double)
            case .time(let time, _): .integer(time.microseconds)
            case .text(let text): .text(text)
            }
    }
}
