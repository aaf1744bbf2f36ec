import DatasetFiles
import DatasetFormats
import DatasetGen

/// Reads `readings.native`, compressed or not: columns by their names, unknown ones ignored.
final class NativeRowReader: StoredRowReader {
    private let window: TextWindow
    /// The block at hand, its bytes, and its next row.
    private var (bytes, next): ([UInt8], Int) = ([], 0)
    private var block: NativeBlock?
    private var line: Int64 = 0
    private var isAtEnd = false
    private var sensors: SensorLookup
    private let scales: [[Double]]
    private let states: StateTexts
    /// The names of the columns that are looked at, and where they stand in the block at hand.
    private let (names, cleanNames, flagNames): ([String], [String], [String])
    private let hasNumbers: Bool
    private var places = Places()
    private var ownProblem: String?

    /// The places of columns in a block.
    private struct Places {
        var (number, time, sensor, type) = (0, 0, 0, 0)
        var (metrics, clean, flags): ([Int], [Int], [Int]) = ([], [], [])
    }

    /// Reads an open file.
    init(_ file: StoredFile, _ rows: RowOrigin) {
        window = TextWindow(file)
        sensors = SensorLookup(rows.sensors) { $0.id }
        scales = rows.sensors.map { $0.resolutions.map(\.countsPerUnit) }
        states = StateTexts(rows.schema) { $0 }
        names = rows.schema.metrics.map(\.name)
        cleanNames = rows.holdsTwin ? rows.schema.metrics.map { Column.clean($0).name } : []
        flagNames = [Column.statusCode, .anomalyFlag].filter { rows.columns.contains($0) }.map(\.name)
        hasNumbers = rows.columns.contains(.id)
    }

    var problem: String? { ownProblem ?? window.problem }

    func read(into rows: inout [StoredRow]) throws(FileError) {
        rows.removeAll(keepingCapacity: true)
        while rows.count < StoredRow.perBatch {
            guard let block, next < block.rowCount else {
                guard try readBlock() else { return }
                continue
            }
            let end = min(block.rowCount, next + StoredRow.perBatch - rows.count)
            let text = bytes.span
            for row in next..<end { rows.append(self.row(row, of: block, text)) }
            next = end
        }
    }

    /// Whether there is another block.
    private func readBlock() throws(FileError) -> Bool {
        while !isAtEnd {
            let text = window.text
            switch text.isEmpty ? .incomplete : NativeBlock.parse(text.span, from: 0) {
            case .whole(let found):
                (bytes, block, next) = (text, found, 0)
                window.skip(found.end)
                return find(found)
            case .malformed:
                ownProblem = "behind row \(line) it is not in format Native"
                isAtEnd = true
            case .incomplete:
                if try window.advance(dropping: 0) { continue }
                isAtEnd = true
                if window.count > 0 { ownProblem = "its last block is cut off behind row \(line)" }
            }
        }
        block = nil
        return false
    }

    /// Looks the columns up.
    private func find(_ block: NativeBlock) -> Bool {
        var missing: String?
        func place(_ name: String) -> Int {
            if let place = block.columns.firstIndex(where: { $0.name == name }) { return place }
            missing = missing ?? name
            return 0
        }
        if hasNumbers { places.number = place(Column.id.name) }
        places.time = place(Column.timestamp.name)
        places.sensor = place(Column.sensorID.name)
        places.type = place(Column.anomalyType.name)
        places.metrics = names.map(place)
        places.clean = cleanNames.map(place)
        places.flags = flagNames.map(place)
        guard let missing else { return true }
        ownProblem = "it has no column \(missing)"
        isAtEnd = true
        self.block = nil
        return false
    }

    private func row(_ index: Int, of block: NativeBlock, _ text: Span<UInt8>) -> StoredRow {
        line += 1
        var row = StoredRow(line: line, metricCount: names.count)
        row.isReadable = read(index, of: block, text, into: &row)
        return row
    }

    private func read(_ index: Int, of block: NativeBlock, _ text: Span<UInt8>, into row: inout StoredRow) -> Bool {
        let columns = block.columns
        if hasNumbers {
            guard columns[places.number].storage == .uint64 else { return false }
            row.number = Int64(bitPattern: columns[places.number].bits(index, text))
        }
        let time = columns[places.time]
        guard time.storage == .dateTime || time.storage == .dateTime64 else { return false }
        row.time = Int64(bitPattern: time.bits(index, text))
        guard columns[places.sensor].storage == .string else { return false }
        let name = columns[places.sensor].texts[index]
        row.sensor = sensors.index(of: text, at: name) { $0.string($1) }
        guard row.sensor >= 0, readValues(index, columns, places.metrics, text, into: \.metrics, of: &row),
            readValues(index, columns, places.clean, text, into: \.clean, of: &row)
        else { return false }
        let type = columns[places.type]
        guard type.storage == .string else { return false }
        if !type.isNull(index, text) {
            guard let label = StoredText.label(text, type.texts[index]) else { return false }
            row.label = label
        }
        for flag in places.flags where columns[flag].bits(index, text) != (row.label == 0 ? 0 : 1) {
            row.isConsistent = false
        }
        return true
    }

    private func readValues(
        _ index: Int,
        _ columns: [NativeBlock.Stored],
        _ places: [Int],
        _ text: Span<UInt8>,
        into property: WritableKeyPath<StoredRow, MetricCounts>,
        of row: inout StoredRow
    ) -> Bool {
        let scales = scales[Int(row.sensor)]
        for (metric, place) in places.enumerated() {
            let column = columns[place]
            if column.isNull(index, text) { continue }
            if states.isState(metric) {
                guard column.storage == .string, let count = states.count(metric, of: text, at: column.texts[index])
                else { return false }
                row[keyPath: property][metric] = count
                continue
            }
            guard column.storage == .float64 else { return false }
            let value = column.double(index, text)
            let count = (value * scales[metric]).rounded()
            guard count.magnitude < 2_147_483_648 else { return false }
            row[keyPath: property][metric] = Int32(count)
            // The writer's own quotient: any other double is not this count.
            if count / scales[metric] != value { row.isInexact = true }
        }
        return true
    }
}
