import DatasetGen

/// The run and the process at one moment: what answers are made of.
struct Snapshot: Sendable {
    let run: RunStatus
    let process: ProcessUsage
    let time: SimulatedTime

    /// Readings a second while the run was running.
    var averageRate: Double {
        let seconds = run.elapsed / .seconds(1)
        return seconds > 0 ? Double(run.readings - run.earlierReadings) / seconds : 0
    }

    /// The share of readings that are anomalous; nil if they are not counted or there are none.
    var anomalyShare: Double? {
        guard let anomalies = run.anomalies, run.readings > 0 else { return nil }
        return Double(anomalies.total) / Double(run.readings)
    }
}
