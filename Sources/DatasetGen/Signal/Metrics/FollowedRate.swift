/// A part of a counter's rate that is in proportion to the healthy readings of a process.
struct FollowedRate: Sendable {
    let model: ProcessModel
    /// The part of the mean rate.
    let weight: Double
    /// Microseconds that the counter comes later.
    let lag: Int64

    /// The rate at an instant in microseconds since 1970, in parts of the counter's mean rate; never below 0.
    func value(at time: Int64, of sensor: MetricKeys) -> Double {
        max(0, weight * model.value(at: time - lag, of: sensor) / model.mean)
    }
}

/// What counters have grown by, summed over steps of a quarter of an hour; the scratch memory of one worker.
///
/// Sums are whole numbers, so that it does not matter from where a sum is gone on with, forwards or backwards.
struct FollowedGrowth {
    /// Microseconds between two instants at which the rate is looked at; between them it is a straight line.
    private static let spacing: Int64 = 900_000_000
    /// 2⁻³² hours of the mean rate.
    private static let unit = 0x1p-32
    /// Sensors that are kept; of a larger fleet the last ones used.
    private static let sensorLimit = 65_536

    /// The growth of a sensor until a step, and the rates at the step's ends.
    private struct Place {
        var sensor: RandomKey?
        var step: Int64 = 0
        var growth: Int64 = 0
        var left = 0.0
        var right = 0.0
    }

    private let rates: [FollowedRate]
    private let start: Int64
    private var places: [Place]

    init(_ rates: [FollowedRate], grid: TickGrid, sensorCount: Int) {
        self.rates = rates
        start = grid.start.microseconds
        places = Array(repeating: Place(), count: rates.isEmpty ? 0 : max(1, min(sensorCount, Self.sensorLimit)))
    }

    /// Adds a sensor's growth in hours of the mean rate at some instants, in microseconds since the start.
    mutating func add(_ sensor: MetricKeys, at offsets: ArraySlice<Int64>, to sums: inout [Double]) {
        guard !rates.isEmpty else { return }
        let slot = sensor.index % places.count
        var place = places[slot]
        if place.sensor != sensor.sensor { place = first(of: sensor) }
        for (index, offset) in offsets.enumerated() where offset > 0 {
            move(&place, to: offset / Self.spacing, of: sensor)
            let part = Double(offset - place.step * Self.spacing) / Double(Self.spacing)
            let whole = growth(of: place, until: 1)
            sums[index] += Double(place.growth + min(whole, growth(of: place, until: part))) * Self.unit
        }
        places[slot] = place
    }

    private func first(of sensor: MetricKeys) -> Place {
        Place(sensor: sensor.sensor, left: rate(at: 0, of: sensor), right: rate(at: 1, of: sensor))
    }

    private func move(_ place: inout Place, to step: Int64, of sensor: MetricKeys) {
        // From the start it may be nearer.
        if step < place.step - step { place = first(of: sensor) }
        while place.step < step {
            place.growth += growth(of: place, until: 1)
            place.step += 1
            (place.left, place.right) = (place.right, rate(at: place.step + 1, of: sensor))
        }
        while place.step > step {
            place.step -= 1
            (place.left, place.right) = (rate(at: place.step, of: sensor), place.left)
            place.growth -= growth(of: place, until: 1)
        }
    }

    private func rate(at step: Int64, of sensor: MetricKeys) -> Double {
        rates.reduce(0) { $0 + $1.value(at: start + step * Self.spacing, of: sensor) }
    }

    /// The growth of a place's step until a part of it has passed.
    private func growth(of place: Place, until part: Double) -> Int64 {
        let hours = Double(Self.spacing) / 3.6e9 * part * (place.left + (place.right - place.left) * part / 2)
        return Int64((hours / Self.unit).rounded(.down))
    }
}
