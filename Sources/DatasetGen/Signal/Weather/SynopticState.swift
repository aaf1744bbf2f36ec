/// What the passing systems do to a place: latent processes of variance about 1.
///
/// Temperature and moisture rise before a low and fall behind it: they follow the latent state of the pressure, looked at
/// eight hours ahead and 22 hours ago, besides processes of their own.
struct SynopticState {
    let pressure: Double
    /// The state 22 hours ago.
    let behind: Double
    let temperature: Double
    let dewPoint: Double

    /// The state of the place that the cells were evaluated for.
    init(_ cells: WeatherCells) {
        pressure = cells.process(WeatherProcess.synoptic)
        let ahead = cells.process(WeatherProcess.synopticAhead)
        behind = cells.process(WeatherProcess.synopticBehind)
        let airMass = cells.process(WeatherProcess.airMass)
        temperature = -0.42 * ahead + 0.3 * behind + 0.87 * airMass
        dewPoint = -0.52 * ahead + 0.36 * behind + 0.47 * airMass + 0.66 * cells.process(WeatherProcess.moisture)
    }

    /// The variance of the difference between temperature and dew point that are `temperature` and `dewPoint` times as large.
    static func depressionVariance(temperature: Double, dewPoint: Double) -> Double {
        // Variances 1.02 and 1.06, and a covariance of 0.7, as the terms above have them.
        1.02 * temperature * temperature + 1.06 * dewPoint * dewPoint - 1.4 * temperature * dewPoint
    }

    /// A number for each metric of the weather.
    typealias Parts = (temperature: Double, dewPoint: Double, pressure: Double)

    /// How much larger than usual changes within hours are, by the standard deviations of their logarithms; the mean of the squares
    /// is 1.
    static func volatility(_ cells: WeatherCells, _ sizes: Parts) -> Parts {
        func factor(_ process: Double, _ size: Double) -> Double {
            Elementary.quickExponential(size * process - size * size)
        }
        let all = cells.process(WeatherProcess.volatility)
        return (
            factor(all, sizes.temperature),
            factor(0.6 * all + 0.8 * cells.process(WeatherProcess.dewPointVolatility), sizes.dewPoint),
            factor(0.6 * all + 0.8 * cells.process(WeatherProcess.pressureVolatility), sizes.pressure)
        )
    }
}
