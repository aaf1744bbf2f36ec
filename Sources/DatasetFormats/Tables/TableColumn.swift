package import DatasetGen

/// A column of a small table: its name, its SQLite type, and its value for an item.
///
/// The CSV file, the Parquet file and the SQLite table of the same name are made from one list of these.
package struct TableColumn<Item>: Sendable {
    /// What its values are, and which one an item has; nil is NULL.
    package enum Content: Sendable {
        case integer(@Sendable (Item) -> Int64?)
        case decimal(@Sendable (Item) -> FixedPoint?)
        case time(TimestampStyle, @Sendable (Item) -> SimulatedTime?)
        case text(@Sendable (Item) -> String?)
        /// One of some texts.
        case listed(ListedTexts, @Sendable (Item) -> Int?)
        /// Those of some names whose bits are set, with semicolons between them.
        case names(ListedTexts, @Sendable (Item) -> UInt64)
    }

    package let name: String
    package let sqlType: String
    package let content: Content

    init(_ name: String, _ sqlType: String, _ content: Content) {
        (self.name, self.sqlType, self.content) = (name, sqlType, content)
    }

    /// The value of an item.
    package func value(_ item: Item) -> TableValue {
        switch content {
        case .integer(let number): number(item).map { .integer($0) } ?? .null
        case .decimal(let number): number(item).map { .decimal($0) } ?? .null
        case .time(let style, let time): time(item).map { .instant($0, style) } ?? .null
        case .text(let text): text(item).map { .text($0) } ?? .null
        case .listed(let list, let index): index(item).map { .text(list.texts[$0]) } ?? .null
        case .names(let list, let bits): .text(list.names(bits(item)))
        }
    }
}

/// A value of a small table.
package enum TableValue {
    case null
    case integer(Int64)
    case decimal(FixedPoint)
    /// In a style that is a text.
    case time(SimulatedTime, TimestampStyle)
    case text(String)

    /// An instant in a style.
    static func instant(_ time: SimulatedTime, _ style: TimestampStyle) -> TableValue {
        style.isText ? .time(time, style) : .integer(style.number(of: time.microseconds))
    }
}

extension ListedTexts {
    /// Those of the texts whose bits are set, with semicolons between them.
    func names(_ bits: UInt64) -> String {
        texts.indices.lazy.filter { bits >> UInt64($0) & 1 == 1 }.map { self.texts[$0] }.joined(separator: ";")
    }
}
