extension ReadingBlock {
    /// Some of the block's readings, as a block of their own.
    package func part(_ rows: Range<Int>) -> ReadingBlock {
        var part = ReadingBlock()
        part.firstNumber = firstNumber + Int64(rows.lowerBound)
        part.count = rows.count
        part.sensors = Array(sensors[rows])
        part.times = Array(times[rows])
        part.metrics = metrics.map { Array($0[rows]) }
        part.clean = clean.map { Array($0[rows]) }
        part.labels = Array(labels[rows])
        return part
    }

    /// A block of given columns, all of the same length; `metrics` by ``Metric/rawValue``.
    package init(firstNumber: Int64, sensors: [Int32], times: [Int64], metrics: [[Int32]], labels: [Label]) {
        let count = sensors.count
        precondition(times.count == count && labels.count == count && metrics.count == Metric.count)
        precondition(metrics.allSatisfy { $0.count == count })
        self.firstNumber = firstNumber
        self.count = count
        self.sensors = sensors
        self.times = times
        self.metrics = metrics
        self.labels = labels.map(\.rawValue)
    }
}
