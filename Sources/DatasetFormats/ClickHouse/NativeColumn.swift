package import DatasetGen

/// A column of readings as ClickHouse's format Native has it.
package struct NativeColumn: Sendable {
    /// How the values of a column are stored.
    package enum Storage: Sendable {
        /// One byte.
        case uint8
        /// Eight bytes, the least significant first.
        case uint64
        /// Likewise, with a sign.
        case int64
        /// A double, its least significant byte first.
        case float64
        /// A length as a varint, and so many bytes.
        case string
        /// Seconds since 1970 in four bytes.
        case dateTime
        /// Microseconds since 1970 in eight bytes.
        case dateTime64

        /// The name of the type.
        var name: String {
            switch self {
            case .uint8: "UInt8"
            case .uint64: "UInt64"
            case .int64: "Int64"
            case .float64: "Float64"
            case .string: "String"
            case .dateTime: "DateTime('UTC')"
            case .dateTime64: "DateTime64(6, 'UTC')"
            }
        }

        /// Bytes of a value; nil for texts.
        package var width: Int? {
            switch self {
            case .uint8: 1
            case .dateTime: 4
            case .uint64, .int64, .float64, .dateTime64: 8
            case .string: nil
            }
        }
    }

    /// Which column it is.
    package let column: Column
    /// How its values are stored.
    package let storage: Storage
    /// Whether a byte for each row says whether it is NULL, before the values.
    package let isNullable: Bool

    /// The column where times have this style: seconds, or else microseconds.
    package init(_ column: Column, _ timestamps: TimestampStyle) {
        (self.column, isNullable) = (column, column.isNullable)
        storage =
            switch column.kind {
            case .integer: .uint64
            // Servers that know whole seconds only get microseconds as a number.
            case .time where timestamps == .epochSeconds: column == .arrivalTime ? .int64 : .dateTime
            case .time: .dateTime64
            case .number: .float64
            case .flag: .uint8
            case .text: .string
            }
    }

    /// The name of its type.
    package var typeName: String { isNullable ? "Nullable(\(storage.name))" : storage.name }

    /// A column of a name and a type; nil for a type that no file of a dataset has.
    package static func storage(ofType name: String) -> (Storage, isNullable: Bool)? {
        let all: [Storage] = [.uint8, .uint64, .float64, .string, .dateTime, .dateTime64]
        if let storage = all.first(where: { $0.name == name }) { return (storage, false) }
        return all.first { "Nullable(\($0.name))" == name }.map { ($0, true) }
    }
}

extension ReadingOutput {
    /// The columns of a file of ClickHouse.
    package var nativeColumns: [NativeColumn] { columns.map { NativeColumn($0, parameters.timestamps) } }

    /// The statement that creates a table for the file, with how it is loaded.
    ///
    /// Servers that know no `DateTime64` know no `LowCardinality` either.
    package func clickHouseSchema(files: String) -> String {
        let isModern = parameters.timestamps != .epochSeconds
        let lines = nativeColumns.map { native in
            let isRepeated = native.storage == .string && !native.column.isNumbered && isModern
            return "    `\(native.column.name)` "
                + (isRepeated ? "LowCardinality(\(native.typeName))" : native.typeName)
        }
        let key = [Column.sensorID, .timestamp].filter { columns.contains($0) }.map { "`\($0.name)`" }
        let reader = compression.map { $0 == .gzip ? "zcat" : "zstdcat" } ?? "cat"
        return """
            -- \(reader) \(files) | clickhouse-client --query 'INSERT INTO sensor_data FORMAT Native'
            CREATE TABLE sensor_data
            (
            \(lines.joined(separator: ",\n"))
            )
            ENGINE = MergeTree
            \(columns.contains(.timestamp) ? "PARTITION BY toYYYYMM(timestamp)\n" : "")\
            ORDER BY \(key.isEmpty ? "tuple()" : "(\(key.joined(separator: ", ")))");

            """
    }
}

extension Column {
    /// Whether each sensor has a text of its own.
    fileprivate var isNumbered: Bool { self == .serialNumber }
}
