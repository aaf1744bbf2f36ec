/// What a device's make does to its failures: a factor on the share of anomalies, and one on each type's weight.
///
/// Makes are told apart by what a group says of its own failures, too.
public struct AnomalyProfile: Hashable, Sendable {
    /// Manufacturer.
    public let manufacturer: String
    /// Firmware version.
    public let firmwareVersion: FirmwareVersion
    /// Model.
    public let model: String
    /// How the devices of a group fail; nil for as the recipe says.
    package let anomalies: AnomalyParameters?
    /// Instants of the recipe's grid from one reading of a device to its next.
    package let step: Int64

    /// A make of device.
    public init(manufacturer: String, firmwareVersion: FirmwareVersion, model: String) {
        self.manufacturer = manufacturer
        self.firmwareVersion = firmwareVersion
        self.model = model
        (anomalies, step) = (nil, 1)
    }

    /// The make of a group's devices.
    package init(_ group: FleetGroup) {
        (manufacturer, firmwareVersion, model) = (group.manufacturer, group.firmwareVersion, group.model)
        (anomalies, step) = (group.anomalies, group.step)
    }

    /// Manufacturer factor times firmware factor.
    public var shareFactor: Double { Self.factor(ofManufacturer: manufacturer) * Self.factor(of: firmwareVersion) }

    /// Factor on the weight of a type, before the weights are normalised.
    public func weightFactor(of type: AnomalyType) -> Double {
        Self.models.first { $0.name == model && $0.type == type }?.factor ?? 1
    }

    /// The share of anomalies that a recipe's probability gives on this device, at most 1.
    public func share(ofProbability probability: Double) -> Double {
        min(1, probability * shareFactor)
    }

    /// Each enabled type's part of the anomalous readings; the parts add up to 1.
    public func typeShares(of types: [AnomalyTypeParameters]) -> [Double] {
        let weights = types.map { $0.weight * weightFactor(of: $0.type) }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }

    /// Manufacturers that fail more or less often than others.
    static let manufacturers: [(name: String, factor: Double)] = [
        ("SensorTech", 1.2), ("DataLogger", 1.1), ("MonitorPro", 0.9), ("DataSense", 0.8),
    ]

    /// Models that are prone to one type of anomaly.
    static let models: [(name: String, type: AnomalyType, factor: Double)] = [
        ("EnvMonitor-3000", .missingData, 2), ("EnvMonitor-4000", .pattern, 1.5), ("EnvMonitor-5000", .spike, 1.5),
    ]

    private static func factor(ofManufacturer name: String) -> Double {
        manufacturers.first { $0.name == name }?.factor ?? 1
    }

    private static func factor(of firmware: FirmwareVersion) -> Double {
        switch (firmware.major, firmware.isPrerelease) {
        case (3..., true): 1.5
        case (1, _): 0.7
        case (2, _): 0.85
        default: 1
        }
    }
}
