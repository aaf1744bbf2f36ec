/// Which reading comes where: the map between positions in the dataset's order and (sensor, tick).
///
/// A position counts every reading from 0, omitted ones included; the reading's number is its position plus 1. A tick is
/// one of its sensor's own: where a group has an interval of its own, the sensors of the others have other ticks. All
/// ticks are at instants of the recipe's grid, whose interval is the shortest of the fleet.
///
/// Every order is one of windows: stretches of instants that follow one another, and in each sensor after sensor. In the
/// order of time a window is one instant; in the order of sensors there is one window. A recording has its own instants and
/// ticks: see ``RecordedRows``.
public struct RowGrid: Hashable, Sendable {
    /// Which reading follows which.
    public let order: RowOrder
    /// The number of sensors.
    public let sensorCount: Int64
    /// The number of instants at which sensors report: the ticks of those that report at all of them.
    public let tickCount: Int64
    /// Instants of a window, at least 1; the last may have fewer.
    let window: Int64
    /// Who reports when; nil where all sensors report at every instant.
    let bands: SensorBands?
    /// Which reading of a recording comes where; nil without one.
    let recorded: RecordedRows?

    /// The readings of a recipe, some of whose sensors report at every instant.
    init(_ recipe: Recipe) {
        let (groups, grid) = (recipe.groups.map { (count: $0.count, step: $0.step) }, recipe.grid)
        order = recipe.order
        sensorCount = groups.reduce(0) { $0 + Int64($1.count) }
        tickCount = grid.tickCount
        window =
            switch order {
            case .time: 1
            case .sensor: max(1, tickCount)
            case .window(let length): min(max(1, tickCount), grid.ticks(in: length))
            }
        recorded = recipe.recording.map { RecordedRows($0, order: recipe.order) }
        bands = groups.allSatisfy { $0.step == 1 } ? nil : SensorBands(groups, instants: tickCount, window: window)
    }

    /// The number of readings.
    public var count: Int64 {
        if let recorded { return recorded.count }
        if let bands { return bands.count(before: tickCount) }
        return sensorCount * tickCount
    }

    /// How many readings a sensor has.
    public func tickCount(ofSensor sensor: Int) -> Int64 {
        if let recorded { return recorded.tickCount(ofSensor: sensor) }
        return bands.map { $0.tickCount(step: $0[ofSensor: sensor].step) } ?? tickCount
    }

    /// Instants from one reading of a sensor to its next.
    public func step(ofSensor sensor: Int) -> Int64 { bands.map { $0[ofSensor: sensor].step } ?? 1 }

    /// The position of a reading.
    public func position(ofSensor sensor: Int, tick: Int64) -> Int64 {
        if let recorded { return recorded.position(ofSensor: sensor, tick: tick) }
        if let bands { return bands.position(ofSensor: sensor, tick: tick) }
        let window = instants(ofWindowAt: tick)
        return window.lowerBound * sensorCount + Int64(sensor) * Int64(window.count) + tick - window.lowerBound
    }

    /// The reading at a position; at the end of the dataset, in the order of time, one that would follow.
    public func reading(at position: Int64) -> (sensor: Int, tick: Int64) {
        if let recorded { return recorded.reading(at: position) }
        if let bands { return bands.reading(at: position) }
        let window = instants(ofWindowAt: position / (window * sensorCount) * window)
        let (sensor, tick) = (position - window.lowerBound * sensorCount)
            .quotientAndRemainder(dividingBy: max(1, Int64(window.count)))
        return (Int(sensor), window.lowerBound + tick)
    }

    /// The instants of the window in which one is; without any behind the end of the dataset.
    private func instants(ofWindowAt instant: Int64) -> Range<Int64> {
        let begin = window == 1 ? instant : instant / window * window
        return begin..<max(begin, min(begin + window, tickCount))
    }

    /// The instant at which the reading at a position is taken, by number.
    public func instant(at position: Int64) -> Int64 {
        if let recorded { return recorded.instant(at: position) }
        let (sensor, tick) = reading(at: position)
        return tick * step(ofSensor: sensor)
    }

    /// How many readings are taken before an instant: where a window begins there, the position of its first reading.
    public func readingCount(before instant: Int64) -> Int64 {
        recorded?.readingCount(before: instant) ?? bands?.count(before: instant) ?? instant * sensorCount
    }

