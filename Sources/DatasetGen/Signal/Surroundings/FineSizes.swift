/// How large what a sensor reports of ``FineCourse`` is: standard deviations in steps, by ``StandardMetric/rawValue``.
///
/// Variances, relative to that of the surroundings of an hour and less, fall as P^⅔ on from the octave of 20 minutes, as those of
/// turbulence do (Kolmogorov, Doklady Akademii Nauk SSSR 30, 1941). A sensor that lags by τ behind the air sees of an octave of
/// period P the part 1 / √(1 + (2πτ/P)²), as of a wave behind a low pass of first order.
struct FineSizes: Sendable {
    private let tenMinutes: SIMD4<Float>
    private let fiveMinutes: SIMD4<Float>
    private let twoMinutes: SIMD4<Float>
    private let minute: SIMD4<Float>
    /// The steps of humidity between which its readings lie before noise: the lowest, and what part of them one is.
    private let lowest: Double
    private let part: Double

    /// Periods in seconds, and variances relative to that of the slower surroundings.
    static let octaves: [(seconds: Double, variance: Double)] = [
        (600, 0.157), (300, 0.099), (120, 0.054), (60, 0.034),
    ]

    /// - Parameters:
    ///   - surroundings: standard deviations of the slower surroundings in steps.
    ///   - lags: of the sensor in seconds.
    ///   - humidity: the steps between which humidity lies before noise.
    init(surroundings: SIMD4<Double>, lags: SIMD4<Double>, humidity: (lowest: Double, range: Double)) {
        let sizes = Self.octaves.map { octave in
            var size = surroundings
            for metric in 0..<4 { size[metric] *= Self.seen(octave, lag: lags[metric]).squareRoot() }
            return SIMD4<Float>(size)
        }
        (tenMinutes, fiveMinutes, twoMinutes, minute) = (sizes[0], sizes[1], sizes[2], sizes[3])
        (lowest, part) = (humidity.lowest, 1 / humidity.range)
    }

    /// The standard deviations of one of ``octaves``.
    func amplitude(ofOctave octave: Int) -> SIMD4<Float> {
        switch octave {
        case 0: tenMinutes
        case 1: fiveMinutes
        case 2: twoMinutes
        default: minute
        }
    }

    /// The variance of an octave that a sensor sees, relative to that of the slower surroundings.
    static func seen(_ octave: (seconds: Double, variance: Double), lag: Double) -> Double {
        let turn = 6.283_185_307_179_586 * lag / octave.seconds
        return octave.variance / (1 + turn * turn)
    }

    /// By what factor the course counts at readings in steps: that of humidity is the less the nearer it is to an end of its range,
    /// 4 h (1 − h), so that it never leaves it.
    @inline(__always)
    func factor(_ readings: SIMD4<Double>) -> SIMD4<Float> {
        let height = (readings.y - lowest) * part
        return SIMD4(1, Float(4 * max(0, height * (1 - height))), 1, 1)
    }
}
