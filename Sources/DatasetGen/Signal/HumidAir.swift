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

    /// By how much a dew point in °C lies below the temperature where passing air has it `depression` lower: half of what comes near
    /// to saturation, or beyond, is left behind as fog and dew.
    ///
    /// The square root bends it over 4 °C around 0. Of airports' hours, 1 to 6 % are above 99 %RH.
    static func settled(depression: Double) -> Double {
        0.75 * depression + 0.25 * (depression * depression + 16).squareRoot()
    }

    /// Relative humidity in %, below 100: r = e / e_s bends smoothly towards saturation, where dew forms.
    static func relativeHumidity(vapour: Double, celsius: Double) -> Double {
        let ratio = vapour / saturation(celsius)
        let squared = ratio * ratio
        let power12 = squared * squared * squared * squared * squared * squared
        // The twelfth root by a square root, a square root and a cube root.
        return 100 * ratio / cubeRoot((1 + power12).squareRoot().squareRoot())
    }

    /// ``relativeHumidity(vapour:celsius:)`` to 10⁻⁷ of its value and in a third of the time, as the second edition has it at each knot.
    static func quickRelativeHumidity(vapour: Double, celsius: Double) -> Double {
        let temperature = max(-100, celsius)
        let ratio = vapour * Elementary.quickExponential(-17.625 * temperature / (243.04 + temperature))
        let squared = ratio * ratio
        let power12 = squared * squared * squared * squared * squared * squared
        return 100 * ratio * Elementary.quickExponential(Elementary.quickLogarithm(1 + power12) * (-1 / 12.0))
    }

    /// The cube root of a positive number.
    private static func cubeRoot(_ x: Double) -> Double {
        Elementary.exponential(Elementary.logarithm(x) / 3)
    }
}
