import DatasetFiles
import DatasetFormats
import DatasetGen

/// Reads `readings.pgcopy`, compressed or not, or what is made of another file; what a field is, its place among the columns of the output says.
final class CopyRowReader: StoredRowReader {
    private let window: TextWindow
    private var position = 0
    private var line: Int64 = 0
    private var isAtEnd = false
    private var stored = StoredCopy()
    private var sensors: SensorLookup
    private let scales: [[Double]]
    private let states: StateTexts
    private let columns: [CopyColumn]
    /// Where among the columns the sensor is: what a reading is, its resolution says.
    private let sensorPlace: Int
    private let metricCount: Int
    private var ownProblem: String?

    /// Reads the text of a file.
    init(_ window: TextWindow, _ rows: RowOrigin) {
        self.window = window
        sensors = SensorLookup(rows.sensors) { $0.id }
        scales = rows.sensors.map { $0.resolutions.map(\.countsPerUnit) }
        states = StateTexts(rows.schema) { $0 }
        columns = rows.columns.map { CopyColumn($0) }
        sensorPlace = rows.columns.firstIndex(of: .sensorID) ?? 0
        metricCount = rows.schema.metrics.count
    }

    var problem: String? { ownProblem ?? window.problem }

    func read(into rows: inout [StoredRow]) throws(FileError) {
        rows.removeAll(keepingCapacity: true)
        while rows.count < StoredRow.perBatch, !isAtEnd {
            let text = window.text
            parse(text.span, into: &rows)
            guard rows.count < StoredRow.perBatch, !isAtEnd else { return }
            let dropped = position
            position = 0
            guard try !window.advance(dropping: dropped) else { continue }
            isAtEnd = true
            if window.count > 0 { ownProblem = "it is cut off behind row \(line)" }
        }
    }

    /// Reads the whole rows of the window.
    private func parse(_ text: Span<UInt8>, into rows: inout [StoredRow]) {
        while rows.count < StoredRow.perBatch, position < text.count {
            switch stored.parse(text, from: position) {
            case .row:
                line += 1
                var row = StoredRow(line: line, metricCount: metricCount)
                row.isReadable = read(text, into: &row)
                rows.append(row)
            case .frame: break
            case .incomplete: return
            case .malformed:
                ownProblem = "behind row \(line) it is not what COPY reads"
                isAtEnd = true
                return
            }
            position = stored.end
        }
    }

    private func read(_ text: Span<UInt8>, into row: inout StoredRow) -> Bool {
        let fields = stored.fields
        guard fields.count == columns.count, let name = fields[sensorPlace] else { return false }
        row.sensor = sensors.index(of: text, at: name) { $0.string($1) }
        guard row.sensor >= 0 else { return false }
        var flags: [UInt64] = []
        for (index, copy) in columns.enumerated() {
            guard let field = fields[index] else {
                if !copy.isNullable { return false }
                continue
            }
            guard copy.storage.width.map({ $0 == field.count }) ?? true else { return false }
            switch copy.column {
            case .id: row.number = Int64(bitPattern: StoredCopy.bits(text, field))
            case .timestamp: row.time = Int64(bitPattern: StoredCopy.bits(text, field)) &+ PGCopyEncoder.epoch
            case .metric(let metric):
                guard read(text, field, of: metric.index, into: \.metrics, &row) else { return false }
            case .clean(let metric):
                guard read(text, field, of: metric.index, into: \.clean, &row) else { return false }
            case .anomalyType:
                guard let label = StoredText.label(text, field) else { return false }
                row.label = label
            case .statusCode, .anomalyFlag: flags.append(StoredCopy.bits(text, field))
            default: continue
            }
        }
        row.isConsistent = flags.allSatisfy { $0 == (row.label == 0 ? 0 : 1) }
        return true
    }

    private func read(
        _ text: Span<UInt8>,
        _ field: Range<Int>,
        of metric: Int,
        into property: WritableKeyPath<StoredRow, MetricCounts>,
        _ row: inout StoredRow
    ) -> Bool {
        if states.isState(metric) {
            guard let count = states.count(metric, of: text, at: field) else { return false }
            row[keyPath: property][metric] = count
            return true
        }
        let (value, scale) = (Double(bitPattern: StoredCopy.bits(text, field)), scales[Int(row.sensor)][metric])
        let count = (value * scale).rounded()
        guard count.magnitude < 2_147_483_648 else { return false }
        row[keyPath: property][metric] = Int32(count)
        // The writer's own quotient: any other double is not this count.
        if count / scale != value { row.isInexact = true }
        return true
    }
}
