/// What a worker keeps of the last knots: per site the weather, per sensor the readings on both sides.
///
/// A reading at a second needs new knots once in 300 ticks; without this, a wide fleet would compute them for each.
struct KnotCache {
    /// Of how many places' knots the weather is kept at most.
    private static let weatherLimit = 16_384
    /// Sensors that are kept; of a larger fleet the last ones used.
    private static let sensorLimit = 262_144

    private struct SensorValues {
        var sensor = -1
        var knot = Int64.min
        var left = SIMD4<Double>()
        var right = SIMD4<Double>()
    }

    /// Knots whose times are kept, so that the sensors of a block have them in common: a prime, as knots of whole hours would share
    /// the slots of a power of two.
    private let timeDepth: Int
    private var knots: [Knot]
    /// Whether there are places of the second edition, and others.
    private let hasWaves: Bool
    private let hasOctaves: Bool
    private var cells: WeatherCells
    private var weather: [SiteWeather]
    /// Knots, or quarters of an hour, of a place whose weather is kept.
    private let depth: Int
    private var sensors: [SensorValues]

    init(sites: [Site], sensorCount: Int) {
        // Two are used at a time, and four quarters; a sensor alone has nobody to share more with.
        timeDepth = sensorCount > 1 ? 251 : 11
        knots = Array(repeating: Knot(), count: timeDepth)
        depth = sensorCount > 1 ? [251, 61].first { sites.count * $0 <= Self.weatherLimit } ?? 5 : 5
        weather = Array(repeating: SiteWeather(), count: sites.count * depth)
        hasWaves = sites.contains { $0.isSecondEdition }
        hasOctaves = sites.contains { !$0.isSecondEdition }
        cells =
            hasWaves
            ? WeatherCells(siteCount: min(sites.count, max(1, sensorCount)), instantCount: timeDepth)
            : WeatherCells(siteCount: 0, instantCount: 0)
        sensors = Array(repeating: SensorValues(), count: max(1, min(sensorCount, Self.sensorLimit)))
    }

    /// The readings of a sensor at a knot and the next, in steps, before noise and rounding; if the knot is alone, the next one
    /// is not asked for, and the knot's own stand for it.
    mutating func values(
        of sensor: SensorCore,
        from knot: Int64,
        isAlone: Bool,
        _ model: SignalModel
    ) -> (left: SIMD4<Double>, right: SIMD4<Double>) {
        let slot = sensor.index % sensors.count
        let kept = sensors[slot]
        if kept.sensor == sensor.index, kept.knot == knot { return (kept.left, kept.right) }
        let isNext = kept.sensor == sensor.index && kept.knot == knot - 1
        let left = isNext ? kept.right : values(of: sensor, at: knot, model)
        if isAlone { return (left, left) }
        let right = values(of: sensor, at: knot + 1, model)
        sensors[slot] = SensorValues(sensor: sensor.index, knot: knot, left: left, right: right)
        return (left, right)
    }

    private mutating func values(of sensor: SensorCore, at index: Int64, _ model: SignalModel) -> SIMD4<Double> {
        var (site, earlier) = (SiteWeather(), SiteWeather())
        if model.kinds.span[sensor.kind].climate == .cityV2 {
            site = smoothWeather(at: sensor.site, index, model)
            // The sensor's lag is in what changes within minutes.
            earlier = site
        } else {
            earlier = weather(at: sensor.site, index - 1, model)
            site = weather(at: sensor.site, index, model)
        }
        // Quarters of an hour may have taken its slot.
        move(to: index)
        // Looked at in place: a copy would count references to each of its lists.
        let kinds = model.kinds.span
        return kinds[sensor.kind]
            .values(of: sensor, at: knots.span[timeSlot(index)], site: site, earlier: earlier)
    }

    private mutating func weather(at site: Int, _ index: Int64, _ model: SignalModel) -> SiteWeather {
        let place = site * depth + Self.slot(index, depth)
        move(to: index)
        if weather[place].index != index {
            let knot = knots[timeSlot(index)]
            weather[place] = model.sites.span[site].weather(knot, at: 0, ofSite: site, &cells)
        }
        return weather[place]
    }

    /// The weather of the second edition, which is computed at quarters of an hour.
    private mutating func smoothWeather(at site: Int, _ index: Int64, _ model: SignalModel) -> SiteWeather {
        let quarter = index.flooredQuotient(by: SiteWeather.knotsPerQuarter)
        let part = Int(index - quarter * SiteWeather.knotsPerQuarter)
        if part == 0 { return weather(at: site, quarter: quarter, model) }
        return SiteWeather(
            weather(at: site, quarter: quarter - 1, model),
            weather(at: site, quarter: quarter, model),
            weather(at: site, quarter: quarter + 1, model),
            weather(at: site, quarter: quarter + 2, model),
            part: part
        )
    }

    private mutating func weather(at site: Int, quarter: Int64, _ model: SignalModel) -> SiteWeather {
        let place = site * depth + Self.slot(quarter, depth)
        let index = quarter * SiteWeather.knotsPerQuarter
        if weather[place].index != index {
            move(to: index)
            let instant = timeSlot(quarter)
            let knot = knots[timeSlot(index)]
            cells.move(instant, toQuarter: quarter)
            weather[place] = model.sites.span[site].weather(knot, at: instant, ofSite: site, &cells)
        }
        return weather[place]
    }

    /// Makes the times of a knot known.
    private mutating func move(to index: Int64) {
        let slot = timeSlot(index)
        if knots[slot].index != index { knots[slot].move(to: index, hasOctaves: hasOctaves, hasWaves: hasWaves) }
    }

    private func timeSlot(_ index: Int64) -> Int { Self.slot(index, timeDepth) }

    @inline(__always)
    private static func slot(_ index: Int64, _ depth: Int) -> Int {
        Int(UInt64(bitPattern: index) % UInt64(depth))
    }
}
