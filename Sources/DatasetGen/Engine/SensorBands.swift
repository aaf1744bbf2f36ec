/// Which sensors report at which instants, where groups have intervals of their own.
///
/// The fleet is cut into bands: consecutive sensors of one step. Sums over the distinct steps, of which there are few, take
/// the place of sums over sensors and instants, so that every position follows from sensor and tick at once.
final class SensorBands: Sendable {
    /// Consecutive sensors of one step.
    struct Band: Hashable, Sendable {
        /// The first of them.
        var first: Int
        /// How many.
        var count: Int
        /// Instants from one reading of each to its next.
        var step: Int64
        /// Index of the step among the distinct ones.
        var pace: Int
    }

    /// A boundary between two readings of the dataset: what comes before it.
    struct Place {
        /// All readings of the windows before this one.
        var window: Int64
        /// In it, those of the sensors below.
        var sensor: Int
        /// And the readings of that sensor before this one.
        var tick: Int64
    }

    /// In the order of the fleet.
    let bands: [Band]
    /// The distinct steps, rising; the first is 1.
    let steps: [Int64]
    /// Per step: how many sensors have it.
    let totals: [Int64]
    /// How many instants there are.
    let instants: Int64
    /// Instants of a window.
    private let window: Int64
    private let sensorCount: Int
    /// Per band, per step: sensors of that step before the band.
    private let before: [Int64]

    init(_ groups: [(count: Int, step: Int64)], instants: Int64, window: Int64) {
        (self.instants, self.window) = (instants, window)
        let steps = Set(groups.map(\.step)).sorted()
        self.steps = steps
        var bands: [Band] = []
        var first = 0
        for group in groups {
            if let last = bands.last, last.step == group.step {
                bands[bands.count - 1].count += group.count
            } else {
                let pace = steps.firstIndex(of: group.step) ?? 0
                bands.append(Band(first: first, count: group.count, step: group.step, pace: pace))
            }
            first += group.count
        }
        (self.bands, sensorCount) = (bands, first)
        var totals = [Int64](repeating: 0, count: steps.count)
        var before: [Int64] = []
        for band in bands {
            before += totals
            totals[band.pace] += Int64(band.count)
        }
        (self.totals, self.before) = (totals, before)
    }

    /// The band of a sensor.
    subscript(ofSensor sensor: Int) -> Band { bands[index(ofSensor: sensor)] }

    private func index(ofSensor sensor: Int) -> Int {
        lastBand { bands[$0].first <= sensor }
    }

