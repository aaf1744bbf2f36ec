/// Where the sun stands over a place at an instant.
struct LocalSun: Sendable {
    /// Local solar time in days.
    let day: Double
    /// Hours since midnight, local solar time.
    let hour: Double
    /// Hours of daylight, as ``DailyCycle`` takes them.
    let dayLength: Double
    /// Sine of the sun's elevation.
    let elevation: Double
    /// Sine of its elevation at noon.
    let noon: Double

    /// - Parameters:
    ///   - day: local solar time in days.
    ///   - declination: sine and cosine of the sun's.
    ///   - latitude: sine, cosine and tangent of the place's.
    init(
        day: Double,
        declination: (sine: Double, cosine: Double),
        latitude: (sine: Double, cosine: Double, tangent: Double)
    ) {
        self.day = day
        hour = (day - Double(Int64(day + 1) - 1)) * 24
        // Sunrise equation: the hour angle H of sunset has cos H = −tan φ tan δ.
        let cosine = -latitude.tangent * declination.sine / declination.cosine
        let hours = 48 * Elementary.arccosineTurns(min(1, max(-1, cosine)))
        dayLength = min(max(hours, DailyCycle.dayLengths.lowerBound), DailyCycle.dayLengths.upperBound)
        let hourAngle = Elementary.cosine(turns: day - 0.5)
        elevation = latitude.sine * declination.sine + latitude.cosine * declination.cosine * hourAngle
        noon = latitude.sine * declination.sine + latitude.cosine * declination.cosine
    }
}
