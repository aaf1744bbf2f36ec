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
        let passed = Self.step(since / width)
        effect.x = (1 - passed) * 0.6 * Self.decay(-since / 16) - passed * 0.8 * Self.decay(since / 26)
        let wet = since - lateness
        let dried = Self.step(wet / width)
        effect.y = (1 - dried) * 0.55 * Self.decay(-wet / 18) - dried * 0.85 * Self.decay(wet / 30)
        let distance = (since * since + width * width).squareRoot() - width
        let ridge = (since - 30) / 22
        effect.z =
            0.35 * Elementary.exponential(-ridge * ridge) - Elementary.exponential(-distance / (since < 0 ? 13 : 9))
        return strength * effect
    }

    /// From 0 to 1 within one unit around 0.
    private static func step(_ x: Double) -> Double {
        1 / (1 + Elementary.exponential(-min(max(2.2 * x, -50), 50)))
    }

    /// 1 before, and then falling.
    private static func decay(_ x: Double) -> Double { Elementary.exponential(-max(0, x)) }
}
