/// The semi-diurnal tide of the atmosphere: 1.16 hPa · cos³φ · sin(2t + 158°) with t the local solar time as an angle, so
/// that maxima lie near 9.7 h and 21.7 h.
///
/// Source: Chapman and Lindzen, "Atmospheric Tides", 1970, chapter 2, after Haurwitz (1956).
enum Tide {
    /// Amplitude in hPa at sea level.
    static func amplitude(cosine: Double) -> Double { 1.16 * cosine * cosine * cosine }

    /// The wave of amplitude 1.
    static func phase(solarDay: Double) -> Double { Elementary.sine(turns: 2 * solarDay + 158 / 360.0) }
}
