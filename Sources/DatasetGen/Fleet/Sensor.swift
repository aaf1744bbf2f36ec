/// One sensor of the fleet: its identity, and what its readings depend on.
public struct Sensor: Sendable {
    /// Position in the fleet, from 0.
    public var index: Int { core.index }
    /// Unique identifier.
    public let id: String
    /// Kind of sensor, such as `environmental`.
    public let type: String
    /// Manufacturer.
    public let manufacturer: String
    /// Model.
    public let model: String
    /// Firmware version.
    public let firmwareVersion: FirmwareVersion
    /// Sensing part.
    public let part: SensorPart
    /// What it runs on.
    public let supply: PowerSupply
    /// Serial number.
    public let serialNumber: String
    /// Where it is; the coordinates are the sensor's own.
    public let place: Place
    /// Kind of deployment; nil for NULL.
    public let deploymentType: String?
    /// Day of installation, ISO 8601; nil for NULL.
    public let installationDate: String?
    /// Height above ground in metres; nil for NULL.
    public let heightMeters: FixedPoint?
    /// Orientation in degrees from north, 0…360; nil for NULL.
    public let orientationDegrees: FixedPoint?
    /// Day of manufacture, ISO 8601; nil for NULL.
    public let manufactureDate: String?
    /// Identifier of the process or container; nil for NULL.
    public let instanceID: String?
    /// Step of the readings, by ``Metric/rawValue``.
    public let resolutions: [Resolution]
    /// What the readings depend on.
    let core: SensorCore
}
