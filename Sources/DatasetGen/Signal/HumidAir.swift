/// Water vapour in air.
///
/// Source: the Magnus formula with the coefficients of Alduchov and Eskridge, "Improved Magnus Form Approximation of
/// Saturation Vapor Pressure", Journal of Applied Meteorology 35, 1996: e = 6.1094 hPa · exp(17.625 T / (243.04 + T)).
enum HumidAir {
    /// Saturation vapour pressure at a temperature in °C, in units of that at 0 °C.
    static func saturation(_ celsius: Double) -> Double {
        // Below −200 °C the formula has a pole; no air is that cold.
        let temperature = max(-100, celsius)
        return Elementary.exponential(17.625 * temperature / (243.04 + temperature))
    }

    /// Relative humidity in %, below 100: r = e / e_s bends smoothly towards saturation, where dew forms.
    static func relativeHumidity(vapour: Double, celsius: Double) -> Double {
        let ratio = vapour / saturation(celsius)
        let squared = ratio * ratio
        let power12 = squared * squared * squared * squared * squared * squared
        // The twelfth root by a square root, a square root and a cube root.
        return 100 * ratio / cubeRoot((1 + power12).squareRoot().squareRoot())
    }

    /// The cube root of a positive number.
    private static func cubeRoot(_ x: Double) -> Double {
        Elementary.exponential(Elementary.logarithm(x) / 3)
    }
}
