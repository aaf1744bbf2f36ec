/// Something that happens to healthy sensors now and then and looks like a fault, as a recipe has it: rain, fog, sun on the
/// housing, a door.
public struct PhenomenonParameters: Hashable, Sendable {
    /// What it is, and so whom it comes to and what it does.
    public enum Nature: Hashable, Sendable {
        /// A shower over a city.
        case rain
        /// Fog over a city, from the night on.
        case fog
        /// The sun on the housing of a sensor, about the same hour of some days.
        case sun
        /// Anything else that a sensor feels: the values that metrics go towards.
        case other([MetricValue])
    }

    /// A value of a metric.
    public struct MetricValue: Hashable, Sendable {
        /// The metric.
        public package(set) var metric: Metric
        /// In its unit.
        public package(set) var value: Double
    }

    /// Its name; no two of a recipe have the same.
    public package(set) var name: String
    /// What it is.
    public package(set) var nature: Nature
    /// Mean microseconds from one to the next, at one place or sensor.
    public package(set) var every: Int64
    /// How long it lasts at least and at most, in microseconds; all lengths are equally likely.
    public package(set) var duration: ClosedRange<Int64>
    /// Microseconds until it is felt in full.
    public package(set) var onset: Int64
    /// Microseconds from its end until nothing is felt of it any more.
    public package(set) var recovery: Int64
    /// The expected share of the sensors that know it; 1 for one of a city.
    public package(set) var share: Double
    /// The only cities that have it, or the only groups where it is no weather; empty for all.
    public package(set) var only: [String]
}

extension PhenomenonParameters.Nature {
    /// The one that a name stands for; nil for a name of the recipe's own.
    init?(name: String) {
        switch name {
        case "rain": self = .rain
        case "fog": self = .fog
        case "sun": self = .sun
        default: return nil
        }
    }

    /// Whether it comes to all sensors of a city.
    package var isOfCity: Bool { self == .rain || self == .fog }

    /// Whether it comes at most once a day, at its hours.
    var isDaily: Bool { self == .fog || self == .sun }

    /// How long it lasts, until it is felt in full, and until it is gone, where the recipe does not say.
    var usual: (duration: ClosedRange<Int64>?, onset: Int64, recovery: Int64) {
        let minute: Int64 = 60_000_000
        return switch self {
        case .rain: (15 * minute...180 * minute, 10 * minute, 40 * minute)
        case .fog: (120 * minute...360 * minute, 60 * minute, 60 * minute)
        case .sun: (20 * minute...90 * minute, 10 * minute, 25 * minute)
        case .other: (nil, minute, 10 * minute)
        }
    }
}
