import Synchronization

/// Brings readings into the order in which they arrive, whichever workers have made their blocks.
///
/// A reading arrives in its own block or in one behind it. Once all blocks up to one are sent, the one of that number has
/// all that arrives in it. Memory: what is late, up to the greatest delay.
package final class ArrivalOrder<Companion: Sendable>: Sendable {
    private struct Shared {
        /// What arrives in each block.
        var parts: [Int64: [ReadingSlice]] = [:]
        /// What is known of each block besides.
        var companions: [Int64: Companion] = [:]
    }

    private let plan: GenerationPlan
    /// The first block that is asked for.
    package let firstBlock: Int64
    private let shared = Mutex(Shared())

    /// For the blocks of a plan from one on.
    package init(_ plan: GenerationPlan, from firstBlock: Int64) {
        (self.plan, self.firstBlock) = (plan, firstBlock)
    }

    /// The first block that has to be sent, as its readings may arrive in the first one that is asked for.
    package var firstSent: Int64 { plan.firstBlock(arrivingIn: firstBlock) }

    /// Sends what arrives of a block, with what else is known of it.
    package func send(_ rows: ReadingSlice, _ companion: Companion, block: Int64) {
        var own: [Int] = []
        var others: [Int64: [Int]] = [:]
        // Most arrive before the first reading of the next block is taken.
        let end = plan.endOfArrivals(inBlock: block)
        for index in 0..<rows.count {
            let arrival = rows.arrival(of: index)
            if arrival < end {
                own.append(index)
            } else {
                let target = plan.block(ofArrival: arrival, number: rows.number(of: index))
                others[target, default: []].append(index)
            }
        }
        others[block, default: []] += own
        let parts = others.filter { $0.key >= firstBlock }.mapValues { rows.selecting($0) }
        shared.withLock { shared in
            for (target, part) in parts { shared.parts[target, default: []].append(part) }
            if block >= firstBlock { shared.companions[block] = companion }
        }
    }

    /// Takes what arrives in a block, once all blocks up to it are sent; each can be taken once.
    package func take(block: Int64) -> (rows: ReadingSlice, companion: Companion) {
        let (parts, companion) = shared.withLock { shared in
            (shared.parts.removeValue(forKey: block) ?? [], shared.companions.removeValue(forKey: block))
        }
        guard let companion else { preconditionFailure("a block that was not sent") }
        return (ReadingSlice(arriving: parts, firstNumber: block * GenerationPlan.rowsPerBlock + 1), companion)
    }
}

extension ReadingSlice {
    /// The readings without those that arrive once more behind them: what is left where a reading replaces itself.
    package func withoutReplaced() -> ReadingSlice {
        guard !numbers.isEmpty else { return self }
        return selecting((0..<count).filter { $0 + 1 == count || number(of: $0 + 1) != number(of: $0) })
    }

    /// Some of the readings, in the order of their indices here.
    package func selecting(_ indices: [Int]) -> ReadingSlice {
        let (row, place) = (rows.lowerBound, places.lowerBound)
        return ReadingSlice(
            firstNumber: firstNumber,
            rows: 0..<indices.count,
            places: 0..<indices.count,
            sensors: indices.map { sensors[place + $0] },
            times: indices.map { times[place + $0] },
            metrics: metrics.map { column in indices.map { column[row + $0] } },
            clean: clean.map { column in indices.map { column[row + $0] } },
            labels: indices.map { labels[row + $0] },
            numbers: indices.map { number(of: $0) },
            arrivals: indices.map { arrival(of: $0) }
        )
    }

    /// All readings of some slices, by their arrival, then by their numbers.
    init(arriving parts: [ReadingSlice], firstNumber: Int64) {
        let metricCount = parts.first?.metrics.count ?? 0
        let cleanCount = parts.first?.clean.count ?? 0
        let whole = ReadingSlice(
            firstNumber: firstNumber,
            rows: 0..<parts.reduce(0) { $0 + $1.count },
            places: 0..<parts.reduce(0) { $0 + $1.count },
            sensors: parts.flatMap(\.sensors),
            times: parts.flatMap(\.times),
            metrics: (0..<metricCount).map { metric in parts.flatMap { $0.metrics[metric] } },
            clean: (0..<cleanCount).map { metric in parts.flatMap { $0.clean[metric] } },
            labels: parts.flatMap(\.labels),
            numbers: parts.flatMap(\.numbers),
            arrivals: parts.flatMap(\.arrivals)
        )
        self = whole.selecting(
            whole.rows.sorted { one, other in
                (whole.arrivals[one], whole.numbers[one]) < (whole.arrivals[other], whole.numbers[other])
            }
        )
    }
}
