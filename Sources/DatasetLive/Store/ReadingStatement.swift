import CSQLite
import DatasetFormats
import DatasetGen
import GRDB

/// A prepared statement that adds a fixed number of readings; only what differs from the last time is bound.
///
/// It is used on the connection's queue alone.
@safe
final class ReadingStatement {
    /// What is bound in one row of the statement.
    private struct Row {
        var sensor: Int32 = -1
        var time = Int64.min
        /// No label has all bits set.
        var label: UInt8 = 0xFF
    }

    private static let timeLength = 27

    private let statement: Statement
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private let texts: SensorTexts
    private let timestamps: TimestampStyle
    private let includesCleanTwin: Bool
    private let parametersPerRow: Int32
    /// The parameters of the first metric, of its healthy twin and of the labels.
    private let (metricParameter, twinParameter, labelParameter): (Int32, Int32, Int32)
    private let textParameters: [Int32]
    private let numberParameters: [Int32]
    private var rows: [Row]
    /// Per row, per entry of ``SensorTexts/textColumns``: the text that is bound.
    private var boundTexts: [SensorTexts.Place]
    private var timeBytes = [UInt8](repeating: UInt8(ascii: "Z"), count: timeLength)
    /// Per row: the time as text, from where SQLite reads it.
    private let timeTexts: UnsafeMutablePointer<UInt8>

    /// Prepares the statement.
    init(
        _ database: Database,
        rows count: Int,
        texts: SensorTexts,
        columns: [ReadingColumn],
        timestamps: TimestampStyle
    ) throws {
        statement = try database.makeStatement(sql: LiveSchema.insertion(columns, rows: count))
        unsafe handle = statement.sqliteStatement
        guard let connection = unsafe database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
        unsafe self.connection = connection
        self.texts = texts
        self.timestamps = timestamps
        textParameters = SensorTexts.textColumns.map { LiveSchema.parameter(of: $0, in: columns) }
        numberParameters = SensorTexts.numberColumns.map { LiveSchema.parameter(of: $0, in: columns) }
        metricParameter = Int32(Column.leading.count + 1)
        labelParameter = LiveSchema.parameter(of: .statusCode, in: columns)
        let behindSynced = columns.drop { $0 != .synced }.dropFirst()
        includesCleanTwin = !behindSynced.isEmpty
        twinParameter = Int32(columns.count - behindSynced.count)
        parametersPerRow = Int32(LiveSchema.parametersPerRow(columns))
        // No place that a text could have.
        let unknown = SensorTexts.Place(offset: -2, count: 0)
        boundTexts = Array(repeating: unknown, count: count * SensorTexts.textColumns.count)
        rows = Array(repeating: Row(), count: count)
        unsafe timeTexts = UnsafeMutablePointer<UInt8>.allocate(capacity: count * Self.timeLength)
    }

    deinit {
        // The statement, which SQLite finalises later, is not run again.
        unsafe timeTexts.deallocate()
    }

    /// Binds a reading of a block, whose number is moved by `shift`, to a row of the statement.
    func bind(_ block: borrowing ReadingBlock, _ reading: Int, shift: Int64, to row: Int) {
        let base = Int32(row) * parametersPerRow
        let label = block.labels[reading]
        if label != rows[row].label { bind(block.label(ofRow: reading), raw: label, row, base) }
        let time = block.times[reading]
        if time != rows[row].time { bind(time: time, row, base) }
        let sensor = block.sensors[reading]
        if sensor != rows[row].sensor { bind(sensor: sensor, row, base) }
        let scales = texts.scales[Int(sensor)]
        bind(block.metrics, reading, scales, from: base + metricParameter)
        if includesCleanTwin {
            bind(block.clean, reading, scales, from: base + twinParameter)
        }
        unsafe sqlite3_bind_int64(handle, base + 1, block.firstNumber + Int64(reading) + shift)
    }

