import CSQLite
import DatasetGen
import GRDB

/// Adds readings to `sensor_data` by one prepared statement; only what differs from the row before is bound.
///
/// It is used on the connection's queue alone.
@safe
final class ReadingInserter {
    private let statement: Statement
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private let texts: SensorTexts
    private let timestamps: TimestampStyle
    private let includesCleanTwin: Bool
    /// The time as text, with a Z behind it; and the memory that SQLite reads it from.
    private var timeBytes = [UInt8](repeating: UInt8(ascii: "Z"), count: 27)
    private let timeText = UnsafeMutablePointer<UInt8>.allocate(capacity: 27)
    private var boundTexts: [SensorTexts.Place]
    private var boundSensor: Int32 = -1
    private var boundTime = Int64.min
    private var boundLabel: UInt8?

    /// Prepares the statement.
    init(_ database: Database, texts: SensorTexts, columns: [ReadingColumn], timestamps: TimestampStyle) throws {
        statement = try database.makeStatement(sql: LiveSchema.insertion(columns))
        unsafe handle = statement.sqliteStatement
        guard let connection = unsafe database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
        unsafe self.connection = connection
        self.texts = texts
        self.timestamps = timestamps
        includesCleanTwin = columns.contains(.cleanTemperature)
        // No place that a text could have.
        let unknown = SensorTexts.Place(offset: -2, count: 0)
        boundTexts = Array(repeating: unknown, count: SensorTexts.textColumns.count)
    }

    deinit {
        // The statement, which SQLite finalises later, is not run again.
        unsafe timeText.deallocate()
    }

    /// Adds rows of a block, whose numbers are moved by `shift`; readings that are to be omitted are left out.
    ///
    /// - Complexity: O(rows); about 2 µs each.
    func insert(_ block: ReadingBlock, _ rows: Range<Int>, shift: Int64) throws {
        let (sensors, times, labels) = (block.sensors.span, block.times.span, block.labels.span)
        for row in rows {
            let label = labels[row]
            if label & 0x80 != 0 { continue }
            if label != boundLabel { bind(label: block.label(ofRow: row), raw: label) }
            if times[row] != boundTime { bind(time: times[row]) }
            let sensor = sensors[row]
            if sensor != boundSensor { bind(sensor: sensor) }
            let counts = SIMD4(
                block.metrics[0][row],
                block.metrics[1][row],
                block.metrics[2][row],
                block.metrics[3][row]
            )
            let scales = texts.scales[Int(sensor)]
            bind(counts, scales, from: LiveSchema.parameter(of: .temperature))
            if includesCleanTwin {
                let clean = SIMD4(block.clean[0][row], block.clean[1][row], block.clean[2][row], block.clean[3][row])
                bind(clean, scales, from: LiveSchema.parameter(of: .cleanTemperature))
            }
            unsafe sqlite3_bind_int64(handle, 1, block.firstNumber + Int64(row) + shift)
            let status = unsafe sqlite3_step(handle)
            // "sqlite3_reset() … returns an appropriate error code" when the step failed; the step's own is kept.
            unsafe sqlite3_reset(handle)
            guard status == SQLITE_DONE else { throw failure(status) }
        }
    }

    private func failure(_ status: CInt) -> DatabaseError {
        let code = unsafe sqlite3_extended_errcode(connection)
        let message = unsafe sqlite3_errmsg(connection).map { unsafe String(cString: $0) }
        return DatabaseError(resultCode: ResultCode(rawValue: code == SQLITE_OK ? status : code), message: message)
    }

    @inline(__always)
    private func bind(_ counts: SIMD4<Int32>, _ scales: SIMD4<Double>, from first: Int32) {
        // The quotient of two whole numbers is correctly rounded: the same double as the text's.
        let values = SIMD4<Double>(counts) / scales
        for metric in 0..<4 {
            let parameter = first + Int32(metric)
            if counts[metric] == ReadingBlock.null {
                unsafe sqlite3_bind_null(handle, parameter)
            } else {
                unsafe sqlite3_bind_double(handle, parameter, values[metric])
            }
        }
    }

    private func bind(label: Label, raw: UInt8) {
        boundLabel = raw
        let flag: CInt = label.isAnomalous ? 1 : 0
        unsafe sqlite3_bind_int(handle, LiveSchema.parameter(of: .statusCode), flag)
        unsafe sqlite3_bind_int(handle, LiveSchema.parameter(of: .anomalyFlag), flag)
        bind(copying: label.anomalyType?.name, LiveSchema.parameter(of: .anomalyType))
    }

    private func bind(time: Int64) {
        boundTime = time
        let parameter = LiveSchema.parameter(of: .timestamp)
        if timestamps.isText {
            SimulatedTime(microseconds: time).writeText(into: &timeBytes)
            let count = timestamps == .utc ? timeBytes.count : timeBytes.count - 1
            unsafe timeText.update(from: timeBytes, count: timeBytes.count)
            unsafe timeText.withMemoryRebound(to: CChar.self, capacity: count) { text in
                // The memory outlives the statement: no destructor.
                _ = unsafe sqlite3_bind_text(handle, parameter, text, Int32(count), nil)
            }
        } else {
            unsafe sqlite3_bind_int64(handle, parameter, timestamps.number(of: time))
        }
    }

    private func bind(copying text: String?, _ parameter: Int32) {
        guard var text else {
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

    private func bind(sensor: Int32) {
        boundSensor = sensor
        let columns = SensorTexts.textColumns
        let first = Int(sensor) * columns.count
        for index in columns.indices {
            let place = texts.places[first + index]
            if place == boundTexts[index] { continue }
            boundTexts[index] = place
            let parameter = LiveSchema.parameter(of: columns[index])
            if place == .null {
                unsafe sqlite3_bind_null(handle, parameter)
            } else {
                // The memory outlives the statement: no destructor.
                unsafe sqlite3_bind_text(handle, parameter, texts.pointer(to: place), place.count, nil)
            }
        }
        let numbers = SensorTexts.numberColumns
        for index in numbers.indices {
            let number = texts.numbers[Int(sensor) * numbers.count + index]
            let parameter = LiveSchema.parameter(of: numbers[index])
            if number.isNaN {
                unsafe sqlite3_bind_null(handle, parameter)
            } else {
                unsafe sqlite3_bind_double(handle, parameter, number)
            }
        }
    }
}
