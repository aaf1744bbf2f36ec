/// A fault of something that several sensors depend on, as a recipe has it: power, a gateway, a firmware, the weather.
public struct IncidentParameters: Hashable, Sendable {
    /// What sensors have in common that an incident hits at one time.
    public enum Scope: String, CaseIterable, Sendable {
        /// All sensors.
        case fleet
        /// Those of a city or another place.
        case city
        /// Those of a group of the fleet.
        case group
        /// Those of a manufacturer.
        case manufacturer
        /// Those of a model.
        case model
        /// Those of a firmware version.
        case firmwareVersion = "firmware_version"
    }

    /// When incidents begin.
    public enum Timing: Hashable, Sendable {
        /// At random, in each city, group and so on by itself: the mean time from one to the next, in microseconds.
        case every(Int64)
        /// At these microseconds from the start of the run, in rising order.
        case at([Int64])
    }

    /// The name of what fails; no two of a recipe have the same.
    public package(set) var cause: String
    /// Whom an incident hits.
    public package(set) var scope: Scope
    /// The only cities, groups and so on that have incidents; empty for all.
    public package(set) var only: [String]
    /// When incidents begin.
    public package(set) var timing: Timing
    /// How long they last at least and at most, in microseconds; all lengths are equally likely.
    public package(set) var duration: ClosedRange<Int64>
    /// By how much later, at most, an incident comes to a sensor, and leaves it; in microseconds.
    public package(set) var spread: Int64
    /// The expected share of the sensors that an incident hits.
    public package(set) var share: Double
    /// What it does to them; its duration is that of the incident.
    public package(set) var effect: AnomalyTypeParameters
}
