import DatasetFiles
import DatasetFormats
import DatasetGen

/// Reads `readings.om`, compressed or not: neighbouring lines with the same labels and time are a reading.
final class OpenMetricsRowReader: LineRowReader {
    let window: TextWindow
    var position = 0
    var isAtEnd = false
    private var line: Int64 = 0
    private var sample = StoredSample()
    /// The row of which lines may still follow, and the series of the last one.
    private var pending: (row: StoredRow, series: Int)?
    private var sensors: SensorLookup
    private var times: TimestampReader
    private let decimals: [[UInt8]]
    private let names: SeriesNames

    /// Reads an open file.
    init(_ file: StoredFile, _ rows: RowOrigin, _ names: SeriesNames) {
        self.names = names
        window = TextWindow(file, following: rows.following)
        sensors = SensorLookup(rows.sensors) { String(OpenMetricsEncoder.quoted($0.id).dropFirst().dropLast()) }
        times = TimestampReader(rows.timestamps)
        decimals = rows.sensors.map { names.decimals(of: $0) }
    }

    func append(_ text: Span<UInt8>, _ range: Range<Int>, to rows: inout [StoredRow]) {
        guard range.isEmpty || text[range.lowerBound] != UInt8(ascii: "#") else {
            // The end of a file is such a line, and behind its last reading.
            return finish(&rows)
        }
        guard sample.parse(text, range), let time = times.time(text, sample.time),
            let name = sample.labels.first(where: { text.holds(literal: "sensor_id", at: $0.name) }),
            let series = names.all.firstIndex(where: { text.holds($0.name, at: sample.name) })
        else { return appendUnreadable(&rows) }
        let sensor = sensors.index(of: text, at: name.text, decode: StoredSample.decoded)
        guard sensor >= 0 else { return appendUnreadable(&rows) }
        if let (row, last) = pending, row.sensor != sensor || row.time != time || series <= last { finish(&rows) }
        var row = pending?.row ?? next()
        (row.sensor, row.time) = (sensor, time)
        read(text, series, into: &row)
        pending = (row, series)
    }

    private func finish(_ rows: inout [StoredRow]) {
        if let (row, _) = pending { rows.append(row) }
        pending = nil
    }

    private func next() -> StoredRow {
        line += 1
        return StoredRow(line: line, metricCount: names.schema.metrics.count)
    }

    private func appendUnreadable(_ rows: inout [StoredRow]) {
        finish(&rows)
        var row = next()
        row.isReadable = false
        rows.append(row)
    }

    private func read(_ text: Span<UInt8>, _ series: Int, into row: inout StoredRow) {
        let source = names.all[series].source
        switch source {
        case .metric(let metric), .clean(let metric):
            let digits = Int(decimals[Int(row.sensor)][metric])
            let states = names.schema.metrics[metric].states.count
            guard let value = StoredText.decimal(text, sample.value, decimals: digits),
                states == 0 || (0..<Int32(states)).contains(value.count)
            else {
                row.isReadable = false
                return
            }
            if !value.isExact { row.isInexact = true }
            if source == .metric(metric) { row.metrics[metric] = value.count } else { row.clean[metric] = value.count }
        case .label:
            guard let value = StoredText.integer(text, sample.value), let label = UInt8(exactly: value),
                label == 0 || AnomalyType(rawValue: label) != nil
            else {
                row.isReadable = false
                return
            }
            row.label = label
        }
    }
}
