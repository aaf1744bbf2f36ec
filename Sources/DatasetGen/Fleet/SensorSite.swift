/// A place whose weather sensors share, and what their readings make of it.
struct SensorSite: Hashable, Sendable {
    let place: Place
    let climate: Climate
    /// In hPa, under `normal_parameters`: it says what share the tide has.
    let pressureDeviation: Double
}
