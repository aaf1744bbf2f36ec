/// What a phenomenon does to readings.
struct PhenomenonEffect: Sendable {
    private let nature: PhenomenonParameters.Nature
    /// The columns of temperature, humidity and pressure that follow a climate.
    private let air: (temperature: Int?, humidity: Int?, pressure: Int?)

    init(_ nature: PhenomenonParameters.Nature, of schema: MetricSchema) {
        self.nature = nature
        func column(_ metric: StandardMetric) -> Int? { schema.metrics.first { $0.standard == metric }?.index }
        air = (column(.temperature), column(.humidity), column(.pressure))
    }

    /// The metrics that it changes.
    var metrics: MetricSet {
        switch nature {
        case .other(let values): MetricSet(values.map(\.metric))
        case .rain:
            MetricSet([air.temperature, air.humidity, air.pressure].compactMap { $0.map(Metric.init(rawValue:)) })
        case .fog, .sun: MetricSet([air.temperature, air.humidity].compactMap { $0.map(Metric.init(rawValue:)) })
        }
    }

    /// Calls `body` with each metric's column and its new value, by what is read without it and by how much of it is felt, 0…1.
    ///
    /// - Parameters:
    ///   - part: how much is felt.
    ///   - read: the value of a column; nil where there is none.
    ///   - body: what to do with a column and its new value.
    func apply(_ part: Double, _ read: (Int) -> Double?, _ body: (Int, Double) -> Void) {
        switch nature {
        case .other(let values):
            for value in values {
                let column = value.metric.rawValue
                if let reading = read(column) { body(column, reading + part * (value.value - reading)) }
            }
        case .rain:
            dampen(part, to: 96, cooling: 0.8, read, body)
            // A cold pool weighs more: a hectopascal under a common shower.
            if let column = air.pressure, let reading = read(column) { body(column, reading + 0.8 * part) }
        case .fog:
            dampen(part, to: 99, cooling: 0.5, read, body)
        case .sun:
            warm(8 * part, read, body)
        }
    }

    /// Moist air: humidity goes towards `humidity` in %, and the temperature by a part of the way to that of a wet bulb.
    private func dampen(
        _ part: Double,
        to humidity: Double,
        cooling: Double,
        _ read: (Int) -> Double?,
        _ body: (Int, Double) -> Void
    ) {
        let found = air.humidity.flatMap(read)
        if let column = air.temperature, let reading = read(column) {
            // A wet bulb is colder by about 12 K times what lacks to saturation at 10 to 25 °C (Stull, J. Appl. Meteorol. Climatol.
            // 50, 2011). Where humidity is not measured, a usual one counts.
            let lacking = 1 - (found ?? 70) / 100
            body(column, reading - cooling * part * 12 * max(0, lacking))
        }
        if let column = air.humidity, let found, found < humidity { body(column, found + part * (humidity - found)) }
    }

    /// A housing that is warmer by some kelvins: the vapour stays, so that it is drier.
    private func warm(_ kelvins: Double, _ read: (Int) -> Double?, _ body: (Int, Double) -> Void) {
        let celsius = air.temperature.flatMap(read)
        if let column = air.temperature, let celsius { body(column, celsius + kelvins) }
        if let column = air.humidity, let reading = read(column) {
            let usual = celsius ?? 15
            body(column, reading * HumidAir.saturation(usual) / HumidAir.saturation(usual + kelvins))
        }
    }
}
