import DatasetFiles
import DatasetFormats
import DatasetGen

/// Reads `readings.lp`, compressed or not: tags and fields in any order, unknown ones ignored; comments are stepped over.
final class LineProtocolRowReader: LineRowReader {
    let window: TextWindow
    var position = 0
    var isAtEnd = false
    /// Whether no point has come yet, and whether what comes are statements.
    private var (isInHead, isInStatements) = (true, false)
    private var line: Int64 = 0
    private var point = StoredPoint()
    private var sensors: SensorLookup
    private var times: TimestampReader
    private let decimals: [[UInt8]]
    /// The names of the metrics, and those of the healthy twin.
    private let (names, cleanNames): ([String], [String])
    private let states: StateTexts

    /// Reads an open file.
    init(_ file: StoredFile, _ rows: RowOrigin) {
        let sensors = rows.sensors
        names = rows.schema.metrics.map(\.name)
        cleanNames = rows.holdsTwin ? rows.schema.metrics.map { Column.clean($0).name } : []
        states = StateTexts(rows.schema) { $0 }
        window = TextWindow(file)
        self.sensors = SensorLookup(sensors) { LineProtocolText.tag($0.id) }
        times = TimestampReader(rows.timestamps)
        decimals = sensors.map { $0.resolutions.map { UInt8($0.decimals) } }
    }

    func append(_ text: Span<UInt8>, _ range: Range<Int>, to rows: inout [StoredRow]) {
        if isInHead {
            // Between `# DDL` and `# DML` stand statements.
            if text.holds(literal: "# DDL", at: range) { isInStatements = true }
            if text.holds(literal: "# DML", at: range) { isInStatements = false }
            if isInStatements || range.isEmpty || text[range.lowerBound] == UInt8(ascii: "#") { return }
            isInHead = false
        }
        line += 1
        var row = StoredRow(line: line, metricCount: names.count)
        row.isReadable = read(text, range, into: &row)
        rows.append(row)
    }

    private func read(_ text: Span<UInt8>, _ range: Range<Int>, into row: inout StoredRow) -> Bool {
        guard point.parse(text, range), let time = times.time(text, point.time) else { return false }
        row.time = time
        guard let sensor = point.tags.first(where: { text.holds(literal: "sensor_id", at: $0.key) }) else {
            return false
        }
        row.sensor = sensors.index(of: text, at: sensor.value, decode: StoredPoint.decoded)
        guard row.sensor >= 0 else { return false }
        var flag: Range<Int>?
        for field in point.fields {
            if let metric = names.firstIndex(where: { text.holds($0, at: field.key) }) {
                guard readValue(text, field.value, of: metric, into: \.metrics, of: &row) else { return false }
            } else if let metric = cleanNames.firstIndex(where: { text.holds($0, at: field.key) }) {
                guard readValue(text, field.value, of: metric, into: \.clean, of: &row) else { return false }
            } else if text.holds(literal: "anomaly_flag", at: field.key) {
                flag = field.value
            } else if text.holds(literal: "anomaly_type", at: field.key) {
                guard let value = Self.unquoted(text, field.value), let label = StoredText.label(text, value) else {
                    return false
                }
                row.label = label
            }
        }
        row.isConsistent = flag.map { text.holds(row.label == 0 ? "0i" : "1i", at: $0) } ?? false
        return true
    }

    private func readValue(
        _ text: Span<UInt8>,
        _ value: Range<Int>,
        of metric: Int,
        into property: WritableKeyPath<StoredRow, MetricCounts>,
        of row: inout StoredRow
    ) -> Bool {
        if states.isState(metric) {
            guard let state = Self.unquoted(text, value),
                let count = states.count(metric, of: text, at: state, decodedBy: StoredPoint.decodedField)
            else { return false }
            row[keyPath: property][metric] = count
            return true
        }
        let digits = Int(decimals[Int(row.sensor)][metric])
        guard let value = StoredText.decimal(text, value, decimals: digits) else { return false }
        row[keyPath: property][metric] = value.count
        if !value.isExact { row.isInexact = true }
        return true
    }

    /// What stands between quotes; nil without them.
    private static func unquoted(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        guard range.count >= 2, text[range.lowerBound] == UInt8(ascii: "\"") else { return nil }
        return range.lowerBound + 1..<range.upperBound - 1
    }
}
