import DatasetFiles
import DatasetFormats
import DatasetGen

/// The rows of a table `sensor_data` of any columns, in the wide layout or in the narrow one, against the readings.
final class ShapedTableReader {
    private let output: ReadingOutput
    private let sensors: [Sensor]
    private let names: ReadingNames
    private let rows: [MetricDescription?]
    private let rowsOfSensors: RowsOfSensors
    private let statement: SQLiteStatement
    /// What all rows of a sensor have, by sensor and column; empty until one of its rows is compared.
    private var constants: [[SQLiteValue]]

    /// - Throws: ``FileError`` when the database cannot be opened, or has not the columns.
    init(_ database: StoredDatabase, _ part: StoredDatabase.Part) throws(FileError) {
        output = database.output
        sensors = database.plan.fleet.sensors
        names = ReadingNames(database.plan)
        rows = output.rowsOfReading
        rowsOfSensors = RowsOfSensors(output, sensors)
        constants = Array(repeating: [], count: sensors.count)
        // SQLite takes a quoted name that is no column for a text; a qualified one it does not.
        let list = (["id"] + output.columns.map(\.name)).map { "d.\"\($0)\"" }.joined(separator: ",")
        statement = try SQLiteDatabase(reading: part.file)
            .prepare("SELECT \(list) FROM sensor_data AS d WHERE d.id BETWEEN ? AND ? ORDER BY d.id")
    }

    /// Names the rows that are not those of a block's readings.
    ///
    /// - Parameters:
    ///   - readings: what the rows are of.
    ///   - count: the readings of the block, those without a row included.
    ///   - problems: what is wrong.
    /// - Throws: ``FileError`` when the file cannot be read.
    func check(_ readings: ReadingSlice, ofReadings count: Int, _ problems: inout Problems) throws(FileError) {
        let rowCount = Int64(rowsOfSensors.count)
        statement.bind(1, (readings.firstNumber - 1) * rowCount + 1)
        statement.bind(2, (readings.firstNumber - 1 + Int64(count)) * rowCount)
        var isThere = try statement.step()
        func skip(to id: Int64) throws(FileError) {
            while isThere, statement.integer(0) < id {
                problems.add("sensor_data has a row \(statement.integer(0)) that is of no reading")
                isThere = try statement.step()
            }
        }
        for row in 0..<readings.count where !readings.isOmitted(row) {
            let sensor = Int(readings.sensors[readings.places.lowerBound + row])
            let number = readings.number(of: row)
            for line in rows.indices where rowsOfSensors.has(line, ofSensor: sensor) {
                let id = rowsOfSensors.number(of: line, ofReading: number)
                try skip(to: id)
                let reading = names.reading(number - 1, sensor: sensor)
                guard isThere, statement.integer(0) == id else {
                    problems.add("\(reading) has no row \(id)")
                    continue
                }
                for (index, column) in output.columns.enumerated() {
                    let expected = value(of: column, index, line, row, readings)
                    if statement.holds(Int32(index + 1), expected) { continue }
                    let stored = Excerpt.value(statement.shown(Int32(index + 1)))
                    problems.add("\(reading): \(column.name) is \(stored), not \(expected.shown)")
                    break
                }
                isThere = try statement.step()
            }
        }
        try skip(to: .max)
    }

    private func value(
        of column: Column,
        _ columnIndex: Int,
        _ line: Int,
        _ row: Int,
        _ readings: ReadingSlice
    ) -> SQLiteValue {
        let (place, index) = (readings.places.lowerBound + row, readings.rows.lowerBound + row)
        let label = Label(rawValue: readings.labels[index])
        let sensor = Int(readings.sensors[place])
        let number = readings.number(of: row)
        var event: EventDirectory.Entry? {
            label.isAnomalous ? output.events?.entry(ofSensor: sensor, position: number - 1) : nil
        }
        switch column.value(of: rows[line]) {
        case .number: return .integer(rowsOfSensors.number(of: line, ofReading: number))
        case .time: return value(ofTime: readings.times[place])
        case .arrival: return value(ofTime: readings.arrival(of: row))
        case .metric(let metric): return value(readings.metrics[metric][index], metric, sensor)
        case .clean(let metric): return value(readings.clean[metric][index], metric, sensor)
        case .label(.type): return label.anomalyType.map { .text($0.name) } ?? .null
        case .label: return .integer(label.isAnomalous ? 1 : 0)
        case .eventID: return event.map { .integer($0.number) } ?? .null
        case .difficulty: return event.flatMap { Difficulty.texts[$0.difficultyCode] }.map { .text($0) } ?? .null
        case .split:
            let code = output.splits?.code(ofSensor: sensor, position: number - 1, isAnomalous: label.isAnomalous)
            return output.splits?.texts[code ?? 0].map { .text($0) } ?? .null
        case nil: return column.constant(of: rows[line]) ?? constant(columnIndex, ofSensor: sensor)
        }
    }

    private func constant(_ column: Int, ofSensor sensor: Int) -> SQLiteValue {
        if constants[sensor].isEmpty { constants[sensor] = output.columns.map(sensors[sensor].value(of:)) }
        return constants[sensor][column]
    }

    private func value(ofTime time: Int64) -> SQLiteValue {
        let style = output.parameters.timestamps
        return style.isText
            ? .text(style.text(of: SimulatedTime(microseconds: time))) : .integer(style.number(of: time))
    }

    private func value(_ count: Int32, _ metric: Int, _ sensor: Int) -> SQLiteValue {
        if count == ReadingBlock.null { return .null }
        let states = output.schema.metrics[metric].states
        if !states.isEmpty { return .text(states[Int(count)]) }
        let resolution = output.schema.resolutions(of: sensors[sensor])[metric]
        return .real(Double(count) / resolution.countsPerUnit)
    }
}

extension SQLiteStatement {
    /// Whether a column of the current row is this value, of the same type.
    fileprivate func holds(_ column: Int32, _ value: SQLiteValue) -> Bool {
        switch value {
        case .null: type(column) == .null
        case .integer(let number): holds(column, number)
        case .real(let number): holds(column, number)
        case .text(let text): holds(column, text)
        case .blob: false
        }
    }
}

extension SQLiteValue {
    /// The value as a message shows it.
    fileprivate var shown: String {
        switch self {
        case .null: "NULL"
        case .integer(let number): String(number)
        case .real(let number): "\(number)"
        case .text(let text): Excerpt.text(text)
        case .blob: "a BLOB"
        }
    }
}
