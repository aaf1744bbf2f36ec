public import DatasetGen
import Synchronization

/// What can be asked of a live run while it runs, from any thread, without slowing it down.
public protocol LiveStatusSource: Sendable {
    /// The run at this instant.
    func status() -> LiveStatus

    /// The sensors, by ``Sensor/index``; empty before the run has begun.
    func sensors() -> [Sensor]

    /// The last readings of a sensor, in order of time, at most `count`; only those since the last version.
    func readings(ofSensor sensor: Int, last count: Int) -> [LiveReading]

    /// The last readings of all sensors, in order, at most `count`; only those since the last version.
    func latestReadings(_ count: Int) -> [LiveReading]

    /// The last reading of each sensor that has one since the last version, unless it is omitted, in the fleet's order.
    func currentReadings() -> [LiveReading]
}

/// The state of a live run, which the run updates and everybody else reads.
///
/// Recent readings are not kept: they are computed again when somebody asks, from where the run has got to.
public final class LiveMonitor: LiveStatusSource {
    /// What the run tells.
    struct State: Sendable {
        var status = LiveStatus()
        var anchor: ClockAnchor?
        var segment: LiveSegment?
        /// The position behind the last reading that was written.
        var position: Int64 = 0
        /// The simulated instant before which readings are backfill.
        var liveStart = SimulatedTime.latest
        var lateness = LatenessHistogram()
        var rate = RateMeter()
        /// What keeps the database from being written.
        var problem: Problem?
        /// Errors since the run began, those before this process included.
        var errors: Int64 = 0
        /// The time of day until which readings wait, since the clock was set back.
        var awaitedClock: SimulatedTime?
        /// By how many microseconds it was.
        var clockSetBack: Int64 = 0
        /// When this process began the run.
        var began: ContinuousClock.Instant?
        /// Seconds that the run had been running before.
        var earlierSeconds = 0.0
        /// What sends readings on; nil where nothing does.
        var feeds: LiveFeeds?
    }

    private let clock: any LiveClock
    /// Told by the database's connection, while it waits.
    let lockWait = LockWait()
    private let state = Mutex(State())
    /// What looked at the fleet last: instants near to one another share much of the work.
    private let fleetReader = Mutex<(version: Int64, reader: FleetReader)?>(nil)

    /// A monitor of a run that goes by the same clock.
    public init(clock: any LiveClock = WallClock()) {
        self.clock = clock
    }

    /// The run at this instant.
    public func status() -> LiveStatus {
        let state = state.withLock { $0 }
        let now = clock.now()
        var status = state.status
        status.totals.errors = state.errors
        status.latenessMedian = state.lateness.quantile(0.5)
        status.latenessP99 = state.lateness.quantile(0.99)
        status.latenessMaximum = state.lateness.total == 0 ? nil : Double(state.lateness.maximum) / 1e6
        status.feeds = state.feeds?.status(at: now) ?? []
        if let anchor = state.anchor, let segment = state.segment { describe(&status, state, anchor, segment, at: now) }
        judge(&status, state, now: now)
        return status
    }

    /// Says of a status where the run has got to.
    private func describe(
        _ status: inout LiveStatus,
        _ state: State,
        _ anchor: ClockAnchor,
        _ segment: LiveSegment,
        at now: SimulatedTime
    ) {
        let steady = clock.steady()
        status.uptimeSeconds = state.began.map { (steady - $0) / .seconds(1) } ?? 0
        status.totals.runningSeconds = state.earlierSeconds + status.uptimeSeconds
        status.rowsPerSecond = state.rate.rate(rows: status.rowsWritten, at: steady)
        status.simulatedTime = anchor.simulated(at: now)
        status.remainingSeconds = status.runEnd.map { end in
            max(0, Double(anchor.wall(at: end).microseconds - now.microseconds) / 1e6)
        }
        if state.position > segment.plan.rows.readingCount(before: segment.version.firstTick) {
            status.newestReading = segment.time(at: state.position - 1)
        }
        status.newestReadingNumber = segment.reading(at: state.position) - 1
        if status.runEnd != nil {
            status.plannedReadings = status.totals.readings + max(0, segment.plan.rows.count - state.position)
        }
        let due = LiveCursor.dueEnd(in: segment.plan, at: status.simulatedTime)
        status.readingsWaiting = status.health == .stopped ? 0 : max(0, due - state.position)
    }

    /// The sensors.
    public func sensors() -> [Sensor] {
        state.withLock { $0.segment }?.plan.fleet.sensors ?? []
    }

    /// The last readings of a sensor.
    public func readings(ofSensor sensor: Int, last count: Int) -> [LiveReading] {
        let (segment, position) = state.withLock { ($0.segment, $0.position) }
        guard let segment, count > 0, segment.plan.fleet.sensors.indices.contains(sensor) else { return [] }
        return Self.readings(of: segment, sensor, last: count, before: position)
    }

