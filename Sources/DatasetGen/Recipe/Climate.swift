/// What temperature, humidity and pressure follow.
public enum Climate: String, CaseIterable, Sendable {
    /// The moments and bounds of `normal_parameters`.
    case normalParameters = "normal_parameters"
    /// Season, latitude and elevation of each sensor's city.
    case city
}
