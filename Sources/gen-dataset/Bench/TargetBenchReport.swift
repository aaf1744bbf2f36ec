import DatasetDelivery
import DatasetGen

/// One load that was measured.
struct TargetBenchRun: Sendable {
    let summary: LoadSummary
    /// In the order in which they became durable.
    let batches: [LoadBatch]
    /// Seconds of processor time of this program.
    let client: Double
    /// Seconds of processor time of everything else on this machine meanwhile; nil where nobody counts them.
    let others: Double?
    /// Seconds of the proof; nil without one.
    let proofSeconds: Double?

    /// Readings a second, over the whole load.
    var rate: Double { Double(summary.delivered) / max(summary.seconds, 1e-9) }

    /// Seconds of the batch of a share of all batches, from the fastest.
    func batchSeconds(_ share: Double) -> Double {
        let sorted = batches.map(\.seconds).sorted()
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    /// Readings a second in equal slices of the load: those of a batch come in evenly while it is under way.
    func rates(slices: Int) -> [Double] {
        let width = max(summary.seconds, 1e-9) / Double(slices)
        var readings = [Double](repeating: 0, count: slices)
        for batch in batches {
            let begin = batch.end - batch.seconds
            for slice in 0..<slices {
                let (from, to) = (Double(slice) * width, Double(slice + 1) * width)
                let common = min(to, batch.end) - max(from, begin)
                if common > 0 { readings[slice] += Double(batch.readings) * common / max(batch.seconds, 1e-9) }
            }
        }
        return readings.map { $0 / width }
    }
}

/// What a benchmark of a target has measured.
struct TargetBenchReport: Sendable {
    let target: String
    let readings: Int64
    let sensors: Int64
    let metrics: Int
    let workers: Int
    let runs: [TargetBenchRun]

    /// The run whose rate is the median.
    var median: TargetBenchRun {
        let sorted = runs.sorted { $0.rate < $1.rate }
        return sorted[sorted.count / 2]
    }

    /// Seconds of the time of all senders, and of all who generate, in the median run.
    private var workerSeconds: Double { max(1e-9, Double(workers) * median.summary.seconds) }

    /// The share of the time in which senders had nothing to send.
    var waitedForReadings: Double { min(1, median.summary.waitedForReadings / workerSeconds) }

    /// The share of the time in which what was generated could not be sent yet.
    var waitedForTarget: Double { min(1, median.summary.waitedForTarget / workerSeconds) }

    private var rows: [(name: String, value: String)] {
        let run = median
        func perMillion(_ seconds: Double) -> String {
            Readable.fixed(seconds / Double(max(1, run.summary.delivered)) * 1e6, decimals: 3)
                + " s per million readings"
        }
        var rows = [
            ("readings/s", Readable.count(Int64(run.rate.rounded()))),
            ("values/s", Readable.count(Int64((run.rate * Double(metrics)).rounded()))),
            ("bytes sent/s", Readable.bytes(Double(run.summary.bytes) / max(run.summary.seconds, 1e-9))),
            ("batch, median", Readable.fixed(run.batchSeconds(0.5) * 1_000, decimals: 1) + " ms"),
            ("batch, 99 %", Readable.fixed(run.batchSeconds(0.99) * 1_000, decimals: 1) + " ms"),
            ("waited for the target", Readable.percent(waitedForTarget)),
            ("waited for readings", Readable.percent(waitedForReadings)),
            ("CPU of gen-dataset", perMillion(run.client)),
        ]
        if let others = run.others { rows.append(("CPU of all else on this machine", perMillion(others))) }
        if run.summary.retries > 0 { rows.append(("attempts again", Readable.count(run.summary.retries))) }
        if let seconds = run.proofSeconds { rows.append(("proof", Readable.fixed(seconds, decimals: 2) + " s")) }
        return rows
    }

    private var heading: String {
        let what = "\(Readable.count(readings, of: "reading")) of \(Readable.count(sensors, of: "sensor"))"
        let how = runs.count == 1 ? "one run" : "the median of \(runs.count) runs"
        return "\(what) into \(target), \(Readable.count(workers, of: "connection")), \(how)"
    }

    /// A heading and a table.
    var text: String {
        var table = TextTable(["", ""])
        for row in rows { table.add([row.name, row.value]) }
        return heading + "\n\n" + table.text
    }

    /// The same for a page.
    var markdown: String {
        var lines = ["# \(heading)", "", "| | |", "| --- | ---: |"]
        lines += rows.map { "| \($0.name) | \($0.value) |" }
        lines += [
            "",
            "Measured by gen-dataset \(Generator.version). Rates count until the target has made the readings durable.",
        ]
        if runs.count > 1 {
            let rates = runs.map { Readable.count(Int64($0.rate.rounded())) }.joined(separator: ", ")
            lines += ["", "Readings/s of the runs: \(rates)."]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The figures.
    var json: JSONValue {
        [
            "target": .string(target), "readings": .integer(readings), "sensors": .integer(sensors),
            "metrics": .integer(metrics), "workers": .integer(workers),
            "waited_for_target_share": Self.number(waitedForTarget),
            "waited_for_readings_share": Self.number(waitedForReadings),
            "runs": .array(runs.map(Self.json)),
        ]
    }

    private static func json(of run: TargetBenchRun) -> JSONValue {
        [
            "readings_per_second": number(run.rate), "seconds": number(run.summary.seconds),
            "bytes": .integer(run.summary.bytes), "batches": .integer(run.batches.count),
            "batch_p50_seconds": number(run.batchSeconds(0.5)), "batch_p99_seconds": number(run.batchSeconds(0.99)),
            "client_cpu_seconds": number(run.client), "other_cpu_seconds": run.others.map(number) ?? .null,
            "retries": .integer(run.summary.retries), "proof_seconds": run.proofSeconds.map(number) ?? .null,
            "readings_per_second_over_time": .array(run.rates(slices: slices).map(number)),
        ]
    }

    /// Slices of the rate over time.
    static let slices = 50

    private static func number(_ value: Double) -> JSONValue {
        .literal(FixedPoint(rounding: value, decimals: 6).text)
    }
}
