import DatasetFiles
import DatasetFormats
import DatasetGen

/// Reads `readings.csv`, compressed or not; columns are found by the names of the header.
final class CSVRowReader: StoredRowReader {
    private let window: TextWindow
    private var position = 0
    private var isAtEnd = false
    private var line: Int64 = 0
    private var scanner = CSVScanner()
    private var sensors: SensorLookup
    private var times: TimestampReader
    /// Digits behind the point, by sensor, by ``Metric/rawValue``.
    private let decimals: [[UInt8]]
    private let metricCount: Int
    private let states: StateTexts
    private var columns = Columns()
    private var headerProblem: String?

    /// Where in a record the columns stand.
    private struct Columns {
        /// Nil where the rows have no numbers.
        var number: Int?
        var time = 0
        var sensor = 0
        var metrics: [Int] = []
        /// Of the healthy twin; empty unless the dataset holds it.
        var clean: [Int] = []
        /// Those of `status_code` and `anomaly_flag` that there are.
        var flags: [Int] = []
        var type = 0
        /// The fields that hold them all.
        var needed = 0
    }

    /// Reads the file's header.
    init(_ file: StoredFile, _ rows: RowOrigin) throws(FileError) {
        let sensors = rows.sensors
        window = TextWindow(file)
        self.sensors = SensorLookup(sensors) { CSVText.field($0.id) }
        times = TimestampReader(rows.timestamps)
        decimals = sensors.map { $0.resolutions.map { UInt8($0.decimals) } }
        metricCount = rows.schema.metrics.count
        states = StateTexts(rows.schema) { $0 }
        try readHeader(rows)
    }

    var problem: String? { headerProblem ?? window.problem }

    private func readHeader(_ rows: RowOrigin) throws(FileError) {
        let schema = rows.schema
        var names: [String] = []
        if try nextRecord(limit: CSVScanner.columnLimit) {
            let text = window.text
            names = scanner.fields.map { CSVScanner.decoded(text.span, $0) ?? "" }
        }
        func index(_ column: Column) -> Int {
            if let index = names.firstIndex(of: column.name) {
                columns.needed = max(columns.needed, index + 1)
                return index
            }
            headerProblem = headerProblem ?? "it has no column \(column.name)"
            return 0
        }
        if rows.columns.contains(.id) { columns.number = index(.id) }
        columns.time = index(.timestamp)
        columns.sensor = index(.sensorID)
        columns.metrics = schema.metrics.map { index(.metric($0)) }
        if rows.holdsTwin { columns.clean = schema.metrics.map { index(.clean($0)) } }
        columns.flags = [Column.statusCode, .anomalyFlag].filter { rows.columns.contains($0) }.map { index($0) }
        columns.type = index(.anomalyType)
        if headerProblem != nil { isAtEnd = true }
    }

    func read(into rows: inout [StoredRow]) throws(FileError) {
        rows.removeAll(keepingCapacity: true)
        while rows.count < StoredRow.perBatch, !isAtEnd {
            let text = window.text
            parse(text.span, into: &rows)
            guard rows.count < StoredRow.perBatch else { return }
            isAtEnd = try !advance()
            if isAtEnd, position < window.text.count {
                // The last record has no line feed.
                let rest = window.text
                if let next = scanner.scan(rest.span, from: position, limit: columns.needed, isLast: true) {
                    position = next
                    rows.append(row(rest.span))
                }
            }
        }
    }

    /// Reads the whole records of the window.
    private func parse(_ text: Span<UInt8>, into rows: inout [StoredRow]) {
        while rows.count < StoredRow.perBatch,
            let next = scanner.scan(text, from: position, limit: columns.needed, isLast: false)
        {
            position = next
            rows.append(row(text))
        }
    }

    private func nextRecord(limit: Int) throws(FileError) -> Bool {
        while true {
            let text = window.text
            if let next = scanner.scan(text.span, from: position, limit: limit, isLast: false) {
                position = next
                return true
            }
            if try !advance() { return false }
        }
    }

    private func advance() throws(FileError) -> Bool {
        let dropped = position
        position = 0
        return try window.advance(dropping: dropped)
    }

    private func row(_ text: Span<UInt8>) -> StoredRow {
        line += 1
        var row = StoredRow(line: line, metricCount: metricCount)
        let fields = scanner.fields
        guard fields.count == columns.needed, let time = times.time(text, fields[columns.time]) else {
            row.isReadable = false
            return row
        }
        if let column = columns.number {
            guard let number = StoredText.integer(text, fields[column]) else {
                row.isReadable = false
                return row
            }
            row.number = number
        }
        row.time = time
        row.sensor = sensors.index(of: text, at: fields[columns.sensor], decode: CSVScanner.decoded)
        guard row.sensor >= 0 else {
            row.isReadable = false
            return row
        }
        readValues(text, columns.metrics, into: \.metrics, of: &row)
        if !columns.clean.isEmpty { readValues(text, columns.clean, into: \.clean, of: &row) }
        if row.isReadable { readLabel(text, into: &row) }
        return row
    }

    @inline(__always)
    private func readValues(
        _ text: Span<UInt8>,
        _ columns: [Int],
        into property: WritableKeyPath<StoredRow, MetricCounts>,
        of row: inout StoredRow
    ) {
        let decimals = decimals[Int(row.sensor)]
        for metric in 0..<metricCount {
            let field = scanner.fields[columns[metric]]
            if field.isEmpty { continue }
            if states.isState(metric) {
                guard let count = states.count(metric, of: text, at: field, decodedBy: CSVScanner.decoded) else {
                    row.isReadable = false
                    return
                }
                row[keyPath: property][metric] = count
                continue
            }
            guard let value = StoredText.decimal(text, field, decimals: Int(decimals[metric])) else {
                row.isReadable = false
                return
            }
            row[keyPath: property][metric] = value.count
            if !value.isExact { row.isInexact = true }
        }
    }

    private func readLabel(_ text: Span<UInt8>, into row: inout StoredRow) {
        let type = scanner.fields[columns.type]
        if !type.isEmpty {
            guard let label = StoredText.label(text, type) else {
                row.isReadable = false
                return
            }
            row.label = label
        }
        let expected = UInt8(ascii: row.label == 0 ? "0" : "1")
        for column in columns.flags {
            let field = scanner.fields[column]
            if field.count != 1 || text[field.lowerBound] != expected { row.isConsistent = false }
        }
    }
}
