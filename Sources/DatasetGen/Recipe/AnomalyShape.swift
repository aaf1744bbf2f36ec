/// How an anomaly's effect goes over its duration.
public enum AnomalyShape: String, CaseIterable, Sendable {
    /// Spike: the same offset for as long as it lasts.
    case impulse
    /// Spike: falls off from its first reading.
    case decay
    /// Trend: drifts away and comes back at the same pace.
    case ramp
    /// Trend: drifts away, stays, and comes back.
    case plateau
    /// Trend: drifts away until a recalibration brings it back at the end.
    case recalibration
    /// Pattern: a sine wave that fades in and out.
    case sine
    /// Pattern: a wave that dwells at its extremes and fades in and out.
    case square
    /// Noise: a burst that swells and ebbs.
    case burst
    /// Noise: of the same strength from its first reading to its last.
    case flat

    /// The type of anomaly that has this shape.
    public var type: AnomalyType {
        switch self {
        case .impulse, .decay: .spike
        case .ramp, .plateau, .recalibration: .trend
        case .sine, .square: .pattern
        case .burst, .flat: .noise
        }
    }

    /// The shapes that a type takes where a recipe states none.
    static func defaults(for type: AnomalyType) -> [AnomalyShape] {
        allCases.filter { $0.type == type && $0 != .flat }
    }
}
