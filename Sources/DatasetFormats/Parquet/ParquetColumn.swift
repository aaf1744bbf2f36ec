package import DatasetGen

/// A column of a Parquet file.
package struct ParquetColumn: Sendable {
    /// What its values mean, beyond their type.
    package enum Meaning: Hashable, Sendable {
        case none
        /// UTF-8.
        case text
        /// Microseconds since 1970, of UTC or of a clock whose zone is not told.
        case time(isUTC: Bool)
    }

    package let name: String
    package let type: ParquetType
    package let meaning: Meaning
    /// Whether it may be NULL.
    package let isOptional: Bool

    package init(_ name: String, _ type: ParquetType, _ meaning: Meaning = .none, isOptional: Bool) {
        (self.name, self.type, self.meaning, self.isOptional) = (name, type, meaning, isOptional)
    }

    /// A column of readings, whose times have this style.
    package init(_ column: Column, _ timestamps: TimestampStyle) {
        (name, isOptional) = (column.name, column.isNullable)
        (type, meaning) =
            switch column.kind {
            case .integer: (.int64, .none)
            case .time: (.int64, .time(isUTC: timestamps == .utc))
            case .number: (.double, .none)
            // Plain numbers, so that their mean can be asked for.
            case .flag: (.int32, .none)
            case .text: (.byteArray, .text)
            }
    }
}

extension ReadingOutput {
    /// The columns of a Parquet file.
    package var parquetColumns: [ParquetColumn] { columns.map { ParquetColumn($0, parameters.timestamps) } }
}
