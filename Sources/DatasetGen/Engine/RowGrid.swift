/// Which reading comes where: the map between positions in the dataset's order and (sensor, tick).
///
/// A position counts every reading from 0, omitted ones included; the reading's number is its position plus 1.
public struct RowGrid: Hashable, Sendable {
    /// Which reading follows which.
    public let order: RowOrder
    /// The number of sensors.
    public let sensorCount: Int64
    /// The number of ticks.
    public let tickCount: Int64

    /// The number of readings.
    public var count: Int64 { sensorCount * tickCount }

    /// The position of a reading.
    public func position(ofSensor sensor: Int, tick: Int64) -> Int64 {
        switch order {
        case .time: tick * sensorCount + Int64(sensor)
        case .sensor: Int64(sensor) * tickCount + tick
        }
    }

    /// The reading at a position.
    public func reading(at position: Int64) -> (sensor: Int, tick: Int64) {
        switch order {
        case .time: (Int(position % sensorCount), position / sensorCount)
        case .sensor: (Int(position / tickCount), position % tickCount)
        }
    }

    /// How many readings of a sensor come before a position.
    public func readingCount(ofSensor sensor: Int, before position: Int64) -> Int64 {
        switch order {
        // The ticks t with t · sensorCount + sensor < position.
        case .time: (position - Int64(sensor) + sensorCount - 1) / sensorCount
        case .sensor: min(max(0, position - Int64(sensor) * tickCount), tickCount)
        }
    }

    /// How far apart two readings of one sensor at neighbouring ticks are.
    var stride: Int64 { order == .time ? sensorCount : 1 }

    /// The readings at `positions` as runs: per sensor, its consecutive ticks.
    func forEachRun(in positions: Range<Int64>, _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void) {
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

    /// The ticks to prepare for the readings at `positions`; nil if each run is to prepare its own.
    func commonTicks(of positions: Range<Int64>) -> Range<Int64>? {
        switch order {
        case .time:
            positions.lowerBound / sensorCount..<(positions.upperBound - 1) / sensorCount + 1
        case .sensor:
            tickCount <= Int64(positions.count) ? 0..<tickCount : nil
        }
    }
}
