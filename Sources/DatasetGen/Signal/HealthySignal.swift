/// Evaluates a ``SignalModel`` column by column; the scratch memory of one worker.
///
/// ``prepare(ticks:)`` computes what depends on time alone; ``fill(_:ticks:into:)`` then adds a sensor's own part.
package struct HealthySignal: Sendable {
    private let model: SignalModel
    private let sensorCount: Int
    private var standard: StandardSignal
    /// Nil where all metrics are standard ones.
    private var declared: DeclaredSignal?
    /// One that tells single readings, so that what is prepared stays, or none yet.
    private var single: [HealthySignal] = []

    package init(_ model: SignalModel, sensorCount: Int) {
        (self.model, self.sensorCount) = (model, sensorCount)
        standard = StandardSignal(model, sensorCount: sensorCount)
        declared = model.declared.map { DeclaredSignal($0, scales: model.scales, sensorCount: sensorCount) }
    }

    /// Sets the ticks that the following calls may ask for.
    mutating func prepare(ticks: Range<Int64>) {
        if !model.standardColumns.isEmpty { standard.prepare(ticks: ticks) }
        declared?.prepare(ticks: ticks)
    }

    /// Writes the healthy counts of a sensor at some of the prepared ticks, per metric from index 0 on.
    mutating func fill(_ sensor: SensorCore, ticks: Range<Int64>, into columns: inout [[Int32]]) {
        if !model.standardColumns.isEmpty { standard.fill(sensor, ticks: ticks, into: &columns) }
        declared?.fill(model.keys(of: sensor), model.measured[sensor.kind].metrics, ticks: ticks, into: &columns)
        model.recorded?.fill(sensor, ticks: ticks, into: &columns)
        if let sourced = model.sourced {
            sourced.fill(sensor, model.measured[sensor.kind].metrics, on: model.grid, ticks: ticks, into: &columns)
        }
        if let phenomena = model.phenomena {
            phenomena.apply(to: sensor, on: model.grid, ticks: ticks, in: &columns)
        }
        for column in model.measured[sensor.kind].absent {
            for index in 0..<ticks.count { columns[column][index] = ReadingBlock.null }
        }
        derive(0..<ticks.count, of: sensor, first: ticks.lowerBound, in: &columns)
    }

    /// Computes the derived metrics at some indices of the columns anew, from the readings of the others there; `first` is the
    /// tick of index 0.
    mutating func derive(_ range: Range<Int>, of sensor: SensorCore, first: Int64, in columns: inout [[Int32]]) {
        declared?
            .derive(
                range,
                model.keys(of: sensor),
                model.measured[sensor.kind].metrics,
                kind: sensor.kind,
                first: first,
                in: &columns
            )
    }

    /// The healthy counts of a sensor at one tick, whether it is prepared or not.
    mutating func counts(of sensor: SensorCore, tick: Int64) -> [Int32] {
        counts(of: sensor, ticks: tick..<tick + 1).map { $0[0] }
    }

    /// Per metric, the healthy counts of a sensor at some ticks, whether they are prepared or not.
    mutating func counts(of sensor: SensorCore, ticks: Range<Int64>) -> [[Int32]] {
        if single.isEmpty { single = [HealthySignal(model, sensorCount: sensorCount)] }
        let column = [Int32](repeating: 0, count: ticks.count)
        var columns = [[Int32]](repeating: column, count: model.metricCount)
        single[0].prepare(ticks: ticks)
        single[0].fill(sensor, ticks: ticks, into: &columns)
        return columns
    }
}
