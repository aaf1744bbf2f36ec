import DatasetGen

extension TableValue {
    /// The most bytes that the value takes as a CSV field.
    fileprivate var maximumLength: Int {
        switch self {
        case .null: 0
        // A sign and nineteen digits, and where there are decimals a point.
        case .integer, .decimal: 21
        case .time: TimestampWriter.maximumLength
        // Every byte a quotation mark, which is doubled, between two of them.
        case .text(let text): 2 * text.utf8.count + 2
        }
    }
}

extension ByteWriter {
    /// Appends a CSV field; NULL is an empty one.
    fileprivate mutating func append(csv value: TableValue) {
        switch value {
        case .null: break
        case .integer(let number): append(decimal: number)
        case .decimal(let number): append(number)
        case .time(let time, let style):
            var timestamp = TimestampWriter(style)
            timestamp.append(time.microseconds, to: &self)
        case .text(let text): append(utf8: CSVText.field(text))
        }
    }

    /// Appends the UTF-8 of a text.
    mutating func append(utf8 text: String) {
        append(text.utf8Span.span)
    }

    /// Appends the shortest exact decimal text: `22.5`, `-0.0625`, `7`.
    private mutating func append(_ number: FixedPoint) {
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

extension ByteBuffer {
    /// Appends a CSV line.
    package mutating func append(csv values: [TableValue]) {
        append(atMost: values.reduce(0) { $0 + $1.maximumLength + 1 }) { writer in
            for value in values {
                writer.append(csv: value)
                writer.append(",")
            }
            writer.removeLast(1)
            writer.append("\n")
        }
    }
}

extension Array {
    /// The header line of the CSV file.
    package func csvHeader<Item>() -> [UInt8] where Element == TableColumn<Item> {
        [UInt8](CSVText.line(map(\.name)).utf8)
    }
}
