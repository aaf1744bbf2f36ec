/// One sensor of the fleet: its identity, and what its readings depend on.
///
/// What it has in common with its group is kept once for the group: a wide fleet has millions of sensors.
public struct Sensor: Sendable {
    /// Position in the fleet, from 0.
    public var index: Int { core.index }
    /// Unique identifier.
    public let id: String
    /// Serial number.
    public let serialNumber: String
    private let position: Position?
    private let group: SensorGroup
    /// What the readings depend on.
    package let core: SensorCore

    /// Latitude and longitude, in millionths of a degree.
    private struct Position {
        let latitude: Int32
        let longitude: Int32
    }

    init(id: String, serialNumber: String, place: Place, group: SensorGroup, core: SensorCore) {
        self.id = id
        self.serialNumber = serialNumber
        self.group = group
        self.core = core
        guard let latitude = place.latitude, let longitude = place.longitude else {
            position = nil
            return
        }
        position = Position(
            latitude: Int32(truncatingIfNeeded: latitude.count),
            longitude: Int32(truncatingIfNeeded: longitude.count)
        )
    }

    /// Where it is; the coordinates are the sensor's own.
    public var place: Place {
        var place = group.cities[core.member % group.cities.count]
        place.latitude = position.map { FixedPoint(count: Int64($0.latitude), decimals: Place.coordinateDecimals) }
        place.longitude = position.map { FixedPoint(count: Int64($0.longitude), decimals: Place.coordinateDecimals) }
        return place
    }
}

extension Sensor {
    /// Kind of sensor, such as `environmental`.
    public var type: String { group.description.sensorType }
    /// Manufacturer.
    public var manufacturer: String { group.description.manufacturer }
    /// Model.
    public var model: String { group.description.model }
    /// Firmware version.
    public var firmwareVersion: FirmwareVersion { group.description.firmwareVersion }
    /// Sensing part.
    public var part: SensorPart { group.description.part }
    /// What it runs on.
    public var supply: PowerSupply { group.description.supply }
    /// Kind of deployment; nil for NULL.
    public var deploymentType: String? { group.description.deploymentType }
    /// Day of installation, ISO 8601; nil for NULL.
    public var installationDate: String? { group.description.installationDate }
    /// Height above ground in metres; nil for NULL.
    public var heightMeters: FixedPoint? { group.description.heightMeters }
    /// Orientation in degrees from north, 0…360; nil for NULL.
    public var orientationDegrees: FixedPoint? { group.description.orientationDegrees }
    /// Day of manufacture, ISO 8601; nil for NULL.
    public var manufactureDate: String? { group.description.manufactureDate }
    /// Identifier of the process or container; nil for NULL.
    public var instanceID: String? { group.description.instanceID }
    /// Step of the readings, by ``Metric/rawValue``.
    public var resolutions: [Resolution] { group.resolutions }
    /// Instants of the recipe's grid from one reading to the next.
    package var step: Int64 { group.description.step }
    /// Whether it has readings of a metric, which else are NULL.
    package func measures(_ metric: Metric) -> Bool {
        group.description.metrics.map { $0.contains(MetricSet(metric)) } ?? true
    }
}

/// What the sensors of a group have in common; a class, so that each of them holds no more than a reference.
final class SensorGroup: Sendable {
    /// The group as the recipe has it.
    let description: FleetGroup
    /// The cities among which the sensors are spread, in turn.
    let cities: [Place]
    /// By ``Metric/rawValue``.
    let resolutions: [Resolution]

    init(_ description: FleetGroup, cities: [Place], resolutions: [Resolution]) {
        self.description = description
        self.cities = cities
        self.resolutions = resolutions
    }
}
