import DatasetFormats
import DatasetGen

/// Reads back the samples of a fleet's series.
struct VMReader: StoredReader {
    private let target: VMTarget
    private let session: VMSession
    /// Per sensor and metric: digits behind the point.
    private let decimals: [UInt8]
    private let metricCount: Int

    init(_ target: VMTarget) throws(DeliveryError) {
        self.target = target
        session = try target.open()
        decimals = target.plan.fleet.sensors.flatMap { target.names.decimals(of: $0) }
        metricCount = target.plan.recipe.schema.metrics.count
    }

    func read(_ times: Range<Int64>, to points: inout StoredPoints) throws(DeliveryError) {
        var lines = ExportLines()
        var ticks = target.usesLabels ? nil : SeenTicks(target.plan, times)
        var found = points
        var isUneven = false
        let sensors = target.sensorIndices
        try session.export(VMSelector.series(target.names.all.map(\.name)), times) { piece in
            lines.take(piece) { line, bytes in
                guard let sensor = line["sensor_id"].flatMap({ sensors[$0] }), let series = series(of: line) else {
                    return
                }
                let isEven = add(line, bytes, series, sensor, to: &found, &ticks)
                if !isEven { isUneven = true }
            }
        }
        guard lines.isComplete, !isUneven else {
            throw DeliveryError(.transient, "\(target.name): the export was cut off, or is none of VictoriaMetrics")
        }
        points = found
    }

    /// The number of a line's series; nil for another's.
    private func series(of line: ExportLines.Line) -> Int? {
        line["__name__"].flatMap { target.seriesIndices[$0] }
    }

    private func add(
        _ line: ExportLines.Line,
        _ bytes: Span<UInt8>,
        _ series: Int,
        _ sensor: Int,
        to points: inout StoredPoints,
        _ ticks: inout SeenTicks?
    ) -> Bool {
        let source = target.names.all[series].source
        let (column, decimals) = place(source, sensor)
        return line.forEachSample(of: bytes) { value, time in
            guard let milliseconds = StoredNumber.integer(time) else { return }
            let time = milliseconds &* 1_000
            let count = StoredNumber.count(value, decimals: decimals)
            if let column {
                if ticks?.insert(sensor, time) == true { points.addRow(sensor, time) }
                if let count {
                    points.add(count, column: column, sensor, time)
                } else {
                    points.addStranger(column: column, sensor, time)
                }
            } else {
                points.addRow(sensor, time)
                points.addLabel(count.flatMap { UInt8(exactly: $0) } ?? .max, sensor, time)
            }
        }
    }

    /// The column of a series, nil for that of labels, and its decimals.
    private func place(_ source: SeriesNames.Source, _ sensor: Int) -> (Int?, Int) {
        switch source {
        case .metric(let metric): (metric, Int(decimals[sensor * metricCount + metric]))
        case .clean(let metric): (metricCount + metric, Int(decimals[sensor * metricCount + metric]))
        case .label: (nil, 0)
        }
    }

    func rows(of sensor: Sensor, in times: Range<Int64>) throws(DeliveryError) -> [RowComparison.Row] {
        let columns = ReadBackProof<VMTarget>.columns(of: target).count
        var lines = ExportLines()
        // Samples that are there twice make a second row.
        var found: [Int64: [[String?]]] = [:]
        try session.export(VMSelector.series(target.names.all.map(\.name), of: [sensor.id]), times) { piece in
            lines.take(piece) { line, bytes in
                guard let series = series(of: line) else { return }
                let source = target.names.all[series].source
                let (column, decimals) = place(source, sensor.index)
                _ = line.forEachSample(of: bytes) { value, time in
                    let time = (StoredNumber.integer(time) ?? 0) &* 1_000
                    let place = column ?? columns - 1
                    var rows = found[time] ?? []
                    let row = rows.firstIndex { $0[place] == nil } ?? rows.count
                    if row == rows.count { rows.append(Array(repeating: nil, count: columns)) }
                    rows[row][place] = text(value, source, decimals)
                    found[time] = rows
                }
            }
        }
        return found.sorted { $0.key < $1.key }
            .flatMap { time, rows in
                rows.map { row in
                    var row = row
                    if target.usesLabels { row[columns - 1] = Self.label(row[columns - 1]) }
                    return RowComparison.Row(time: time, values: row)
                }
            }
    }

    /// A label as rows are compared, in which a normal reading has none.
    private static func label(_ text: String?) -> String? {
        switch text {
        case nil: "no label"
        case "0": nil
        default: text
        }
    }

    /// A sample as rows are compared: a state and a label by their names, a number as Swift writes it.
    private func text(_ value: Span<UInt8>, _ source: SeriesNames.Source, _ decimals: Int) -> String {
        let written = StoredNumber.string(value)
        guard let count = StoredNumber.count(value, decimals: decimals) else { return written }
        switch source {
        case .label: return UInt8(exactly: count).flatMap { AnomalyType(rawValue: $0) }?.name ?? written
        case .metric(let metric), .clean(let metric):
            let states = target.plan.recipe.schema.metrics[metric].states
            if states.isEmpty { return FixedPoint(count: Int64(count), decimals: decimals).double.description }
            return states.indices.contains(Int(count)) ? states[Int(count)] : written
        }
    }
}

/// Which readings have a sample in a range of time, where no label says that they are there.
private struct SeenTicks {
    private let plan: GenerationPlan
    /// Per pace of the fleet: its first tick in the range.
    private let first: [Int64]
    /// Per sensor: where its bits begin.
    private let starts: [Int]
    private var bits: [Bool]

    init(_ plan: GenerationPlan, _ times: Range<Int64>) {
        self.plan = plan
        let start = plan.recipe.grid.start.microseconds
        var (first, starts, count): ([Int64], [Int], Int) = ([], [], 0)
        for sensor in plan.fleet.sensors.indices {
            let grid = plan.grid(ofSensor: sensor)
            let begin = grid.firstTick(atOffset: times.lowerBound - start)
            first.append(begin)
            starts.append(count)
            count += Int(grid.firstTick(atOffset: times.upperBound - start) - begin) + 1
        }
        (self.first, self.starts) = (first, starts)
        bits = [Bool](repeating: false, count: count)
    }

    /// Notes a reading, and says whether it had not been noted before.
    ///
    /// A time at which there is none is one each time.
    mutating func insert(_ sensor: Int, _ time: Int64) -> Bool {
        let grid = plan.grid(ofSensor: sensor)
        let tick = grid.firstTick(atOffset: time - plan.recipe.grid.start.microseconds)
        guard grid.time(ofTick: tick).microseconds == time else { return true }
        let place = starts[sensor] + Int(tick - first[sensor])
        guard bits.indices.contains(place), !bits[place] else { return false }
        bits[place] = true
        return true
    }
}
