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

    /// The run whose rate is the median; of an even number the two in the middle.
    private var middle: [TargetBenchRun] {
        let sorted = runs.sorted { $0.rate < $1.rate }
        return Array(sorted[(sorted.count - 1) / 2...sorted.count / 2])
    }

    /// The mean of a figure over the runs in the middle.
    private func mean(_ value: (TargetBenchRun) -> Double) -> Double {
        let values = middle.map(value)
        return values.reduce(0, +) / Double(values.count)
    }

    /// The same of a figure that a run may not have.
    private func meanOfKnown(_ value: (TargetBenchRun) -> Double?) -> Double? {
        let values = middle.compactMap(value)
        return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// Seconds of a run.
    var seconds: Double { mean(\.summary.seconds) }

    /// Readings a second in equal slices of a run.
    var rates: [Double] {
        let runs = middle.map { $0.rates(slices: Self.slices) }
        return (0..<Self.slices).map { slice in runs.reduce(0) { $0 + $1[slice] } / Double(runs.count) }
    }

    /// The share that some seconds have of the time of all senders, or of all who generate.
    private func share(_ waited: (LoadSummary) -> Double) -> Double {
        mean { min(1, waited($0.summary) / max(1e-9, Double(workers) * $0.summary.seconds)) }
    }

    /// The share of the time in which senders had nothing to send.
    var waitedForReadings: Double { share(\.waitedForReadings) }

    /// The share of the time in which what was generated could not be sent yet.
    var waitedForTarget: Double { share(\.waitedForTarget) }

    private var rows: [(name: String, value: String)] {
        func perMillion(_ seconds: Double, _ run: TargetBenchRun) -> Double {
            seconds / Double(max(1, run.summary.delivered)) * 1e6
        }
        func text(perMillion seconds: Double) -> String {
            Readable.fixed(seconds, decimals: 3) + " s per million readings"
        }
        let rate = mean(\.rate)
        let bytes = mean { Double($0.summary.bytes) / max($0.summary.seconds, 1e-9) }
        func batch(_ share: Double) -> String {
            Readable.fixed(mean { $0.batchSeconds(share) } * 1_000, decimals: 1) + " ms"
        }
        var rows: [(name: String, value: String)] = [
            ("readings/s", Readable.count(Int64(rate.rounded()))),
            ("values/s", Readable.count(Int64((rate * Double(metrics)).rounded()))),
            ("bytes sent/s", Readable.bytes(bytes)),
            ("batch, median", batch(0.5)),
            ("batch, 99 %", batch(0.99)),
            ("waited for the target", Readable.percent(waitedForTarget)),
            ("waited for readings", Readable.percent(waitedForReadings)),
            ("CPU of gen-dataset", text(perMillion: mean { perMillion($0.client, $0) })),
        ]
        if let others = meanOfKnown({ run in run.others.map { perMillion($0, run) } }) {
            rows.append(("CPU of all else on this machine", text(perMillion: others)))
        }
        let retries = middle.map(\.summary.retries).max() ?? 0
        if retries > 0 { rows.append(("attempts again", Readable.count(retries))) }
        if let seconds = meanOfKnown(\.proofSeconds) {
            rows.append(("proof", Readable.fixed(seconds, decimals: 2) + " s"))
        }
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
