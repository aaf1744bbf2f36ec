extension SensorReader {
    /// Readings computed at a time.
    private static let passLength: Int64 = 1 << 14

    /// A stretch of a sensor's readings; `ticks` are those that there are.
    ///
    /// - Complexity: O(readings · metrics) time, memory for the points: about a tenth of a second for a million readings.
    package static func history(
        of sensor: Sensor,
        in plan: GenerationPlan,
        _ ticks: Range<Int64>,
        _ request: HistoryRequest
    ) -> SensorHistory {
        let grid = plan.grid(ofSensor: sensor.index)
        var history = SensorHistory(
            of: plan.recipe.schema,
            interval: Double(grid.interval.wholeMicroseconds) / 1e6
        )
        guard !ticks.isEmpty else { return history }
        history.begin = grid.time(ofTick: ticks.lowerBound)
        history.end = grid.time(ofTick: ticks.upperBound - 1)
        func tick(_ time: SimulatedTime) -> Int64 {
            let offset = time.microseconds - grid.start.microseconds
            return offset <= 0 ? 0 : grid.firstTick(atOffset: offset)
        }
        let end = min(ticks.upperBound, request.to.map(tick) ?? ticks.upperBound)
        let begin = max(ticks.lowerBound, request.from.map(tick) ?? end - Int64(request.points))
        guard begin < end else { return history }
        history.readings = end - begin
        history.readingsPerPoint = max(1, (end - begin + Int64(request.points) - 1) / Int64(request.points))
        guard history.readings <= request.longest else {
            history.points = nil
            return history
        }
        var reader = SensorReader(plan, sensor: sensor)
        var summary = HistorySummary(history)
        var next = begin
        while next < end {
            let pass = next..<min(end, next + passLength)
            let window = reader.read(pass)
            summary.add(window) { grid.time(ofTick: pass.lowerBound + Int64($0)) }
            next = pass.upperBound
        }
        return summary.finished()
    }
}

/// Takes readings in order of time and makes points of them.
private struct HistorySummary {
    private var history: SensorHistory
    private let states: [Int]
    /// Readings of the point that is being made.
    private var count: Int64 = 0
    private var start = SimulatedTime.earliest
    private var metrics: [Column]
    private var isInEvent = false
    /// Per kind of event: the place of its last ones.
    private var latest: [EventKind: Int] = [:]
    /// Those of the last window.
    private var resolutions: [Resolution] = []

    /// Events that can be told as one.
    private struct EventKind: Hashable {
        var type: AnomalyType
        var metrics: MetricSet
    }

    /// What is known of a metric in the point that is being made.
    private struct Column {
        var least = Int32.max
        var greatest = Int32.min
        var sum: Int64 = 0
        var values: Int64 = 0
        /// Readings by the number of their text; empty for a number.
        var ofState: [Int64]

        init(states: Int) { ofState = Array(repeating: 0, count: states) }

        mutating func reset() {
            (least, greatest, sum, values) = (.max, .min, 0, 0)
            for state in ofState.indices { ofState[state] = 0 }
        }
    }

    init(_ history: SensorHistory) {
        self.history = history
        states = history.schema.metrics.map(\.states.count)
        metrics = states.map { Column(states: $0) }
    }

    mutating func add(_ window: SensorReader.Window, time: (Int) -> SimulatedTime) {
        var index = 0
        while index < window.count {
            let length = Int(min(history.readingsPerPoint - count, Int64(window.count - index)))
            if count == 0 { start = time(index) }
            let rows = index..<index + length
            for metric in metrics.indices { add(window, metric, rows) }
            for row in rows { note(window, row, time) }
            count += Int64(length)
            index += length
            if count == history.readingsPerPoint { endPoint(window.resolutions) }
        }
        resolutions = window.resolutions
    }

    private mutating func add(_ window: SensorReader.Window, _ metric: Int, _ rows: Range<Int>) {
        let column = window.columns[metric]
        for row in rows where column[row] != ReadingBlock.null && !window.labels[row].isOmitted {
            let value = column[row]
            if states[metric] > 0 {
                if metrics[metric].ofState.indices.contains(Int(value)) { metrics[metric].ofState[Int(value)] += 1 }
            }
            metrics[metric].least = min(metrics[metric].least, value)
            metrics[metric].greatest = max(metrics[metric].greatest, value)
            metrics[metric].sum += Int64(value)
            metrics[metric].values += 1
        }
    }

    /// Takes note of the event of a reading.
    private mutating func note(_ window: SensorReader.Window, _ row: Int, _ time: (Int) -> SimulatedTime) {
        guard let type = window.anomalyType(row) else {
            isInEvent = false
            return
        }
        let (changed, point, now) = (window.changedMetrics(row), history.points?.count ?? 0, time(row))
        let kind = EventKind(type: type, metrics: changed)
        let place = latest[kind]
        if let place, isInEvent || history.events[place].lastPoint >= point - 1 && history.readingsPerPoint > 1 {
            history.events[place].last = now
            history.events[place].lastPoint = point
            history.events[place].readings += 1
            if !isInEvent { history.events[place].count += 1 }
        } else {
            latest[kind] = history.events.count
            history.events.append(
                SensorHistory.Events(
                    type: type,
                    metrics: changed,
                    first: now,
                    last: now,
                    count: 1,
                    readings: 1,
                    lastPoint: point
                )
            )
        }
        isInEvent = true
    }

    private mutating func endPoint(_ resolutions: [Resolution]) {
        let summaries = metrics.indices.map { metric -> SensorHistory.Summary? in
            let column = metrics[metric]
            guard column.values > 0 else { return nil }
            if states[metric] > 0 {
                let most = column.ofState.indices.max { column.ofState[$0] < column.ofState[$1] } ?? 0
                return SensorHistory.Summary(least: Double(most), greatest: Double(most), mean: Double(most))
            }
            let decimals = resolutions[metric].decimals
            func value(_ count: Int32) -> Double { FixedPoint(count: Int64(count), decimals: decimals).double }
            let unit = FixedPoint(count: 1, decimals: decimals).double
            return SensorHistory.Summary(
                least: value(column.least),
                greatest: value(column.greatest),
                mean: Double(column.sum) / Double(column.values) * unit
            )
        }
        history.points?.append(SensorHistory.Point(time: start, metrics: summaries))
        count = 0
        for metric in metrics.indices { metrics[metric].reset() }
    }

    /// The history, its last point included.
    mutating func finished() -> SensorHistory {
        if count > 0 { endPoint(resolutions) }
        return history
    }
}
