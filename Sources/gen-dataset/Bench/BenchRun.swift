/// One measured run.
struct BenchRun: Sendable {
    /// Seconds from begin to end.
    var wall: Double
    /// Processor time of all threads.
    var processor: ProcessorTime
    /// Bytes of the files.
    var bytes: Int64
}

/// What the runs of a scenario came to: medians.
struct BenchResult: Sendable {
    /// What was written.
    let scenario: BenchScenario
    /// Readings of a run.
    let rows: Int64
    private let runs: [BenchRun]

    /// The result of at least one run.
    init(_ scenario: BenchScenario, rows: Int64, runs: [BenchRun]) {
        self.scenario = scenario
        self.rows = rows
        self.runs = runs
    }

    /// Readings a second.
    var rowsPerSecond: Double { Double(rows) / median(\.wall) }
    /// Bytes a second; nil if nothing is written.
    var bytesPerSecond: Double? { scenario.outputs.map { _ in median { Double($0.bytes) } / median(\.wall) } }
    /// Bytes a reading; nil if nothing is written.
    var bytesPerRow: Double? { scenario.outputs.map { _ in median { Double($0.bytes) } / Double(rows) } }
    /// Seconds in the program per million readings.
    var user: Double { median(\.processor.user) / Double(rows) * 1e6 }
    /// Seconds in the system per million readings.
    var system: Double { median(\.processor.system) / Double(rows) * 1e6 }

    private func median(_ value: (BenchRun) -> Double) -> Double {
        let sorted = runs.map(value).sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
