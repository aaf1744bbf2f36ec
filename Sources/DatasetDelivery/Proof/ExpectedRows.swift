import DatasetGen

/// The readings of one sensor in a window of time that arrive, computed anew in the order of time.
struct ExpectedRows {
    let plan: GenerationPlan
    let sensor: Sensor
    let times: (from: Int64?, before: Int64?)
    /// Whether the healthy twin is wanted.
    let usesTwin: Bool

    /// One of them.
    struct Row {
        /// What the sensor's clock shows, in microseconds since 1970.
        let time: Int64
        /// When it arrives, once or twice, in microseconds since 1970.
        let arrivals: [Int64]
        /// The number of the reading in the dataset, from 0.
        let position: Int64
        private let index: Int
        private let readings: SensorReader.Window
        private let healthy: SensorReader.Window?

        fileprivate init(
            _ time: Int64,
            _ arrivals: [Int64],
            _ position: Int64,
            _ index: Int,
            _ readings: SensorReader.Window,
            _ healthy: SensorReader.Window?
        ) {
            (self.time, self.arrivals, self.position, self.index) = (time, arrivals, position, index)
            (self.readings, self.healthy) = (readings, healthy)
        }

        /// In the metric's unit; nil for NULL.
        func value(_ metric: Metric) -> Double? { readings.value(metric, index) }

        /// What a healthy sensor would have read.
        func healthyValue(_ metric: Metric) -> Double? { healthy?.value(metric, index) }

        var isAnomalous: Bool { readings.isAnomalous(index) }
        var anomalyType: AnomalyType? { readings.anomalyType(index) }
    }

    /// Hands on all that arrive.
    func handOn(_ body: (Row) -> Void) {
        let grid = plan.grid(ofSensor: sensor.index)
        let count = plan.rows.tickCount(ofSensor: sensor.index)
        var reader = SensorReader(plan, sensor: sensor)
        var twin = usesTwin ? (try? plan.healthyTwin()).map { SensorReader($0, sensor: sensor) } : nil
        let clockError = plan.greatestClockError
        let first = times.from.map { max(0, $0 - clockError - grid.start.microseconds) } ?? 0
        var tick = grid.firstTick(atOffset: first)
        while tick < count {
            let ticks = tick..<min(count, tick + 4_096)
            let readings = reader.read(ticks)
            let healthy = twin?.read(ticks)
            for (index, tick) in ticks.enumerated() where !readings.isOmitted(index) {
                let time = grid.time(ofTick: tick).microseconds
                if let before = times.before, time - clockError >= before { return }
                let (shown, arrivals) = plan.arrivals(ofSensor: sensor.index, at: time)
                let isWanted = shown >= times.from ?? .min && shown < times.before ?? .max
                if arrivals.isEmpty || !isWanted { continue }
                body(
                    Row(
                        shown,
                        arrivals,
                        plan.rows.position(ofSensor: sensor.index, tick: tick),
                        index,
                        readings,
                        healthy
                    )
                )
            }
            tick = ticks.upperBound
        }
    }
}
