/// How hard an anomaly is to tell from the sensor's own noise.
public enum Difficulty: String, CaseIterable, Sendable {
    /// A threshold finds it.
    case easy
    /// A threshold finds it often, or with false alarms.
    case medium
    /// It hides in the noise.
    case hard
}
