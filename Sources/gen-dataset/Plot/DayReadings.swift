import DatasetGen

/// What plots show of a day, computed window by window in memory that does not grow with the number of readings.
struct DayReadings {
    /// The day.
    let day: SensorDay
    /// How many columns the day is divided into.
    let columnCount: Int
    /// By ``Metric/rawValue``.
    private(set) var metrics: [MetricReadings]
    /// How many events there are.
    private(set) var eventCounts: [AnomalyType: Int] = [:]
    /// How many phenomena are felt, by their index in the recipe.
    private var phenomenonCounts: [Int: Int] = [:]
    /// The event that the tick before belongs to.
    private var event: (type: AnomalyType, start: Int64, metrics: MetricSet)?

    private static let window: Int64 = 4_096

    /// Recomputes the readings, and on demand those of the healthy twin around the anomalies.
    ///
    /// Days with no more readings than `columnCount` get a column per reading.
    ///
    /// - Throws: ``PlanError``; never for the plan of a dataset that exists, whose twin asks for less.
    init(_ day: SensorDay, columnCount: Int, withHealthyTwin: Bool = false) throws(PlanError) {
        self.day = day
        let count = min(columnCount, day.ticks.count)
        self.columnCount = count
        metrics = day.plan.recipe.schema.all.map { _ in MetricReadings(columnCount: count) }
        var reader = SensorReader(day.plan, sensor: day.sensor)
        var twin = withHealthyTwin ? try Self.healthyReader(of: day) : nil
        for first in stride(from: day.ticks.lowerBound, to: day.ticks.upperBound, by: Int(Self.window)) {
            let ticks = first..<min(first + Self.window, day.ticks.upperBound)
            let window = reader.read(ticks)
            let isAnomalous = add(window, first: first)
            if isAnomalous, let healthy = twin?.read(ticks) { add(healthy, around: window, first: first) }
        }
        endEvent(at: day.ticks.upperBound)
        addPhenomena()
    }

    /// The names of the phenomena that are felt, each with how many there are, in the recipe's order.
    var phenomena: [(name: String, count: Int)] {
        day.plan.recipe.phenomena.enumerated()
            .compactMap { index, parameters in phenomenonCounts[index].map { (parameters.name, $0) } }
    }

    /// Whether every column holds exactly one reading.
    var isExact: Bool { columnCount == day.ticks.count }

    private static func healthyReader(of day: SensorDay) throws(PlanError) -> SensorReader {
        let plan = try day.plan.healthyTwin()
        return SensorReader(plan, sensor: plan.fleet.sensors[day.sensor.index])
    }

    /// The column in which a reading is.
    func column(ofTick tick: Int64) -> Int {
        Int((tick - day.ticks.lowerBound) * Int64(columnCount) / Int64(day.ticks.count))
    }

    /// Adds what the sensor reports.
    ///
    /// - Returns: whether any of it is anomalous.
    private mutating func add(_ window: SensorReader.Window, first: Int64) -> Bool {
        var isAnomalous = false
        for index in 0..<window.count {
            let tick = first + Int64(index)
            let column = column(ofTick: tick)
            let type = window.anomalyType(index)
            // Events do not touch: a run of one label is one event.
            if event?.type != type {
                endEvent(at: tick)
                event = type.map { ($0, tick, []) }
            }
            isAnomalous = isAnomalous || type != nil
            for metric in day.plan.recipe.schema.all {
                metrics[metric.rawValue].columns[column]
                    .add(window.value(metric, index), isPlaceholder: type == .missingData)
                guard let type, window.isAnomalous(index, metric) else { continue }
                metrics[metric.rawValue].columns[column].mark(type)
                event?.metrics.insert(MetricSet(metric))
            }
        }
        return isAnomalous
    }

    /// Adds what the healthy sensor would have reported where an anomaly changes it, and a reading on either side, where
    /// the two meet.
    private mutating func add(_ healthy: SensorReader.Window, around window: SensorReader.Window, first: Int64) {
        for metric in day.plan.recipe.schema.all {
            for index in 0..<window.count {
                let nearby = max(0, index - 1)...min(index + 1, window.count - 1)
                guard nearby.contains(where: { window.isAnomalous($0, metric) }) else { continue }
                metrics[metric.rawValue].healthy[column(ofTick: first + Int64(index))].add(healthy.value(metric, index))
            }
        }
    }

    private mutating func addPhenomena() {
        let (grid, ticksPerColumn) = (day.grid, Int64(day.ticks.count / columnCount))
        func tick(_ time: SimulatedTime) -> Int64 {
            grid.firstTick(atOffset: max(0, time.microseconds - grid.start.microseconds))
        }
        for phenomenon in day.plan.phenomena(feltBy: day.sensor.index, in: day.start..<day.end) {
            let first = tick(phenomenon.start)
            let ticks = (first..<max(first, tick(phenomenon.end))).clamped(to: day.ticks)
            // One between two readings is not seen.
            if ticks.isEmpty { continue }
            phenomenonCounts[phenomenon.index, default: 0] += 1
            for metric in phenomenon.metrics.elements where day.sensor.measures(metric) {
                metrics[metric.rawValue].phenomena[phenomenon.index, default: []]
                    .add(ticks, joiningWithin: ticksPerColumn - 1)
            }
        }
    }

    private mutating func endEvent(at tick: Int64) {
        guard let event else { return }
        eventCounts[event.type, default: 0] += 1
        let ticksPerColumn = Int64(day.ticks.count / columnCount)
        for metric in event.metrics.elements {
            metrics[metric.rawValue].bands[event.type, default: []]
                .add(event.start..<tick, joiningWithin: ticksPerColumn - 1)
        }
        self.event = nil
    }
}
