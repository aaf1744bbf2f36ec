import DatasetGen

extension TableValue: SQLiteStorable {
    var serialType: UInt64 {
        switch self {
        case .null: SQLiteRecord.null
        case .integer(let number): SQLiteRecord.integer(number)
        case .decimal: SQLiteRecord.real
        case .time(_, let style): SQLiteRecord.text(count: style.storedLength)
        case .text(let text): SQLiteRecord.text(count: text.utf8.count)
        }
    }

    func write(to writer: inout ByteWriter) {
        switch self {
        case .null: break
        case .integer(let number):
            writer.append(bigEndian: number, count: SQLiteRecord.contentLength(ofType: serialType))
        case .decimal(let number): writer.append(bigEndian: number.double)
        case .time(let time, let style):
            var timestamp = TimestampWriter(style)
            timestamp.append(time.microseconds, to: &writer)
        case .text(let text): writer.append(utf8: text)
        }
    }
}
