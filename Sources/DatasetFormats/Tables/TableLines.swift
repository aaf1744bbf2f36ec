package import DatasetGen

/// Writes rows of a small table as lines of CSV, in which NULL is an empty field.
package struct TableLines<Item> {
    private let columns: [TableColumn<Item>]
    /// By column: what times are written with.
    private var times: [TimestampWriter]
    /// The texts of a row that are not known before.
    private let texts: [@Sendable (Item) -> String?]
    /// Bytes that the other fields of a line take at most, with what stands between them.
    private let room: Int

    package init(_ columns: [TableColumn<Item>]) {
        self.columns = columns
        times = columns.map { column in
            if case .time(let style, _) = column.content { TimestampWriter(style) } else { TimestampWriter(.naive) }
        }
        texts = columns.compactMap { column in if case .text(let text) = column.content { text } else { nil } }
        room = columns.reduce(0) { $0 + $1.content.maximumLength + 1 }
    }

    /// Appends the line of an item.
    package mutating func append(_ item: Item, to buffer: inout ByteBuffer) {
        let texts = texts.map { $0(item).map(CSVText.field) }
        buffer.append(atMost: room + texts.reduce(0) { $0 + ($1?.utf8.count ?? 0) }) { writer in
            var nextText = 0
            for index in columns.indices {
                switch columns[index].content {
                case .integer(let number): if let number = number(item) { writer.append(decimal: number) }
                case .decimal(let number): if let number = number(item) { writer.append(number) }
                case .time(_, let time):
                    if let time = time(item) { times[index].append(time.microseconds, to: &writer) }
                case .text:
                    if let text = texts[nextText] { writer.append(utf8: text) }
                    nextText += 1
                case .listed(let list, let number): if let number = number(item) { list.append(number, to: &writer) }
                case .names(let list, let bits): list.append(names: bits(item), to: &writer)
                }
                writer.append(",")
            }
            writer.removeLast(1)
            writer.append("\n")
        }
    }
}

extension TableColumn.Content {
    /// The most bytes of a value as a field of CSV, where that is known before.
    fileprivate var maximumLength: Int {
        switch self {
        // A sign and nineteen digits, and where there are decimals a point.
        case .integer, .decimal: 21
        case .time: TimestampWriter.maximumLength
        case .text: 0
        case .listed(let list, _): list.maximumLength
        case .names(let list, _): list.texts.count * (list.maximumLength + 1)
        }
    }
}

extension ListedTexts {
    /// Appends those of the texts whose bits are set, with semicolons between them; none needs quotes.
    fileprivate func append(names bits: UInt64, to writer: inout ByteWriter) {
        var rest = bits
        while rest != 0 {
            append(rest.trailingZeroBitCount, to: &writer)
            rest &= rest &- 1
            if rest != 0 { writer.append(";") }
        }
    }
}

extension ByteWriter {
    /// Appends the UTF-8 of a text.
    mutating func append(utf8 text: String) {
        append(text.utf8Span.span)
    }

    /// Appends the shortest exact decimal text: `22.5`, `-0.0625`, `7`.
    fileprivate mutating func append(_ number: FixedPoint) {
        if number.count < 0 { append("-") }
        var (unit, rest) = (Int64.powerOfTen(number.decimals)!.magnitude, number.count.magnitude)
        append(decimal: rest / unit)
        rest %= unit
        if rest > 0 { append(".") }
        while rest > 0 {
            unit /= 10
            appendDigit(UInt32(rest / unit))
            rest %= unit
        }
    }
}

extension Array {
    /// The header line of the CSV file.
    package func csvHeader<Item>() -> [UInt8] where Element == TableColumn<Item> {
        [UInt8](CSVText.line(map(\.name)).utf8)
    }
}

extension [TableColumn<Sensor>] {
    /// Appends the lines of sensors.
    package func appendLines(of sensors: ArraySlice<Sensor>, to text: inout ByteBuffer) {
        var lines = TableLines(self)
        for sensor in sensors { lines.append(sensor, to: &text) }
    }
}
