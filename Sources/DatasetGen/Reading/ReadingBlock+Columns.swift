extension ReadingBlock {
    /// A block of given columns, all of the same length; `metrics` and `clean` by ``Metric/rawValue``.
    package init(
        firstNumber: Int64,
        sensors: [Int32],
        times: [Int64],
        metrics: [[Int32]],
        clean: [[Int32]] = [],
        labels: [Label]
    ) {
        let count = sensors.count
        precondition(times.count == count && labels.count == count)
        precondition((metrics + clean).allSatisfy { $0.count == count })
        self.firstNumber = firstNumber
        self.count = count
        self.sensors = sensors
        self.times = times
        self.metrics = metrics
        self.clean = clean
        self.labels = labels.map(\.rawValue)
    }
}
