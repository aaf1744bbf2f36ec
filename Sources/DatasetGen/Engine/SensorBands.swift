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
        /// Readings of all sensors before them.
        var readingsBefore: Int64
    }

    /// A boundary between two readings of the dataset.
    struct Place {
        /// In the order of time: what comes before the instant is before the place, and of it the sensors below.
        var instant: Int64
        var sensor: Int
        /// In the order of sensors: readings of `sensor` before the place.
        var tick: Int64 = 0
    }

    /// In the order of the fleet.
    let bands: [Band]
    /// The distinct steps, rising; the first is 1.
    let steps: [Int64]
    /// Per step: how many sensors have it.
    let totals: [Int64]
    /// How many instants there are.
    let instants: Int64
    private let sensorCount: Int
    /// Per band, per step: sensors of that step before the band.
    private let before: [Int64]

    init(_ groups: [(count: Int, step: Int64)], instants: Int64) {
        self.instants = instants
        let steps = Set(groups.map(\.step)).sorted()
        self.steps = steps
        var bands: [Band] = []
        var (first, readings) = (0, Int64(0))
        for group in groups {
            if let last = bands.last, last.step == group.step {
                bands[bands.count - 1].count += group.count
            } else {
                let pace = steps.firstIndex(of: group.step) ?? 0
                bands.append(
                    Band(first: first, count: group.count, step: group.step, pace: pace, readingsBefore: readings)
                )
            }
            first += group.count
            readings += Int64(group.count) * ((instants + group.step - 1) / group.step)
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
        lastIndex { $0.first <= sensor }
    }

    /// The last band that meets a condition which no band behind one that fails it meets; the first if none does.
    private func lastIndex(where condition: (Band) -> Bool) -> Int {
        var (low, high) = (0, bands.count)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if condition(bands[middle]) { low = middle } else { high = middle }
        }
        return low
    }

    /// Readings of a sensor of a step.
    func tickCount(step: Int64) -> Int64 { (instants + step - 1) / step }

    /// Readings of all sensors before an instant.
    func count(before instant: Int64) -> Int64 {
        var count: Int64 = 0
        for (step, total) in zip(steps, totals) { count += total * ((instant + step - 1) / step) }
        return count
    }

    /// Sensors before a band that report at an instant.
    private func sensors(beforeBand band: Int, at instant: Int64) -> Int64 {
        var count: Int64 = 0
        for pace in steps.indices where instant % steps[pace] == 0 { count += before[band * steps.count + pace] }
        return count
    }

    /// The instant of the reading at a position, in the order of time; at the end of the dataset, that behind the last.
    func instant(at position: Int64) -> Int64 {
        // Sensors that report at every instant are at most so many before the position.
        var (low, high) = (Int64(0), min(instants, position / totals[0] + 1) + 1)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if count(before: middle) <= position { low = middle } else { high = middle }
        }
        return low
    }

    func position(ofSensor sensor: Int, tick: Int64, _ order: RowOrder) -> Int64 {
        let index = index(ofSensor: sensor)
        let band = bands[index]
        let member = Int64(sensor - band.first)
        guard order == .time else { return band.readingsBefore + member * tickCount(step: band.step) + tick }
        let instant = tick * band.step
        return count(before: instant) + sensors(beforeBand: index, at: instant) + member
    }

    func reading(at position: Int64, _ order: RowOrder) -> (sensor: Int, tick: Int64) {
        guard order == .time else {
            let band = bands[lastIndex { $0.readingsBefore <= position }]
            let (member, tick) = (position - band.readingsBefore)
                .quotientAndRemainder(dividingBy: tickCount(step: band.step))
            return (band.first + Int(member), tick)
        }
        let instant = instant(at: position)
        let offset = position - count(before: instant)
        let sensor = sensor(offset, at: instant)
        return (sensor, instant / self[ofSensor: sensor].step)
    }

    /// The sensor that is the nth, from 0, of those that report at an instant.
    private func sensor(_ offset: Int64, at instant: Int64) -> Int {
        var (low, high) = (0, bands.count)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if sensors(beforeBand: middle, at: instant) <= offset { low = middle } else { high = middle }
        }
        return bands[low].first + Int(offset - sensors(beforeBand: low, at: instant))
    }

    /// The place of a position, the end of the dataset included.
    func place(at position: Int64, _ order: RowOrder) -> Place {
        if position >= count(before: instants) {
            return Place(instant: instants, sensor: order == .time ? 0 : sensorCount)
        }
        let (sensor, tick) = reading(at: position, order)
        return Place(instant: tick * self[ofSensor: sensor].step, sensor: sensor, tick: tick)
    }

    /// Readings of a sensor before a place.
    func readingCount(ofSensor sensor: Int, before place: Place, _ order: RowOrder) -> Int64 {
        let step = self[ofSensor: sensor].step
        guard order == .time else {
            return sensor < place.sensor ? tickCount(step: step) : sensor == place.sensor ? place.tick : 0
        }
        let earlier = (place.instant + step - 1) / step
        return earlier + (place.instant % step == 0 && sensor < place.sensor ? 1 : 0)
    }

    func forEachRun(
        in positions: Range<Int64>,
        pace: Int,
        _ order: RowOrder,
        _ body: (_ sensor: Int, _ ticks: Range<Int64>) -> Void
    ) {
        guard !positions.isEmpty else { return }
        let (begin, end) = (place(at: positions.lowerBound, order), place(at: positions.upperBound, order))
        if order == .time, positions.count < sensorCount {
            return forEachStretch(in: positions) { instant, sensors, band in
                guard band.pace == pace else { return }
                let tick = instant / band.step
                for sensor in sensors { body(sensor, tick..<tick + 1) }
            }
        }
        for band in bands where band.pace == pace {
            var sensors = band.first..<band.first + band.count
            if order == .sensor { sensors = sensors.clamped(to: begin.sensor..<end.sensor + 1) }
            for sensor in sensors {
                let first = readingCount(ofSensor: sensor, before: begin, order)
                body(sensor, first..<readingCount(ofSensor: sensor, before: end, order))
            }
        }
    }

    /// The readings at positions in the order of time as stretches: sensors of one band at one instant.
    func forEachStretch(in positions: Range<Int64>, _ body: (_ instant: Int64, _ sensors: Range<Int>, Band) -> Void) {
        guard !positions.isEmpty else { return }
        let start = place(at: positions.lowerBound, .time)
        var (instant, index, sensor) = (start.instant, index(ofSensor: start.sensor), start.sensor)
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
        one.bands == other.bands && one.instants == other.instants
    }

    func hash(into hasher: inout Hasher) { hasher.combine(bands) }
}
