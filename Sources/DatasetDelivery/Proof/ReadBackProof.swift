import DatasetGen
import Synchronization

/// Compares what a store gives back with the readings, computed anew.
struct ReadBackProof<Target: ReadableTarget> {
    private let target: Target
    private let proof: Proof
    private let retries: Retries
    private let windows: ProofWindows

    /// - Parameters:
    ///   - target: what is asked.
    ///   - proof: how closely.
    ///   - retries: when a question is asked again.
    init(_ target: Target, _ proof: Proof, _ retries: Retries) {
        (self.target, self.proof, self.retries) = (target, proof, retries)
        windows = ProofWindows(target.plan)
    }

    /// - Returns: what was found; differences say sensor, time and column.
    func run(workers: Int) async throws -> ProofReport {
        let begin = ContinuousClock.now
        async let computed = ExpectedReadings(
            target.plan,
            windows,
            usesTwin: target.usesTwin,
            usesLabels: target.usesLabels,
            usesArrivals: target.usesArrivals,
            replacesCopies: target.replacesCopies,
            leavesOutEmpty: target.leavesOutEmptyRows,
            hasher: PointHasher(
                metricCount: target.plan.recipe.schema.metrics.count,
                usesTwin: target.usesTwin,
                usesLabels: target.usesLabels,
                usesArrivals: target.usesArrivals
            ),
            workers: workers
        )
        let (stored, places) = try await read(workers: workers)
        let expected = try await computed
        let comparison = GroupComparison(
            plan: target.plan,
            windows: windows,
            expected: expected.sums,
            stored: stored.sums,
            places: places,
            isApproximate: proof == .sums
        )
        let differences = try comparison.differences { (sensor, window) throws(DeliveryError) in
            try retries.run { () throws(DeliveryError) in
                try firstDifference(of: sensor, in: window, target.makeReader())
            }
        }
        return ProofReport(
            proof: proof,
            rows: (0..<expected.sums.groupCount).reduce(0) { $0 + expected.sums[$1, GroupSums.Layout.rows] },
            groups: expected.sums.groupCount,
            contentSHA256: expected.contentSHA256,
            differences: differences,
            seconds: (ContinuousClock.now - begin) / .seconds(1)
        )
    }

    /// What the store has, and which places of it count.
    private func read(workers: Int) async throws -> (StoredPoints, [Int]) {
        let empty = StoredPoints(target.plan, windows, usesTwin: target.usesTwin)
        if proof != .rows {
            let answer = await onThread("add up") { [target, proof, retries] in
                do throws(DeliveryError) {
                    return Result<(StoredPoints, [Int]?), DeliveryError>
                        .success(
                            try retries.run { () throws(DeliveryError) in
                                var points = empty
                                let places = try target.addUp(proof, to: &points)
                                return (points, places)
                            }
                        )
                } catch { return .failure(error) }
            }
            let (points, places) = try answer.get()
            if let places { return (points, places) }
        }
        let next = NextWindow()
        let parts = await withTaskGroup(of: Result<StoredPoints, DeliveryError>.self) { group in
            for number in 0..<min(workers, target.readCount(windows)) {
                group.addTask {
                    await onThread("read \(number)") { readWindows(next, empty) }
                }
            }
            var parts: [Result<StoredPoints, DeliveryError>] = []
            for await part in group { parts.append(part) }
            return parts
        }
        var total = empty
        for part in parts { total.add(try part.get()) }
        return (total, Array(0..<total.sums.layout.stride))
    }

    /// Reads windows until there are none left.
    private func readWindows(_ next: NextWindow, _ empty: StoredPoints) -> Result<StoredPoints, DeliveryError> {
        var points = empty
        var reader: (any StoredReader)?
        do throws(DeliveryError) {
            let parts = target.readCount(windows)
            while true {
                let part = next.number.wrappingAdd(1, ordering: .relaxed).oldValue
                guard part < parts else { return .success(points) }
                let (first, end) = (windows.count * part / parts, windows.count * (part + 1) / parts)
                let times = windows.range(of: first).lowerBound..<windows.range(of: end - 1).upperBound
                try retries.run { () throws(DeliveryError) in
                    let current = if let reader { reader } else { try target.makeReader() }
                    // Another attempt has a connection of its own.
                    reader = nil
                    try current.read(times, to: &points)
                    reader = current
                }
            }
        } catch { return .failure(error) }
    }

    private func firstDifference(
        of sensor: Sensor,
        in window: Int,
        _ reader: any StoredReader
    ) throws(DeliveryError) -> String? {
        let schema = target.plan.recipe.schema
        var comparison = RowComparison(
            columns: Self.columns(of: target),
            stored: try reader.rows(of: sensor, in: windows.range(of: window))
        )
        let rows = ExpectedRows(
            plan: target.plan,
            sensor: sensor,
            times: windows.times(of: window),
            usesTwin: target.usesTwin
        )
        rows.handOn { row in
            func text(_ metric: Metric, _ value: Double?) -> String? {
                let states = schema[metric].states
                return value.map { states.isEmpty ? $0.description : states[Int($0)] }
            }
            var values = schema.all.map { text($0, row.value($0)) }
            if target.usesTwin { values += schema.all.map { text($0, row.healthyValue($0)) } }
            if target.leavesOutEmptyRows, values.allSatisfy({ $0 == nil }) { return }
            if target.usesLabels { values.append(row.anomalyType?.name) }
            for arrival in target.replacesCopies ? row.arrivals.suffix(1) : row.arrivals[...] {
                let arrivals = target.usesArrivals ? [String(arrival)] : []
                comparison.compare(RowComparison.Row(time: row.time, values: values + arrivals))
            }
        }
        comparison.finish()
        return comparison.difference
    }

    /// The columns of rows that are compared: the metrics, those of the healthy twin, the type of the anomaly, and the time of arrival.
    static func columns(of target: Target) -> [String] {
        target.metricNames + (target.usesLabels ? ["anomaly_type"] : [])
            + (target.usesArrivals ? [Column.arrivalTime.name] : [])
    }
}

/// The window that is read next, by whichever thread.
private final class NextWindow: Sendable {
    let number = Atomic<Int>(0)
}

extension ProofWindows {
    /// The instants of a window that are the dataset's.
    func range(of window: Int) -> Range<Int64> {
        let times = times(of: window)
        return (times.from ?? range.lowerBound)..<(times.before ?? range.upperBound)
    }
}
