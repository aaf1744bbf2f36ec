/// The course of air temperature over a day after Parton and Logan, as ``DailyCycle``, for any lag and decay; its mean comes in
/// closed form.
struct DailyCourse {
    /// The course less its mean over the day; it is 1 from sunrise to the maximum.
    let centred: Double

    /// - Parameters:
    ///   - sun: where the sun stands.
    ///   - lag: hours from noon to the maximum.
    ///   - twilight: hours by which the day begins behind sunrise, and ends before sunset.
    ///   - decay: how fast it cools by night.
    init(_ sun: LocalSun, lag: Double, twilight: Double, decay: Double) {
        let day = sun.dayLength - 2 * twilight
        let night = 24 - day
        let quarter = day / 2 + lag
        let sunset = Elementary.sine(turns: day / quarter / 4)
        let residue = Elementary.quickExponential(-decay)
        let sinceSunrise = sun.hour - (12 - day / 2)
        let hours = sinceSunrise < 0 ? sinceSunrise + 24 : sinceSunrise
        let value: Double
        if hours <= day {
            value = Elementary.sine(turns: hours / quarter / 4)
        } else {
            let fallen = Elementary.quickExponential(-decay * (hours - day) / night)
            value = sunset * (fallen - residue) / (1 - residue)
        }
        // The integral of a sine from sunrise to sunset, and of what falls until sunrise.
        let byDay = quarter * 0.636_619_772_367_581_3 * (1 - Elementary.cosine(turns: day / quarter / 4))
        let byNight = night * sunset * ((1 - residue) / decay - residue) / (1 - residue)
        centred = value - (byDay + byNight) / 24
    }
}
