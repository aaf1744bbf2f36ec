import DatasetFiles
import DatasetFormats
import DatasetGen

/// Reads `readings.jsonl`, compressed or not: keys in any order, unknown ones ignored.
final class JSONLinesRowReader: LineRowReader {
    let window: TextWindow
    var position = 0
    var isAtEnd = false
    private var line: Int64 = 0
    private var sensors: SensorLookup
    private var times: TimestampReader
    private let decimals: [[UInt8]]
    private let names: [String]
    private let states: StateTexts
    /// Where the values of the line at hand stand; their meaning depends on the sensor, whose key may come later.
    private var values: [Range<Int>?]
    /// The same of the healthy twin.
    private var clean: [Range<Int>?]
    private let holdsTwin: Bool
    /// Whether lines say whether there is an anomaly, besides which.
    private let holdsFlag: Bool

    /// Reads an open file.
    init(_ file: StoredFile, _ rows: RowOrigin) {
        let sensors = rows.sensors
        holdsTwin = rows.holdsTwin
        holdsFlag = rows.columns.contains(.anomalyFlag)
        names = rows.schema.metrics.map(\.name)
        states = StateTexts(rows.schema) { $0 }
        values = names.map { _ in nil }
        clean = values
        window = TextWindow(file)
        self.sensors = SensorLookup(sensors) { String(JSONValue.string($0.id).compactText.dropFirst().dropLast()) }
        times = TimestampReader(rows.timestamps)
        decimals = sensors.map { $0.resolutions.map { UInt8($0.decimals) } }
    }

    func append(_ text: Span<UInt8>, _ range: Range<Int>, to rows: inout [StoredRow]) {
        line += 1
        var row = StoredRow(line: line, metricCount: names.count)
        for metric in values.indices { (values[metric], clean[metric]) = (nil, nil) }
        row.isReadable = read(text, range, into: &row)
        rows.append(row)
    }

    private func read(_ text: Span<UInt8>, _ range: Range<Int>, into row: inout StoredRow) -> Bool {
        var cursor = JSONCursor(range)
        var hasTime = false
        var hasAnomaly = false
        guard cursor.skip("{", text) else { return false }
        repeat {
            guard let key = cursor.string(text), cursor.skip(":", text) else { return false }
            if text.holds(literal: "timestamp", at: key) {
                guard let value = times.isText ? cursor.string(text) : cursor.literal(text),
                    let time = times.time(text, value)
                else { return false }
                row.time = time
                hasTime = true
            } else if text.holds(literal: "sensor_id", at: key) {
                guard let value = cursor.string(text) else { return false }
                row.sensor = sensors.index(of: text, at: value, decode: Self.decoded)
            } else if text.holds(literal: "readings", at: key) {
                guard Self.readValues(text, &cursor, names, into: &values) else { return false }
            } else if holdsTwin, text.holds(literal: "clean", at: key) {
                guard Self.readValues(text, &cursor, names, into: &clean) else { return false }
            } else if text.holds(literal: "anomaly", at: key) {
                guard readLabel(text, &cursor, into: &row) else { return false }
                hasAnomaly = true
            } else if text.holds(literal: "id", at: key) {
                guard let value = cursor.literal(text), let number = StoredText.integer(text, value) else {
                    return false
                }
                row.number = number
            } else if !cursor.skipValue(text) {
                return false
            }
        } while cursor.skip(",", text)
        guard cursor.skip("}", text), cursor.isAtEnd(text) else { return false }
        return hasTime && hasAnomaly && row.sensor >= 0 && readMetrics(text, values, into: \.metrics, of: &row)
            && (!holdsTwin || readMetrics(text, clean, into: \.clean, of: &row))
    }

    /// Notes where the metrics stand.
    private static func readValues(
        _ text: Span<UInt8>,
        _ cursor: inout JSONCursor,
        _ names: [String],
        into values: inout [Range<Int>?]
    ) -> Bool {
        guard cursor.skip("{", text) else { return false }
        repeat {
            guard let key = cursor.string(text), cursor.skip(":", text) else { return false }
            if let metric = names.firstIndex(where: { text.holds($0, at: key) }) {
                guard let value = cursor.string(text) ?? cursor.literal(text) else { return false }
                values[metric] = value
            } else if !cursor.skipValue(text) {
                return false
            }
        } while cursor.skip(",", text)
        return cursor.skip("}", text)
    }

    private func readMetrics(
        _ text: Span<UInt8>,
        _ values: [Range<Int>?],
        into property: WritableKeyPath<StoredRow, MetricCounts>,
        of row: inout StoredRow
    ) -> Bool {
        let decimals = decimals[Int(row.sensor)]
        for metric in names.indices {
            guard let range = values[metric] else { return false }
            // Quotes enclose a text.
            if text[range.lowerBound - 1] == UInt8(ascii: "\"") {
                guard states.isState(metric),
                    let count = states.count(metric, of: text, at: range, decodedBy: Self.decoded)
                else { return false }
                row[keyPath: property][metric] = count
                continue
            }
            if states.isState(metric), !text.holds(literal: "null", at: range) { return false }
            if text[range.lowerBound] == UInt8(ascii: "n") {
                guard text.holds(literal: "null", at: range) else { return false }
                continue
            }
            guard let value = StoredText.decimal(text, range, decimals: Int(decimals[metric])) else { return false }
            row[keyPath: property][metric] = value.count
            if !value.isExact { row.isInexact = true }
        }
        return true
    }

    private func readLabel(_ text: Span<UInt8>, _ cursor: inout JSONCursor, into row: inout StoredRow) -> Bool {
        guard cursor.skip("{", text) else { return false }
        var isDetected: Bool?
        repeat {
            guard let key = cursor.string(text), cursor.skip(":", text) else { return false }
            if text.holds(literal: "detected", at: key) {
                guard let value = cursor.literal(text) else { return false }
                if text.holds(literal: "true", at: value) { isDetected = true }
                if text.holds(literal: "false", at: value) { isDetected = false }
            } else if text.holds(literal: "type", at: key) {
                if let value = cursor.string(text) {
                    guard let label = StoredText.label(text, value) else { return false }
                    row.label = label
                } else {
                    guard let value = cursor.literal(text), text.holds(literal: "null", at: value) else { return false }
                }
            } else if !cursor.skipValue(text) {
                return false
            }
        } while cursor.skip(",", text)
        if holdsFlag {
            guard let isDetected else { return false }
            row.isConsistent = isDetected == (row.label != 0)
        }
        return cursor.skip("}", text)
    }

    private static func decoded(_ text: Span<UInt8>, _ range: Range<Int>) -> String? {
        let raw = text.string(range)
        return JSONValue(parsing: Array("\"\(raw)\"".utf8))?.stringValue
    }
}
