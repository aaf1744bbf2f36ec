/// A place whose weather sensors share, and what their readings make of it.
struct SensorSite: Hashable, Sendable {
    let place: Place
    let climate: Climate
    /// In hPa, under `normal_parameters`: it says what share the tide has.
    let pressureDeviation: Double

    /// A place under the parameters of its sensors, by ``StandardMetric/rawValue``.
    init(_ place: Place, climate: Climate, normal: [MetricParameters]) {
        (self.place, self.climate) = (place, climate)
        pressureDeviation = normal[StandardMetric.pressure.rawValue].standardDeviation
    }
}
