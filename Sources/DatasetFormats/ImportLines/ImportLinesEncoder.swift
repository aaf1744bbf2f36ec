package import DatasetGen

/// Turns readings into lines that VictoriaMetrics imports: one object for some samples of a series.
///
///     {"metric":{"__name__":"readings_temperature","sensor_id":"A"},"values":[21.5,21.6],"timestamps":[…,…]}
///
/// Times are milliseconds. Source: "JSON line format" in VictoriaMetrics' documentation of `/api/v1/import`. Readings come
/// in the order of sensors: a line is of neighbouring ones, and those of the other order have a few samples each.
package struct ImportLinesEncoder: Sendable {
    /// Samples of a line.
    ///
    /// So many that the server has little to do for its name, and so few that the times of a sensor's next series are within
    /// the 32 KiB in which a compressor finds them again. Lines of 4,096 take a third more of the server's time, of 128 a
    /// little more.
    package static let longestLine = 1_024

    private static let beforeTimes: StaticString = #"],"timestamps":["#
    private static let end: StaticString = "]}\n"
    /// The most bytes that a time, or a value, and a comma take.
    private static let (timeLimit, valueLimit) = (21, RowTemplates.numberLimit + 1)

    private let sources: [SeriesNames.Source]
    /// The beginning of a line with its name, by series.
    private let heads: [[UInt8]]
    /// From the name to the first value: what every series of a sensor tells of it.
    private let labels: [[UInt8]]
    /// Digits behind the point of each sensor's readings, by metric; those of all sensors.
    private let decimals: [UInt8]
    private let metricCount: Int
    /// Which of some readings have a row, and which of these a sample.
    private var (kept, picked): ([Int32], [Int32]) = ([], [])
    /// The times of those that have a row.
    private var times = ByteBuffer()

    /// Prepares what never changes in the lines of each sensor.
    package init(_ names: SeriesNames, sensors: [Sensor]) {
        sources = names.all.map(\.source)
        heads = names.all.map { Array("{\"metric\":{\"__name__\":\($0.name.jsonQuoted)".utf8) }
        labels = sensors.map { sensor in
            let told = names.labels(of: sensor).map { ",\($0.name.jsonQuoted):\($0.text.jsonQuoted)" }
            return Array((told.joined() + #"},"values":["#).utf8)
        }
        decimals = sensors.flatMap { names.decimals(of: $0) }
        metricCount = names.schema.metrics.count
    }

    /// Appends the lines of some readings.
    ///
    /// - Parameters:
    ///   - readings: by sensor and then by time.
    ///   - buffer: where they are appended.
    ///   - isThere: whether a sample of a sensor's series at a time in milliseconds is to be left out; nil for none.
    /// - Returns: how many samples they are.
    /// - Complexity: O(samples); about 35 ns for a reading of four metrics and its label.
    @discardableResult
    package mutating func encode(
        _ readings: ReadingSlice,
        into buffer: inout ByteBuffer,
        but isThere: ((_ sensor: Int, _ series: Int, _ milliseconds: Int64) -> Bool)? = nil
    ) -> Int {
        var samples = 0
        readings.forEachRun(atMost: Self.longestLine) { sensor, run in
            samples += encode(run, of: sensor, readings, into: &buffer, but: isThere)
        }
        return samples
    }

    private mutating func encode(
        _ run: Range<Int>,
        of sensor: Int,
        _ readings: ReadingSlice,
        into buffer: inout ByteBuffer,
        but isThere: ((Int, Int, Int64) -> Bool)?
    ) -> Int {
        let labels = readings.labels.span.extracting(readings.rows)
        let instants = readings.times.span.extracting(readings.places)
        kept.removeAll(keepingCapacity: true)
        for index in run where !Label(rawValue: labels[index]).isOmitted {
            kept.append(Int32(truncatingIfNeeded: index))
        }
        times.removeAll()
        Self.append(timesOf: kept, instants, to: &times)
        var samples = 0
        for series in sources.indices {
            let column = readings.column(of: sources[series])
            let hasAll = column.map { !hasNull($0.span.extracting(readings.rows)) } ?? true
            if !hasAll || isThere != nil {
                picked.removeAll(keepingCapacity: true)
                let first = readings.rows.lowerBound
                for index in kept where column.map({ $0[first + Int(index)] != ReadingBlock.null }) ?? true {
                    let milliseconds = instants[Int(index)].flooredQuotient(by: 1_000)
                    if isThere?(sensor, series, milliseconds) != true { picked.append(index) }
                }
            }
            let isShared = hasAll && isThere == nil
            let rows = isShared ? kept : picked
            if rows.isEmpty { continue }
            samples += rows.count
            let limit =
                heads[series].count + self.labels[sensor].count + rows.count * (Self.valueLimit + Self.timeLimit) + 64
            buffer.append(atMost: limit) { write(series, of: sensor, rows, readings, isShared, to: &$0) }
            if !isShared { Self.append(timesOf: rows, instants, to: &buffer) }
            buffer.append(atMost: 8) { $0.append(Self.end) }
        }
        return samples
    }

    /// Appends a line up to its times, or all of these if they are those of every series.
    private func write(
        _ series: Int,
        of sensor: Int,
        _ rows: [Int32],
        _ readings: ReadingSlice,
        _ isShared: Bool,
        to writer: inout ByteWriter
    ) {
        // Arrays stay here as long as their spans are looked at.
        let (head, told, shared) = (heads[series], labels[sensor], times.bytes)
        writer.append(head.span)
        writer.append(told.span)
        switch sources[series] {
        case .metric(let metric), .clean(let metric):
            let values = readings.column(of: sources[series]) ?? []
            let digits = Int(decimals[sensor &* metricCount &+ metric])
            Self.append(values.span.extracting(readings.rows), rows.span, digits, to: &writer)
        case .label: Self.append(labels: readings.labels.span.extracting(readings.rows), rows.span, to: &writer)
        }
        writer.append(Self.beforeTimes)
        if isShared { writer.append(shared.span) }
    }

    /// Whether a value of the readings that have a row is NULL.
    private func hasNull(_ values: Span<Int32>) -> Bool {
        for index in 0..<kept.count where values[Int(kept[index])] == ReadingBlock.null { return true }
        return false
    }

    private static func append(timesOf rows: [Int32], _ instants: Span<Int64>, to buffer: inout ByteBuffer) {
        buffer.append(atMost: rows.count * Self.timeLimit) { append(timesOf: rows, instants, to: &$0) }
    }

    private static func append(timesOf rows: [Int32], _ instants: Span<Int64>, to writer: inout ByteWriter) {
        for index in 0..<rows.count {
            if index > 0 { writer.append(",") }
            writer.append(decimal: instants[Int(rows[index])].flooredQuotient(by: 1_000))
        }
    }

    @inline(__always)
    private static func append(
        _ values: Span<Int32>,
        _ rows: Span<Int32>,
        _ decimals: Int,
        to writer: inout ByteWriter
    ) {
        for index in 0..<rows.count {
            if index > 0 { writer.append(",") }
            writer.append(values[Int(rows[index])], decimals: decimals)
        }
    }

    @inline(__always)
    private static func append(labels: Span<UInt8>, _ rows: Span<Int32>, to writer: inout ByteWriter) {
        for index in 0..<rows.count {
            if index > 0 { writer.append(",") }
            writer.append(decimal: UInt32(labels[Int(rows[index])]))
        }
    }
}
