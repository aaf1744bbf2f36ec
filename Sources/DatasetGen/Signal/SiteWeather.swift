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
