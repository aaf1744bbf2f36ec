/// The metrics of a recipe that a recording has, each with its column.
struct RecordedSignal: Sendable {
    let recording: Recording
    /// Columns of the dataset, and the recording's metric in each.
    let columns: [(column: Int, metric: Int)]

    /// The signal of a recipe; nil without a recording.
    init?(_ recipe: Recipe) {
        guard let recording = recipe.recording else { return nil }
        self.recording = recording
        columns = recipe.schema.metrics.compactMap { description in
            guard description.model == .replay,
                let metric = recording.metrics.firstIndex(where: { $0.name == description.name })
            else { return nil }
            return (description.index, metric)
        }
    }

    /// Writes a sensor's readings at some ticks, from index 0 on.
    func fill(_ sensor: SensorCore, ticks: Range<Int64>, into columns: inout [[Int32]]) {
        let count = recording.sensors[sensor.index].grid.tickCount
        let isInside = ticks.lowerBound >= 0 && ticks.upperBound <= count
        for (column, metric) in self.columns {
            guard isInside else {
                for (index, tick) in ticks.enumerated() {
                    columns[column][index] = recording.count(metric, of: sensor.index, at: tick)
                }
                continue
            }
            let readings = recording.sensors[sensor.index].columns[metric]
            let (source, first) = (readings.span, Int(ticks.lowerBound))
            var target = columns[column].mutableSpan
            for index in 0..<ticks.count { target[index] = source[first + index] }
        }
    }
}
