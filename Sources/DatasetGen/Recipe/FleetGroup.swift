/// A group of like sensors of the fleet.
public struct FleetGroup: Hashable, Sendable {
    /// Number of sensors, at least 1.
    public var count: Int
    /// How the sensors are called.
    public var naming: SensorNaming
    /// Where the sensors are.
    public var site: SiteParameters
    /// Kind of sensor, such as `environmental`.
    public var sensorType: String
    /// Manufacturer; scales the share of anomalies.
    public var manufacturer: String
    /// Model; scales the weights of anomaly types.
    public var model: String
    /// Firmware version; scales the share of anomalies.
    public var firmwareVersion: FirmwareVersion
    /// The sensing part: resolution, noise, lag, spread.
    public var part: SensorPart
    /// What the sensors run on.
    public var supply: PowerSupply
    /// Serial number; nil to derive one per sensor.
    public var serialNumber: String?
    /// Day of manufacture, ISO 8601.
    public var manufactureDate: String?
    /// Kind of deployment, such as `mobile_unit`; nil for NULL.
    public var deploymentType: String?
    /// Day of installation, ISO 8601; nil for NULL.
    public var installationDate: String?
    /// Height above ground in metres; nil for NULL.
    public var heightMeters: FixedPoint?
    /// Orientation in degrees from north, 0…360.
    public var orientationDegrees: FixedPoint?
    /// Identifier of the process or container.
    public var instanceID: String?
    /// What the sensors measure; nil for all that the recipe lists.
    package var metrics: MetricSet?
    /// Healthy behaviour by ``StandardMetric/rawValue``; nil for the recipe's.
    package var normal: [MetricParameters]?
    /// What temperature, humidity and pressure follow; nil for the recipe's.
    package var climate: Climate?
    /// How the sensors fail; nil for as the recipe says.
    package var anomalies: AnomalyParameters?
    /// Instants of the recipe's grid from one reading of a sensor to its next.
    package var step: Int64 = 1
    /// What happens to their readings on their way; nil for as the recipe says.
    package var delivery: DeliveryParameters?
}

/// How the sensors of a group are called.
public enum SensorNaming: Hashable, Sendable {
    /// The only sensor of the group has this id.
    case fixed(String)
    /// The only sensor of the group gets an id made from its city and the seed.
    case derived
    /// `PREFIX_000001` and on, from this index.
    case numbered(prefix: String, startIndex: Int)
    /// The sensors have the ids that a recording has for them.
    case recorded
}

/// Where the sensors of a group are.
public enum SiteParameters: Hashable, Sendable {
    /// One city for the whole group, drawn from the bundled list by the seed.
    case anyCity
    /// A place by name only; a bundled city completes it.
    case named(String)
    /// A place that the recipe gives in full or in part.
    case place(Place)
    /// Each sensor in one of several cities.
    case randomCities(RandomCities)
}

/// A place on earth.
public struct Place: Hashable, Sendable {
    /// Name of the city or address.
    public var name: String
    /// State, province or region.
    public var region: String?
    /// ISO 3166-1 alpha-2 code of the country.
    public var country: String?
    /// Degrees north, six decimals; nil together with ``longitude``.
    public var latitude: FixedPoint?
    /// Degrees east, six decimals.
    public var longitude: FixedPoint?
    /// Metres above sea level.
    public var elevation: Double?
    /// IANA time zone; nil for that of the bundled city of this name, else UTC.
    public var timezone: String?
    /// Inhabitants.
    public var population: Int?
}

/// A choice of cities over which a group is spread.
public struct RandomCities: Hashable, Sendable {
    /// How many cities are drawn; nil for ten, or as many as there are under the filters.
    public var cityCount: Int?
    /// Radius in metres of the disc around a city's centre in which its sensors lie.
    public var gpsVariation: Double
    /// Inhabitants, inclusive; nil for no bound.
    public var minimumPopulation: Int?
    /// Inhabitants, inclusive; nil for no bound.
    public var maximumPopulation: Int?
    /// Codes or names of the countries to draw from; empty for all.
    public var includedCountries: [String]
    /// Codes or names of the countries not to draw from.
    public var excludedCountries: [String]
    /// The cities to draw from; nil for the bundled list.
    public var cities: [Place]?
}