    /// How many readings of a sensor come before a position.
    public func readingCount(ofSensor sensor: Int, before position: Int64) -> Int64 {
        if let recorded { return recorded.readingCount(ofSensor: sensor, before: position) }
        if let bands { return bands.readingCount(ofSensor: sensor, before: bands.place(at: position)) }
        let window = instants(ofWindowAt: position / (window * sensorCount) * window)
        let before = position - window.lowerBound * sensorCount - Int64(sensor) * Int64(window.count)
        return window.lowerBound + min(max(0, before), Int64(window.count))
    }

    /// How many intervals the sensors of the fleet have.
    package var paceCount: Int { bands?.steps.count ?? 1 }

    /// Instants from one reading of a sensor of a pace to its next.
    func step(ofPace pace: Int) -> Int64 { bands?.steps[pace] ?? 1 }

    /// Index of a sensor's interval among those of the fleet, from the shortest on.
    package func pace(ofSensor sensor: Int) -> Int { bands.map { $0[ofSensor: sensor].pace } ?? 0 }

    /// The first of the consecutive sensors of one interval among which a sensor is.
    func firstSensor(ofBandWith sensor: Int) -> Int {
        if recorded != nil { return sensor }
        return bands.map { $0[ofSensor: sensor].first } ?? 0
    }

    /// How many sensors have a pace.
    package func sensorCount(ofPace pace: Int) -> Int { bands.map { Int($0.totals[pace]) } ?? Int(sensorCount) }

    /// How far apart the readings of a run of ``forEachRun(in:pace:_:)`` are, where all are as far apart.
    var stride: Int64? { window > 1 ? 1 : bands == nil && recorded == nil ? sensorCount : nil }

    /// The readings of the sensors of a pace at `positions` as runs: consecutive ticks of a sensor, in the order of time as
    /// many as there are, else those of a window.
    func forEachRun(in positions: Range<Int64>, pace: Int, _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void) {
        if let recorded { return recorded.forEachRun(in: positions, body) }
        if window > 1 {
            return forEachLine(in: positions) { sensor, ticks in
                if self.pace(ofSensor: sensor) == pace { body(sensor, ticks) }
            }
        }
        if let bands { return bands.forEachRun(in: positions, pace: pace, body) }
        if Int64(positions.count) >= sensorCount {
            for sensor in 0..<Int(sensorCount) {
                let first = readingCount(ofSensor: sensor, before: positions.lowerBound)
                body(sensor, first..<readingCount(ofSensor: sensor, before: positions.upperBound))
            }
        } else {
            for position in positions {
                let (sensor, tick) = reading(at: position)
                body(sensor, tick..<tick + 1)
            }
        }
    }

    /// The readings at `positions` as lines that follow one another: readings of one sensor and window.
    func forEachLine(in positions: Range<Int64>, _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void) {
        if let recorded { return recorded.forEachLine(in: positions, body) }
        var begin = positions.lowerBound
        while begin < positions.upperBound {
            let (sensor, tick) = reading(at: begin)
            let step = step(ofSensor: sensor)
            let windowEnd = instants(ofWindowAt: tick * step).upperBound
            let end = min(windowEnd.ticks(every: step), tick + positions.upperBound - begin)
            body(sensor, tick..<end)
            begin += end - tick
        }
    }

    /// In the order of time, the readings at `positions` as stretches: sensors that report at an instant.
    func forEachStretch(in positions: Range<Int64>, _ body: (_ instant: Int64, _ sensors: Range<Int>) -> Void) {
        if let recorded { return recorded.forEachStretch(in: positions, body) }
        if let bands { return bands.forEachStretch(in: positions) { instant, sensors, _ in body(instant, sensors) } }
        var begin = positions.lowerBound
        while begin < positions.upperBound {
            let (instant, sensor) = begin.quotientAndRemainder(dividingBy: sensorCount)
            let count = min(sensorCount - sensor, positions.upperBound - begin)
            body(instant, Int(sensor)..<Int(sensor + count))
            begin += count
        }
    }

    /// The ticks of a pace to prepare for the readings at `positions`; nil if each run is to prepare its own.
    func commonTicks(of positions: Range<Int64>, pace: Int) -> Range<Int64>? {
        if recorded != nil { return nil }
        let first = instants(ofWindowAt: instant(at: positions.lowerBound))
        let last = instants(ofWindowAt: instant(at: positions.upperBound - 1))
        let step = step(ofPace: pace)
        let ticks = first.lowerBound.ticks(every: step)..<last.upperBound.ticks(every: step)
        return ticks.count <= positions.count ? ticks : nil
    }
}

extension Int64 {
    /// How many instants before this one are ticks of a sensor that reports at every so many.
    func ticks(every step: Int64) -> Int64 { (self + step - 1) / step }
}