    /// Index of the last band that meets a condition which no band behind one that fails it meets; the first if none does.
    private func lastBand(where condition: (Int) -> Bool) -> Int {
        var (low, high) = (0, bands.count)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if condition(middle) { low = middle } else { high = middle }
        }
        return low
    }

    /// Readings of a sensor of a step.
    func tickCount(step: Int64) -> Int64 { instants.ticks(every: step) }

    /// Readings of all sensors before an instant.
    func count(before instant: Int64) -> Int64 {
        var count: Int64 = 0
        for (step, total) in zip(steps, totals) { count += total * instant.ticks(every: step) }
        return count
    }

    /// The ticks of a step in a window.
    private func ticks(ofWindow index: Int64, step: Int64) -> Range<Int64> {
        let (begin, end) = (min(instants, index * window), min(instants, (index + 1) * window))
        return begin.ticks(every: step)..<end.ticks(every: step)
    }

    /// Readings of a window of the sensors before a band.
    private func count(beforeBand band: Int, inWindow index: Int64) -> Int64 {
        var count: Int64 = 0
        for pace in steps.indices {
            let sensors = before[band * steps.count + pace]
            if sensors > 0 { count += sensors * Int64(ticks(ofWindow: index, step: steps[pace]).count) }
        }
        return count
    }

    /// The window of the reading at a position; at the end of the dataset, that behind the last.
    private func window(at position: Int64) -> Int64 {
        // Sensors that report at every instant have at most so many windows before the position.
        let last = (instants + window - 1) / window
        var (low, high) = (Int64(0), min(last, position / (totals[0] * window) + 1) + 1)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if count(before: min(instants, middle * window)) <= position { low = middle } else { high = middle }
        }
        return low
    }

    func position(ofSensor sensor: Int, tick: Int64) -> Int64 {
        let index = index(ofSensor: sensor)
        let band = bands[index]
        let number = tick * band.step / window
        let ticks = ticks(ofWindow: number, step: band.step)
        return count(before: number * window) + count(beforeBand: index, inWindow: number)
            + Int64(sensor - band.first) * Int64(ticks.count) + tick - ticks.lowerBound
    }

    func reading(at position: Int64) -> (sensor: Int, tick: Int64) {
        let number = window(at: position)
        let offset = position - count(before: min(instants, number * window))
        let index = lastBand { count(beforeBand: $0, inWindow: number) <= offset }
        let band = bands[index]
        let ticks = ticks(ofWindow: number, step: band.step)
        let (member, tick) = (offset - count(beforeBand: index, inWindow: number))
            .quotientAndRemainder(dividingBy: max(1, Int64(ticks.count)))
        return (band.first + Int(member), ticks.lowerBound + tick)
    }

    /// The place of a position, the end of the dataset included.
    func place(at position: Int64) -> Place {
        if position >= count(before: instants) {
            return Place(window: (instants + window - 1) / window, sensor: 0, tick: tickCount(step: bands[0].step))
        }
        let (sensor, tick) = reading(at: position)
        return Place(window: tick * self[ofSensor: sensor].step / window, sensor: sensor, tick: tick)
    }

    /// Readings of a sensor before a place.
    func readingCount(ofSensor sensor: Int, before place: Place) -> Int64 {
        if sensor == place.sensor { return place.tick }
        let ticks = ticks(ofWindow: place.window, step: self[ofSensor: sensor].step)
        return sensor < place.sensor ? ticks.upperBound : ticks.lowerBound
    }

    /// In the order of time, the readings of the sensors of a pace at `positions`: per sensor, its consecutive ticks.
    func forEachRun(
        in positions: Range<Int64>,
        pace: Int,
        _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void
    ) {
        guard !positions.isEmpty else { return }
        if positions.count < sensorCount {
            return forEachStretch(in: positions) { instant, sensors, band in
                guard band.pace == pace else { return }
                let tick = instant / band.step
                for sensor in sensors { body(sensor, tick..<tick + 1) }
            }
        }
        let (begin, end) = (place(at: positions.lowerBound), place(at: positions.upperBound))
        for band in bands where band.pace == pace {
            for sensor in band.first..<band.first + band.count {
                body(
                    sensor,
                    readingCount(ofSensor: sensor, before: begin)..<readingCount(ofSensor: sensor, before: end)
                )
            }
        }
    }

    /// The readings at positions in the order of time as stretches: sensors of one band at one instant.
    func forEachStretch(in positions: Range<Int64>, _ body: (_ instant: Int64, _ sensors: Range<Int>, Band) -> Void) {
        guard !positions.isEmpty else { return }
        let start = place(at: positions.lowerBound)
        var (instant, index, sensor) = (start.window, index(ofSensor: start.sensor), start.sensor)
        var left = positions.count
        while left > 0 {
            let band = bands[index]
            if instant % band.step == 0 {
                let count = min(left, band.first + band.count - sensor)
                body(instant, sensor..<sensor + count, band)
                left -= count
            }
            index += 1
            if index == bands.count { (instant, index) = (instant + 1, 0) }
            sensor = bands[index].first
        }
    }
}

extension SensorBands: Hashable {
    static func == (one: SensorBands, other: SensorBands) -> Bool {
        (one.bands, one.instants, one.window) == (other.bands, other.instants, other.window)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(bands) }
}
