/// What a worker keeps of the last knots: per site the weather, per sensor the readings on both sides.
///
/// A reading at a second needs new knots once in 300 ticks; without this, a wide fleet would compute them for each.
struct KnotCache {
    /// Consecutive knots whose times and weather are kept.
    private static let depth: Int64 = 4
    /// Sensors that are kept; of a larger fleet the last ones used.
    private static let sensorLimit = 262_144

    private struct SensorValues {
        var sensor = -1
        var knot = Int64.min
        var left = SIMD4<Double>()
        var right = SIMD4<Double>()
    }

    private var knots: [Knot]
    private var cells: WeatherCells
    private var weather: [SiteWeather]
    private var sensors: [SensorValues]

    init(sites: [Site], sensorCount: Int) {
        knots = Array(repeating: Knot(), count: Int(Self.depth))
        weather = Array(repeating: SiteWeather(), count: sites.count * Int(Self.depth))
        cells = WeatherCells(siteCount: sites.contains { $0.isSecondEdition } ? sites.count : 0)
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
        let earlier = weather(at: sensor.site, index - 1, model)
        let site = weather(at: sensor.site, index, model)
        // Looked at in place: a copy would count references to each of its lists.
        let kinds = model.kinds.span
        return kinds[sensor.kind]
            .values(of: sensor, at: knots[Self.slot(index)], site: site, earlier: earlier)
    }

    private mutating func weather(at site: Int, _ index: Int64, _ model: SignalModel) -> SiteWeather {
        let slot = Self.slot(index)
        knots[slot].move(to: index)
        let place = site * Int(Self.depth) + slot
        if weather[place].index != index {
            weather[place] = model.sites.span[site].weather(knots[slot], ofSite: site, &cells)
        }
        return weather[place]
    }

    private static func slot(_ index: Int64) -> Int { Int(index & (depth - 1)) }
}
