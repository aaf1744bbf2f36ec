/// What the variation of a metric consists of.
///
/// The shares of its variance that cycles, weather, the sensor's surroundings and the sensor's own noise have; they add
/// up to 1.
struct SignalShape {
    /// A cycle of the solar day.
    struct Harmonic {
        /// Cycles per solar day.
        var cycles: Double
        /// Local solar hour of a maximum.
        var peakHour: Double
        /// Share of the metric's variance.
        var share: Double
        /// −1 turns maxima into minima.
        var sign = 1.0
    }

    /// Cycles of the solar day, shared by the sensors of a site.
    var harmonics: [Harmonic]
    /// Per ``Octave/weather``: share of the variance, shared by the sensors of a site.
    var weatherShares: [Double]
    /// Per ``Octave/local``: share of the variance, each sensor's own.
    var localShares: [Double]
    /// Share of the variance of white noise, drawn anew for each reading.
    var noiseShare: Double

    /// The shape of a metric.
    ///
    /// Temperature peaks in the early afternoon and is lowest before sunrise; relative humidity runs against it.
    /// Pressure has a small semi-diurnal tide with maxima near 10 and 22 h (Haurwitz 1956) on synoptic weather of days.
    /// Voltage follows the load: low by day, with slow wandering of the supply.
    static func shape(of metric: Metric) -> SignalShape {
        switch metric {
        case .temperature:
            SignalShape(
                harmonics: [
                    Harmonic(cycles: 1, peakHour: 14.5, share: 0.46), Harmonic(cycles: 2, peakHour: 13.5, share: 0.04),
                ],
                weatherShares: [0.26, 0.1, 0.04, 0.02],
                localShares: [0.05, 0.025],
                noiseShare: 0.005
            )
        case .humidity:
            SignalShape(
                harmonics: [
                    Harmonic(cycles: 1, peakHour: 14.5, share: 0.42, sign: -1),
                    Harmonic(cycles: 2, peakHour: 13.5, share: 0.03, sign: -1),
                ],
                weatherShares: [0.26, 0.12, 0.05, 0.02],
                localShares: [0.06, 0.03],
                noiseShare: 0.01
            )
        case .pressure:
            SignalShape(
                harmonics: [Harmonic(cycles: 2, peakHour: 10, share: 0.01)],
                weatherShares: [0.78, 0.2, 0.008, 0.001],
                localShares: [0.0005, 0.0003],
                noiseShare: 0.0002
            )
        case .voltage:
            SignalShape(
                harmonics: [Harmonic(cycles: 1, peakHour: 3, share: 0.2)],
                weatherShares: [0, 0, 0, 0],
                localShares: [0.5, 0.25],
                noiseShare: 0.05
            )
        }
    }

    /// The daily cycle at a solar time in days, scaled by the square roots of its shares.
    func dailyCycle(solarDays: Double) -> Double {
        harmonics.reduce(0) { sum, harmonic in
            let turns = harmonic.cycles * (solarDays - harmonic.peakHour / 24)
            // A cosine's variance over a cycle is ½.
            return sum + harmonic.sign * (2 * harmonic.share).squareRoot() * Elementary.cosine(turns: turns)
        }
    }

    /// The variance of all but the daily cycle.
    var randomShare: Double {
        weatherShares.reduce(0, +) + localShares.reduce(0, +) + noiseShare
    }
}

/// The lattice periods of red noise, in microseconds: sums of several octaves fall off with frequency as weather does.
enum Octave {
    /// Octaves that the sensors of a site share: 4 days, 30 h, 9 h, 2.5 h.
    static let weather: [Int64] = [345_600_000_000, 108_000_000_000, 32_400_000_000, 9_000_000_000]
    /// Octaves of a sensor's own surroundings: 90 min and 15 min.
    static let local: [Int64] = [5_400_000_000, 900_000_000]
}
