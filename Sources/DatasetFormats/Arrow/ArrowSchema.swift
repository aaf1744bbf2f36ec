/// The columns of a stream or a file, as its metadata tell of them.
///
/// Source: `Schema.fbs` of the Arrow format; numbers of fields and types are its.
struct ArrowSchema: Sendable {
    let columns: [ArrowColumn]

    /// The table Schema: little-endian, and its fields.
    var table: FlatTable {
        FlatTable(nil, .tables(columns.enumerated().map { Self.field($1, dictionary: Int64($0)) }))
    }

    /// A field, whose dictionary has the column's number if it has one.
    private static func field(_ column: ArrowColumn, dictionary number: Int64) -> FlatTable {
        var (type, table, encoding): (ArrowType, FlatTable, FlatTable?)
        switch column.storage {
        case .int8: (type, table, encoding) = (.int, int(bytes: 1), nil)
        case .int64: (type, table, encoding) = (.int, int(bytes: 8), nil)
        case .float64: (type, table, encoding) = (.floatingPoint, FlatTable(.short(ArrowType.double)), nil)
        case .time(let isUTC):
            let zone: FlatTable.Value? = isUTC ? .string(ArrowType.utc) : nil
            (type, table, encoding) = (.timestamp, FlatTable(.short(ArrowType.microseconds), zone), nil)
        case .texts(let bytes, let isLarge):
            (type, table) = (isLarge ? .largeUTF8 : .utf8, FlatTable())
            encoding = FlatTable(.long(number), .table(int(bytes: bytes)))
        }
        return FlatTable(
            .string(column.name),
            .byte(column.isNullable ? 1 : 0),
            .byte(type.rawValue),
            .table(table),
            encoding.map { .table($0) },
            .tables([]),
            column.unit.map { .entries([("unit", $0)]) }
        )
    }

    /// A signed integer.
    private static func int(bytes: Int) -> FlatTable { FlatTable(.int(Int32(8 * bytes)), .byte(1)) }
}

/// The types of columns, by their numbers in the union Type.
package enum ArrowType: UInt8, Sendable {
    case int = 2
    case floatingPoint = 3
    case utf8 = 5
    case timestamp = 10
    case largeUTF8 = 20

    /// The precision DOUBLE.
    package static let double: Int16 = 2
    /// The unit MICROSECOND.
    package static let microseconds: Int16 = 2
    /// The zone of times that are of UTC.
    package static let utc = "UTC"
}
