import DatasetFormats
import DatasetGen
import Foundation
import GRDB

/// Finds readings in the pages of a database, whether or not a way leads to them.
///
/// Source: https://sqlite.org/fileformat2.html, section 1.6 "B-tree Pages" and 2.1 "Record Format".
struct PageScan {
    /// A row of `sensor_data`.
    struct Found {
        var id: Int64
        var values: [DatabaseValue]
    }

    private static let pagesAtOnce = 256

    private let columns: [(column: ReadingColumn, type: String)]
    private let source: PageSource
    private var position = 0

    init(columns: [ReadingColumn], timestamps: TimestampStyle, source: PageSource) {
        self.columns = columns.map { ($0, $0.sqlType(timestamps)) }
        self.source = source
    }

    /// The readings of the next pages; nil behind the last one.
    mutating func next() throws -> [Found]? {
        guard position < source.count else { return nil }
        let pages = position..<min(source.count, position + Self.pagesAtOnce)
        position = pages.upperBound
        return pages.flatMap { index in source.page(index).map { rows(in: $0) } ?? [] }
    }

    private func rows(in page: [UInt8]) -> [Found] {
        // A leaf of a table; the first page, which begins with the header, holds the schema.
        guard page[0] == 0x0d else { return [] }
        let count = Int(page[3]) << 8 | Int(page[4])
        guard 8 + 2 * count <= page.count else { return [] }
        return (0..<count)
            .compactMap { cell in
                let place = 8 + 2 * cell
                return row(in: page, at: Int(page[place]) << 8 | Int(page[place + 1]))
            }
    }

    private func row(in page: [UInt8], at place: Int) -> Found? {
        var reader = RecordReader(page, place, page.count)
        guard let length = reader.varint(), let id = reader.varint(), length > 0,
            // What does not fit into the page goes on elsewhere.
            length <= Int64(page.count - source.reserved - 35), reader.place + Int(length) <= page.count,
            (1...LiveSchema.greatestReading) ~= id
        else { return nil }
        reader = RecordReader(page, reader.place, reader.place + Int(length))
        guard var values = reader.values(), values.count == columns.count, values[0].isNull else { return nil }
        values[0] = id.databaseValue
        guard isReading(values) else { return nil }
        return Found(id: id, values: values)
    }

    /// Whether values can be a reading's: other tables may have as many columns.
    private func isReading(_ values: [DatabaseValue]) -> Bool {
        for ((column, type), value) in zip(columns, values) {
            switch (column, value.storage) {
            case (.timestamp, .string), (.timestamp, .int64), (.sensorID, .string): continue
            case (.timestamp, _), (.sensorID, _): return false
            case (_, .blob): return false
            case (_, .null), (_, .int64): continue
            case (_, .double): if type.contains("TEXT") { return false }
            case (_, .string): if type.contains("REAL") { return false }
            }
        }
        return true
    }
}

/// Reads one record of SQLite's.
private struct RecordReader {
    private let bytes: [UInt8]
    private(set) var place: Int
    private let end: Int

    init(_ bytes: [UInt8], _ place: Int, _ end: Int) {
        (self.bytes, self.place, self.end) = (bytes, place, end)
    }

    /// A whole number of one to nine bytes.
    mutating func varint() -> Int64? {
        var value: UInt64 = 0
        for index in 0..<9 {
            guard place < end else { return nil }
            let byte = bytes[place]
            place += 1
            if index == 8 { return Int64(bitPattern: value << 8 | UInt64(byte)) }
            value = value << 7 | UInt64(byte & 0x7f)
            if byte & 0x80 == 0 { return Int64(bitPattern: value) }
        }
        return nil
    }

    /// The values of the record; nil if its lengths contradict each other.
    mutating func values() -> [DatabaseValue]? {
        let begin = place
        guard let headerLength = varint(), headerLength > 0, headerLength <= Int64(end - begin) else { return nil }
        let body = begin + Int(headerLength)
        var types: [Int64] = []
        while place < body {
            guard let type = varint(), type >= 0, place <= body else { return nil }
            types.append(type)
        }
        var values: [DatabaseValue] = []
        for type in types {
            guard let value = value(type) else { return nil }
            values.append(value)
        }
        return place == end ? values : nil
    }

    private mutating func value(_ type: Int64) -> DatabaseValue? {
        switch type {
        case 0: return .null
        case 1...4: return whole(Int(type)).map { $0.databaseValue }
        case 5, 6: return whole(type == 5 ? 6 : 8).map { $0.databaseValue }
        case 7: return whole(8).map { Double(bitPattern: UInt64(bitPattern: $0)).databaseValue }
        case 8, 9: return (type - 8).databaseValue
        case 10, 11: return nil
        default:
            let length = (type - 12) / 2
            guard length <= Int64(end - place) else { return nil }
            let part = bytes[place..<place + Int(length)]
            place += Int(length)
            if type.isMultiple(of: 2) { return Data(part).databaseValue }
            return String(validating: part, as: UTF8.self)?.databaseValue
        }
    }

    /// A big-endian whole number with a sign.
    private mutating func whole(_ count: Int) -> Int64? {
        guard count <= end - place else { return nil }
        var value: Int64 = bytes[place] & 0x80 == 0 ? 0 : -1
        for byte in bytes[place..<place + count] { value = value << 8 | Int64(byte) }
        place += count
        return value
    }
}