    /// Adds the readings that are bound.
    func run() throws {
        let status = unsafe sqlite3_step(handle)
        guard status == SQLITE_DONE else {
            let code = unsafe sqlite3_extended_errcode(connection)
            let message = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
            unsafe sqlite3_reset(handle)
            throw DatabaseError(resultCode: ResultCode(rawValue: code == SQLITE_OK ? status : code), message: message)
        }
        unsafe sqlite3_reset(handle)
    }

    @inline(__always)
    private func bind(_ columns: [[Int32]], _ reading: Int, _ scales: [Double], from first: Int32) {
        let columns = columns.span
        let states = texts.states
        for metric in columns.indices {
            let count = columns[metric][reading]
            if count == ReadingBlock.null {
                unsafe sqlite3_bind_null(handle, first + Int32(metric))
            } else if !states[metric].isEmpty {
                let place = states[metric][Int(count)]
                // The memory outlives the statement: no destructor.
                let text = unsafe texts.pointer(to: place)
                unsafe sqlite3_bind_text(handle, first + Int32(metric), text, place.count, nil)
            } else {
                // The quotient of two whole numbers is correctly rounded: the same double as the text's.
                unsafe sqlite3_bind_double(handle, first + Int32(metric), Double(count) / scales[metric])
            }
        }
    }

    private func bind(_ label: Label, raw: UInt8, _ row: Int, _ base: Int32) {
        rows[row].label = raw
        let flag: CInt = label.isAnomalous ? 1 : 0
        unsafe sqlite3_bind_int(handle, base + labelParameter, flag)
        unsafe sqlite3_bind_int(handle, base + labelParameter + 1, flag)
        let parameter = base + labelParameter + 2
        guard var text = label.anomalyType?.name else {
            unsafe sqlite3_bind_null(handle, parameter)
            return
        }
        // SQLITE_TRANSIENT, which Swift cannot import: the value −1 as a destructor (sqlite3.h).
        let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        text.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                _ = unsafe sqlite3_bind_text(handle, parameter, bytes.baseAddress, Int32(bytes.count), transient)
            }
        }
    }

    private func bind(time: Int64, _ row: Int, _ base: Int32) {
        rows[row].time = time
        let parameter = base + 2
        guard timestamps.isText else {
            unsafe sqlite3_bind_int64(handle, parameter, timestamps.number(of: time))
            return
        }
        SimulatedTime(microseconds: time).writeText(into: &timeBytes)
        let count = timestamps == .utc ? Self.timeLength : Self.timeLength - 1
        let text = unsafe timeTexts + row * Self.timeLength
        unsafe text.update(from: timeBytes, count: count)
        unsafe text.withMemoryRebound(to: CChar.self, capacity: count) { text in
            // The memory outlives the statement: no destructor.
            _ = unsafe sqlite3_bind_text(handle, parameter, text, Int32(count), nil)
        }
    }

    private func bind(sensor: Int32, _ row: Int, _ base: Int32) {
        rows[row].sensor = sensor
        let (places, parameters) = (texts.places, textParameters)
        let (first, firstBound) = (Int(sensor) * parameters.count, row * parameters.count)
        var bound = boundTexts.mutableSpan
        for index in parameters.indices {
            let place = places[first + index]
            if place == bound[firstBound + index] { continue }
            bound[firstBound + index] = place
            if place == .null {
                unsafe sqlite3_bind_null(handle, base + parameters[index])
            } else {
                // This memory, too, outlives the statement.
                let text = unsafe texts.pointer(to: place)
                unsafe sqlite3_bind_text(handle, base + parameters[index], text, place.count, nil)
            }
        }
        for index in numberParameters.indices {
            let number = texts.numbers[Int(sensor) * numberParameters.count + index]
            let parameter = base + numberParameters[index]
            if number.isNaN {
                unsafe sqlite3_bind_null(handle, parameter)
            } else {
                unsafe sqlite3_bind_double(handle, parameter, number)
            }
        }
    }
}