    /// The last readings of all sensors.
    public func latestReadings(_ count: Int) -> [LiveReading] {
        let (segment, position) = state.withLock { ($0.segment, $0.position) }
        guard let segment, count > 0 else { return [] }
        let begin = max(segment.plan.rows.readingCount(before: segment.version.firstTick), position - Int64(count))
        guard begin < position else { return [] }
        return (begin..<position)
            .flatMap { position in
                let (sensor, tick) = segment.plan.rows.reading(at: position)
                return Self.readings(of: segment, sensor, tick..<tick + 1)
            }
    }

    /// The last reading of each sensor.
    ///
    /// - Complexity: O(*n*) in the sensors, and that of a block.
    public func currentReadings() -> [LiveReading] {
        let (segment, position) = state.withLock { ($0.segment, $0.position) }
        guard let segment else { return [] }
        let plan = segment.plan
        guard !plan.recipe.hasIntervals else {
            return plan.fleet.sensors.indices.flatMap { Self.readings(of: segment, $0, last: 1, before: position) }
        }
        let begin = max(plan.rows.readingCount(before: segment.version.firstTick), position - plan.rows.sensorCount)
        var readings: [LiveReading] = []
        var cursor = LiveCursor(plan, position: begin)
        cursor.read(upTo: position) { block, rows in
            for row in rows where !block.label(ofRow: row).isOmitted {
                let sensor = plan.fleet.sensors[Int(block.sensors[row])]
                readings.append(LiveReading(block, row, of: sensor, plan.recipe.schema, shift: segment.shift))
            }
        }
        // Those of the tick before, if its readings are not all written, come last in the fleet.
        return readings.sorted { $0.sensor < $1.sensor }
    }

    /// What all sensors report of a metric at some instants, since the last version.
    ///
    /// - Complexity: O(instants · sensors · metrics).
    public func fleet(_ metric: Metric, at times: [SimulatedTime]) -> [FleetInstant] {
        let (segment, position) = state.withLock { ($0.segment, $0.position) }
        guard let segment, segment.plan.recipe.schema.metrics.indices.contains(metric.rawValue) else { return [] }
        return fleetReader.withLock { kept in
            let version = segment.version.number
            var reader = kept.take().flatMap { $0.version == version ? $0.reader : nil } ?? FleetReader(segment.plan)
            defer { kept = (version, reader) }
            return times.map { reader.read(metric, at: $0, before: position, from: segment.version.firstTick) }
        }
    }

    /// A stretch of a sensor's readings since the last version.
    public func history(ofSensor sensor: Int, _ request: HistoryRequest) -> SensorHistory? {
        let (segment, position) = state.withLock { ($0.segment, $0.position) }
        guard let segment, segment.plan.fleet.sensors.indices.contains(sensor) else { return nil }
        let first = segment.firstTick(ofSensor: sensor)
        let end = segment.plan.rows.readingCount(ofSensor: sensor, before: position)
        return SensorReader.history(
            of: segment.plan.fleet.sensors[sensor],
            in: segment.plan,
            first..<max(first, end),
            request
        )
    }

    /// Errors since the run began.
    var errors: Int64 { state.withLock { $0.errors } }

    /// Changes the state.
    func update(_ change: (inout sending State) -> Void) {
        state.withLock { change(&$0) }
    }

    private static func readings(
        of segment: LiveSegment,
        _ sensor: Int,
        last count: Int,
        before position: Int64
    ) -> [LiveReading] {
        let end = segment.plan.rows.readingCount(ofSensor: sensor, before: position)
        let begin = max(segment.firstTick(ofSensor: sensor), end - Int64(count))
        return begin < end ? readings(of: segment, sensor, begin..<end) : []
    }

    private static func readings(of segment: LiveSegment, _ index: Int, _ ticks: Range<Int64>) -> [LiveReading] {
        let sensor = segment.plan.fleet.sensors[index]
        var reader = SensorReader(segment.plan, sensor: sensor)
        let window = reader.read(ticks)
        return (0..<window.count)
            .compactMap { offset in
                if window.isOmitted(offset) { return nil }
                let tick = ticks.lowerBound + Int64(offset)
                return LiveReading(
                    number: segment.reading(at: segment.plan.rows.position(ofSensor: index, tick: tick)),
                    time: segment.plan.grid(ofSensor: index).time(ofTick: tick),
                    sensor: index,
                    sensorID: sensor.id,
                    schema: segment.plan.recipe.schema,
                    values: segment.plan.recipe.schema.all.map { window.value($0, offset) },
                    anomalyType: window.anomalyType(offset),
                    changedMetrics: window.changedMetrics(offset)
                )
            }
    }
}
