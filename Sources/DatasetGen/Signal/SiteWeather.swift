/// The weather of a site at a knot.
struct SiteWeather: Sendable {
    /// The knot's number.
    var index: Int64 = .min
    /// The clear part of the sky, 0…1.
    var clearness = 0.0
    /// Sine of the sun's elevation.
    var sunElevation = 0.0
    /// Local solar time in days.
    var solarDay = 0.0
    /// What temperature, humidity and pressure follow; the fourth is 0.
    ///
    /// Under `normal_parameters` processes of variance 1, under `climate: city` °C, vapour pressure in units of
    /// saturation at 0 °C, and hPa.
    var values = SIMD4<Double>()
}

extension SiteWeather {
    /// The second edition computes the weather every third knot.
    static let knotsPerQuarter: Int64 = 3

    /// The weather at the first or second knot behind a quarter of an hour, by that of the quarter before, its own and the next two:
    /// a smooth curve (Catmull and Rom, "A class of local interpolating splines", 1974).
    init(_ before: SiteWeather, _ last: SiteWeather, _ next: SiteWeather, _ behind: SiteWeather, part: Int) {
        // At a third of the way; at two thirds in reverse.
        let (near, far) = part == 1 ? (last, next) : (next, last)
        let (nearer, farther) = part == 1 ? (before, behind) : (behind, before)
        let (a, b, c, d) = (-2 / 27.0, 21 / 27.0, 9 / 27.0, -1 / 27.0)
        index = last.index + Int64(part)
        clearness = a * nearer.clearness + b * near.clearness + c * far.clearness + d * farther.clearness
        sunElevation =
            a * nearer.sunElevation + b * near.sunElevation + c * far.sunElevation + d * farther.sunElevation
        solarDay = last.solarDay + Double(part) / 288
        values = a * nearer.values + b * near.values + c * far.values + d * farther.values
    }
}
