extension GenerationPlan {
    /// Whether files hold readings in the order in which they arrive.
    package var isInOrderOfArrival: Bool { recipe.delivery?.order == .arrival }

    /// What arrives of a reading that a sensor takes at a time: what its clock shows, and when it arrives.
    ///
    /// All in microseconds since 1970; no times for what never arrives, two for what arrives twice, the later one last.
    package func arrivals(ofSensor sensor: Int, at time: Int64) -> (shown: Int64, times: [Int64]) {
        guard let delivery else { return (time, [time]) }
        let core = fleet.sensors[sensor].core
        let passage = delivery.passage(of: core, at: time)
        let shown = delivery.shownTime(at: time, drift: delivery.clockDrift(of: core))
        return (shown, passage.isLost ? [] : [passage.arrival] + (passage.copyArrival.map { [$0] } ?? []))
    }

    /// The most by which a sensor's clock is wrong when a reading is taken, in microseconds.
    package var greatestClockError: Int64 { delivery?.greatestClockError(at: recipe.grid.end.microseconds) ?? 0 }

    /// The instants that rows are of, in microseconds since 1970: those of the dataset, by clocks that may be fast.
    package var shownTimes: Range<Int64> {
        let start = recipe.grid.start.microseconds
        return start..<max(start + 1, recipe.grid.end.microseconds + greatestClockError)
    }

    /// The block in which a reading stands in the order of arrival, which is never one before its own.
    ///
    /// A block of arrivals begins with what arrives when the first reading of the block of that number is taken; of what
    /// arrives at one time, lower numbers come first.
    func block(ofArrival arrival: Int64, number: Int64) -> Int64 {
        let offset = arrival - recipe.grid.start.microseconds
        func count(before offset: Int64) -> Int64 {
            rows.readingCount(before: min(recipe.grid.firstTick(atOffset: offset), recipe.grid.tickCount))
        }
        // Readings that are taken before it arrives, or at the same time and come no later.
        let earlier = max(count(before: offset), min(count(before: offset + 1), number))
        return (earlier - 1) / Self.rowsPerBlock
    }

    /// The time before which all that a block's readings arrive at is in that block, in microseconds since 1970.
    func endOfArrivals(inBlock block: Int64) -> Int64 {
        block + 1 < blockCount ? time(at: (block + 1) * Self.rowsPerBlock).microseconds : .max
    }

    /// The first block of which readings may arrive in a block or behind it.
    package func firstBlock(arrivingIn block: Int64) -> Int64 {
        guard block > 0 else { return 0 }
        let start = recipe.grid.start.microseconds
        let first = time(at: block * Self.rowsPerBlock).microseconds - start - recipe.greatestDelay
        guard first > 0 else { return 0 }
        let position = rows.readingCount(before: min(recipe.grid.firstTick(atOffset: first), recipe.grid.tickCount))
        return min(position / Self.rowsPerBlock, block)
    }
}
