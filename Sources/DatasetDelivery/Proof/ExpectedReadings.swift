import DatasetFiles
import DatasetFormats
import DatasetGen

/// What should be stored: computed anew from the plan, on several workers.
struct ExpectedReadings: Sendable {
    let sums: GroupSums
    /// Identity of the readings.
    let contentSHA256: String

    /// Generates all readings.
    ///
    /// - Parameters:
    ///   - plan: whose readings.
    ///   - windows: the groups.
    ///   - usesTwin: whether the healthy twin is stored as well.
    ///   - usesLabels: whether labels are stored.
    ///   - usesArrivals: whether times of arrival are stored.
    ///   - replacesCopies: whether a reading that arrives twice is stored once, as it arrives last.
    ///   - leavesOutEmpty: whether a reading of which nothing is there has no row.
    ///   - hasher: hashes rows; nil for no hashes.
    ///   - workers: how many generate.
    /// - Throws: what tasks throw that are cancelled.
    init(
        _ plan: GenerationPlan,
        _ windows: ProofWindows,
        usesTwin: Bool,
        usesLabels: Bool,
        usesArrivals: Bool = false,
        replacesCopies: Bool = false,
        leavesOutEmpty: Bool = false,
        hasher: (any RowHasher)?,
        workers: Int
    ) async throws {
        let metricCount = plan.recipe.schema.metrics.count
        let columns = metricCount * (usesTwin ? 2 : 1)
        let empty = GroupSums(groups: windows.sensorCount * windows.count, columns: columns)
        let collector = SumCollector(empty, digest: ContentDigest(of: plan))
        try await plan.encode(
            with: SumEncoder(
                windows: windows,
                factors: plan.countFactors,
                metricCount: metricCount,
                usesTwin: usesTwin,
                usesLabels: usesLabels,
                usesArrivals: usesArrivals,
                replacesCopies: replacesCopies,
                arrivals: Arrivals(plan),
                leavesOutEmpty: leavesOutEmpty,
                hasher: hasher,
                collector: collector
            ),
            workers: workers,
            commit: { collector.append($0) }
        )
        (sums, contentSHA256) = collector.finish()
    }
}

/// Adds up blocks; each worker has its own sums, and adds them to all when a block is done.
private struct SumEncoder: ReadingEncoder {
    let windows: ProofWindows
    let factors: [Int64]
    let metricCount: Int
    let usesTwin: Bool
    let usesLabels: Bool
    let usesArrivals: Bool
    let replacesCopies: Bool
    var arrivals: Arrivals
    let leavesOutEmpty: Bool
    let hasher: (any RowHasher)?
    let collector: SumCollector

    /// - Returns: the digest of the block.
    mutating func encode(_ readings: borrowing ReadingBlock, events: [AnomalyEvent]) -> [UInt8] {
        var sums = collector.borrow()
        var arrived = arrivals.arriving(of: readings.slice)
        if replacesCopies { arrived = arrived.withoutReplaced() }
        add(arrived, to: &sums)
        hasher?.add(arrived, windows, to: &sums)
        collector.giveBack(sums)
        return ContentDigest.digest(of: readings)
    }

    private func add(_ readings: ReadingSlice, to sums: inout GroupSums) {
        let layout = sums.layout
        let (sensors, times, labels) = (readings.sensors.span, readings.times.span, readings.labels.span)
        let factors = factors.span
        var (window, end) = (0, Int64.min)
        var windowBegin = Int64.max
        var numbers = sums.numbers.mutableSpan
        for row in readings.rows {
            let label = Label(rawValue: labels[row])
            if label.isOmitted { continue }
            let (sensor, time) = (Int(sensors[row]), times[row])
            if leavesOutEmpty, readings.isEmpty(row, usesTwin: usesTwin) { continue }
            if time >= end || time < windowBegin {
                window = windows.window(of: time)
                let bounds = windows.times(of: window)
                (windowBegin, end) = (bounds.from ?? .min, bounds.before ?? .max)
            }
            let base = (sensor &* windows.count &+ window) &* layout.stride
            numbers[base + GroupSums.Layout.rows] &+= 1
            numbers[base + GroupSums.Layout.firstTime] = min(numbers[base + GroupSums.Layout.firstTime], time)
            numbers[base + GroupSums.Layout.lastTime] = max(numbers[base + GroupSums.Layout.lastTime], time)
            if usesArrivals {
                numbers[base + GroupSums.Layout.delays] &+= readings.arrival(of: row - readings.rows.lowerBound) &- time
            }
            for metric in 0..<metricCount {
                let count = readings.metrics[metric][row]
                let factor = factors[sensor &* metricCount &+ metric]
                if count != ReadingBlock.null {
                    numbers[base + layout.values(metric)] &+= 1
                    numbers[base + layout.sum(metric)] &+= Int64(count) &* factor
                }
                guard usesTwin else { continue }
                let twin = readings.clean[metric][row]
                if twin != ReadingBlock.null {
                    numbers[base + layout.values(metricCount + metric)] &+= 1
                    numbers[base + layout.sum(metricCount + metric)] &+= Int64(twin) &* factor
                }
            }
            if usesLabels {
                let type = Int(label.rawValue)
                if type > 0 { numbers[base + GroupSums.Layout.labels + type - 1] &+= 1 }
            }
        }
    }
}

extension ReadingSlice {
    /// Whether all values of a row are NULL.
    fileprivate func isEmpty(_ row: Int, usesTwin: Bool) -> Bool {
        metrics.allSatisfy { $0[row] == ReadingBlock.null }
            && !(usesTwin && clean.contains { $0[row] != ReadingBlock.null })
    }
}
