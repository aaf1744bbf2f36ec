/// How hard an anomaly is to tell from what healthy readings do in the same time: noise, and for slow ones weather too.
public enum Difficulty: String, CaseIterable, Sendable {
    /// A threshold finds it.
    case easy
    /// A threshold finds it often, or with false alarms.
    case medium
    /// It hides in the noise.
    case hard
}
