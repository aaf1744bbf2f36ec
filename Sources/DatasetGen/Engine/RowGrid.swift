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

    /// How far apart two readings of one sensor at neighbouring ticks are.
    var stride: Int64 { order == .time ? sensorCount : 1 }

    /// The readings at `positions` as runs: per sensor, its consecutive ticks.
    func forEachRun(in positions: Range<Int64>, _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void) {
        switch order {
        case .time where Int64(positions.count) >= sensorCount:
            for sensor in 0..<sensorCount {
                // The ticks t with t · sensorCount + sensor inside the positions.
                let first = (positions.lowerBound - sensor + sensorCount - 1) / sensorCount
                let end = (positions.upperBound - sensor + sensorCount - 1) / sensorCount
                body(Int(sensor), first..<end)
            }
        case .time:
            for position in positions {
                let (tick, sensor) = position.quotientAndRemainder(dividingBy: sensorCount)
                body(Int(sensor), tick..<tick + 1)
            }
        case .sensor:
            var begin = positions.lowerBound
            while begin < positions.upperBound {
                let (sensor, tick) = begin.quotientAndRemainder(dividingBy: tickCount)
                let end = min(tickCount, tick + positions.upperBound - begin)
                body(Int(sensor), tick..<end)
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
