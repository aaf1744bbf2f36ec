/// Which reading comes where: the map between positions in the dataset's order and (sensor, tick).
///
/// A position counts every reading from 0, omitted ones included; the reading's number is its position plus 1. A tick is
/// one of its sensor's own: where a group has an interval of its own, the sensors of the others have other ticks. All
/// ticks are at instants of the recipe's grid, whose interval is the shortest of the fleet.
public struct RowGrid: Hashable, Sendable {
    /// Which reading follows which.
    public let order: RowOrder
    /// The number of sensors.
    public let sensorCount: Int64
    /// The number of instants at which sensors report: the ticks of those that report at all of them.
    public let tickCount: Int64
    /// Who reports when; nil where all sensors report at every instant.
    let bands: SensorBands?

    /// The readings of sensors of which some report at every instant.
    ///
    /// - Parameters:
    ///   - order: which reading follows which.
    ///   - groups: per group, its sensors, and instants from one reading of each to its next.
    ///   - instants: how many there are.
    init(order: RowOrder, groups: [(count: Int, step: Int64)], instants: Int64) {
        self.order = order
        sensorCount = groups.reduce(0) { $0 + Int64($1.count) }
        tickCount = instants
        bands = groups.allSatisfy { $0.step == 1 } ? nil : SensorBands(groups, instants: instants)
    }

    /// The number of readings.
    public var count: Int64 {
        if let bands { return bands.count(before: tickCount) }
        return sensorCount * tickCount
    }

    /// How many readings a sensor has.
    public func tickCount(ofSensor sensor: Int) -> Int64 {
        bands.map { $0.tickCount(step: $0[ofSensor: sensor].step) } ?? tickCount
    }

    /// Instants from one reading of a sensor to its next.
    public func step(ofSensor sensor: Int) -> Int64 { bands.map { $0[ofSensor: sensor].step } ?? 1 }

    /// The position of a reading.
    public func position(ofSensor sensor: Int, tick: Int64) -> Int64 {
        if let bands { return bands.position(ofSensor: sensor, tick: tick, order) }
        return switch order {
        case .time: tick * sensorCount + Int64(sensor)
        case .sensor: Int64(sensor) * tickCount + tick
        }
    }

    /// The reading at a position.
    public func reading(at position: Int64) -> (sensor: Int, tick: Int64) {
        if let bands { return bands.reading(at: position, order) }
        return switch order {
        case .time: (Int(position % sensorCount), position / sensorCount)
        case .sensor: (Int(position / tickCount), position % tickCount)
        }
    }

    /// The instant at which the reading at a position is taken, by number.
    public func instant(at position: Int64) -> Int64 {
        guard let bands else { return order == .time ? position / sensorCount : position % tickCount }
        if order == .time { return bands.instant(at: position) }
        let (sensor, tick) = bands.reading(at: position, order)
        return tick * bands[ofSensor: sensor].step
    }

    /// How many readings are taken before an instant: in the order of time, the position of its first reading.
    public func readingCount(before instant: Int64) -> Int64 {
        bands?.count(before: instant) ?? instant * sensorCount
    }

    /// How many readings of a sensor come before a position.
    public func readingCount(ofSensor sensor: Int, before position: Int64) -> Int64 {
        if let bands { return bands.readingCount(ofSensor: sensor, before: bands.place(at: position, order), order) }
        return switch order {
        // The ticks t with t · sensorCount + sensor < position.
        case .time: (position - Int64(sensor) + sensorCount - 1) / sensorCount
        case .sensor: min(max(0, position - Int64(sensor) * tickCount), tickCount)
        }
    }

    /// How many intervals the sensors of the fleet have.
    package var paceCount: Int { bands?.steps.count ?? 1 }

    /// Instants from one reading of a sensor of a pace to its next.
    func step(ofPace pace: Int) -> Int64 { bands?.steps[pace] ?? 1 }

    /// Index of a sensor's interval among those of the fleet, from the shortest on.
    package func pace(ofSensor sensor: Int) -> Int { bands.map { $0[ofSensor: sensor].pace } ?? 0 }

    /// The first of the consecutive sensors of one interval among which a sensor is.
    func firstSensor(ofBandWith sensor: Int) -> Int { bands.map { $0[ofSensor: sensor].first } ?? 0 }

    /// How many sensors have a pace.
    package func sensorCount(ofPace pace: Int) -> Int { bands.map { Int($0.totals[pace]) } ?? Int(sensorCount) }

    /// How far apart two readings of one sensor at neighbouring ticks are, where all are as far apart.
    var stride: Int64? { order == .sensor ? 1 : bands == nil ? sensorCount : nil }

    /// The readings of the sensors of a pace at `positions` as runs: per sensor, its consecutive ticks.
    func forEachRun(in positions: Range<Int64>, pace: Int, _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void) {
        if let bands { return bands.forEachRun(in: positions, pace: pace, order, body) }
        switch order {
        case .time where Int64(positions.count) >= sensorCount:
            for sensor in 0..<Int(sensorCount) {
                let first = readingCount(ofSensor: sensor, before: positions.lowerBound)
                body(sensor, first..<readingCount(ofSensor: sensor, before: positions.upperBound))
            }
        case .time:
            for position in positions {
                let (sensor, tick) = reading(at: position)
                body(sensor, tick..<tick + 1)
            }
        case .sensor:
            var begin = positions.lowerBound
            while begin < positions.upperBound {
                let (sensor, tick) = reading(at: begin)
                let end = min(tickCount, tick + positions.upperBound - begin)
                body(sensor, tick..<end)
                begin += end - tick
            }
        }
    }

    /// The ticks of a pace to prepare for the readings at `positions`; nil if each run is to prepare its own.
    func commonTicks(of positions: Range<Int64>, pace: Int) -> Range<Int64>? {
        switch order {
        case .time:
            let instants = instant(at: positions.lowerBound)..<instant(at: positions.upperBound - 1) + 1
            let step = step(ofPace: pace)
            return (instants.lowerBound + step - 1) / step..<(instants.upperBound + step - 1) / step
        case .sensor:
            let count = (tickCount + step(ofPace: pace) - 1) / step(ofPace: pace)
            return count <= Int64(positions.count) ? 0..<count : nil
        }
    }
}
