/// The metrics that a recipe has which names none, in the order of their columns.
public enum StandardMetric: Int, CaseIterable, Sendable {
    /// Air temperature in °C.
    case temperature
    /// Relative humidity in %RH.
    case humidity
    /// Air pressure in hPa.
    case pressure
    /// Supply voltage in V.
    case voltage

    /// The number of metrics.
    package static let count = allCases.count

    /// The name of the column, the JSON key and the recipe key.
    public var name: String {
        switch self {
        case .temperature: "temperature"
        case .humidity: "humidity"
        case .pressure: "pressure"
        case .voltage: "voltage"
        }
    }

    /// One line on what it is.
    var summary: String {
        switch self {
        case .temperature: "Air temperature"
        case .humidity: "Relative humidity"
        case .pressure: "Air pressure"
        case .voltage: "Supply voltage"
        }
    }

    /// The unit's symbol.
    public var unit: String {
        switch self {
        case .temperature: "°C"
        case .humidity: "%RH"
        case .pressure: "hPa"
        case .voltage: "V"
        }
    }

    /// What nature or the instrument allows; a recipe's bounds and every reading, anomalous ones included, lie inside.
    public var physicalLimits: ClosedRange<Double> {
        switch self {
        case .temperature: -273.15...2000
        case .humidity: 0...100
        case .pressure: 0...20_000
        case .voltage: 0...10_000
        }
    }

    /// Where healthy readings lie that follow no bounds of a recipe; nil where nothing narrower than the limits is known.
    var healthyLimits: ClosedRange<Double>? {
        switch self {
        case .humidity: physicalLimits
        case .temperature, .pressure, .voltage: nil
        }
    }
}
