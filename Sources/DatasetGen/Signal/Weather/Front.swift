/// A cold front: it gets warmer and moister before it, colder and drier within hours as it passes, and slowly recovers; the
/// pressure has its trough there.
struct Front: Sendable {
    /// One front passes in so many hours.
    static let spacing = 80.0
    /// Random numbers that a front takes.
    static let drawCount = 4

    /// When it passes, in hours since 1970.
    private let hour: Double
    /// 0…2.6, mostly below 1.
    private let strength: Double
    /// How long it takes to pass, in hours.
    private let width: Double
    /// How much later than the temperature the dew point falls, in hours.
    private let lateness: Double

    /// What a front does to temperature and dew point in °C and to pressure in hPa, to be scaled by the place.
    typealias Effect = SIMD3<Double>

    /// What fronts do on average, which is taken off: the integrals of ``effect(at:)`` over time, at the mean strength of
    /// 0.8915, over ``spacing``.
    static let meanEffect = Effect(-0.125, -0.174, -0.125)

    /// A front by its number; `uniform` gives the random numbers 0…1 that are its own.
    init(_ number: Int64, uniform: (Int) -> Double) {
        hour = (Double(number) + 0.1 + 0.8 * uniform(0)) * Self.spacing
        // Exponential, cut off.
        strength = min(-Elementary.logarithm(1 - 0.98 * uniform(1)), 2.6)
        width = 0.5 + 2.5 * uniform(2)
        lateness = 1.5 * (uniform(3) - 0.3)
    }

    /// What it does at an hour since 1970.
    func effect(at now: Double) -> Effect {
        let since = now - hour
        // Beyond, less than a hundredth of a kelvin is left.
        guard since > -150, since < 240 else { return Effect() }
        var effect = Effect()
        effect.x = Self.course(since, width: width, rise: (0.6, 16), fall: (0.8, 26))
        effect.y = Self.course(since - lateness, width: width, rise: (0.55, 18), fall: (0.85, 30))
        let distance = (since * since + width * width).squareRoot() - width
        let ridge = (since - 30) / 22
        let trough = Elementary.quickExponential(-distance / (since < 0 ? 13 : 9))
        effect.z = 0.35 * Elementary.quickExponential(-ridge * ridge) - trough
        return strength * effect
    }

    /// A rise over so many hours before, and a fall from which it recovers over so many hours.
    private static func course(
        _ since: Double,
        width: Double,
        rise: (size: Double, hours: Double),
        fall: (size: Double, hours: Double)
    ) -> Double {
        let passed = step(since / width)
        // Most fronts are far: what they do not do is not computed.
        let before = passed < 1 ? (1 - passed) * rise.size * decay(-since / rise.hours) : 0
        let behind = passed > 0 ? passed * fall.size * decay(since / fall.hours) : 0
        return before - behind
    }

    /// From 0 to 1 within one unit around 0, but for 10⁻⁹ beyond ten units.
    private static func step(_ x: Double) -> Double {
        guard x < 10 else { return 1 }
        return x > -10 ? 1 / (1 + Elementary.quickExponential(-2.2 * x)) : 0
    }

    /// 1 before, and then falling.
    private static func decay(_ x: Double) -> Double { x > 0 ? Elementary.quickExponential(-x) : 1 }
}
