import DatasetFormats
import DatasetGen

extension ArrowColumn {
    /// A field of a stored schema, the number of whose dictionary is that of the column; nil for one that no file of readings has.
    init?(_ field: FlatReader, number: Int) {
        guard let name = field.text(0), let type = ArrowType(rawValue: field.number(2)), let details = field.table(3),
            let entries = field.tables(6)
        else { return nil }
        let encoding = field.table(4)
        let storage: Storage
        switch type {
        case .int:
            switch Self.width(of: details) {
            case 1: storage = .int8
            case 8: storage = .int64
            default: return nil
            }
        case .floatingPoint:
            guard details.number(0, Int16.self) == ArrowType.double else { return nil }
            storage = .float64
        case .timestamp:
            let zone = details.text(1)
            guard details.number(0, Int16.self) == ArrowType.microseconds, zone == nil || zone == ArrowType.utc
            else { return nil }
            storage = .time(isUTC: zone != nil)
        case .utf8, .largeUTF8:
            guard let encoding, encoding.number(0, Int64.self) == Int64(number),
                let width = encoding.table(1).flatMap({ Self.width(of: $0) }), [1, 2, 4].contains(width)
            else { return nil }
            storage = .texts(bytes: width, isLarge: type == .largeUTF8)
        }
        guard storage.isText == (encoding != nil) else { return nil }
        let units = entries.filter { $0.text(0) == "unit" }.compactMap { $0.text(1) }
        self.init(name: name, storage: storage, isNullable: field.number(1, UInt8.self) != 0, unit: units.first)
    }

    /// Bytes of a signed integer; nil for another one.
    private static func width(of integer: FlatReader) -> Int? {
        let bits = integer.number(0, Int32.self)
        return integer.number(1, UInt8.self) == 1 && bits > 0 && bits % 8 == 0 ? Int(bits) / 8 : nil
    }

    /// Whether it is as a column of a dataset's file, whose texts may be as many as they are.
    func isLike(_ other: ArrowColumn) -> Bool {
        name == other.name && isNullable == other.isNullable && unit == other.unit
            && (storage == other.storage || storage.isText && other.storage.isText)
    }
}

extension ArrowColumn.Storage {
    /// Whether its values are numbers of texts.
    var isText: Bool {
        if case .texts = self { true } else { false }
    }
}
