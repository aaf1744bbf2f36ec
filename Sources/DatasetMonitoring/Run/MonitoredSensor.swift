/// What a sensor is.
public struct MonitoredSensor: Hashable, Sendable {
    /// Its id.
    public var id: String
    /// The name of its place.
    public var city: String?
    /// Degrees north.
    public var latitude: Double?
    /// Degrees east.
    public var longitude: Double?
    /// IANA time zone.
    public var timezone: String?
    /// Firmware version.
    public var firmwareVersion: String?
    /// Model.
    public var model: String?
    /// Manufacturer.
    public var manufacturer: String?

    /// A sensor of which only the id is known.
    public init(id: String) {
        self.id = id
    }
}
