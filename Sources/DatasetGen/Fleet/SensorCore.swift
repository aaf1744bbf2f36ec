/// What a sensor's readings depend on, without its texts: cheap to hand about in hot paths.
struct SensorCore: Sendable {
    /// Position in the fleet, from 0.
    let index: Int
    /// Index of the place in ``Fleet/sites``: sensors of one site share their weather.
    let site: Int
    /// Index of the group's ``Fleet/kinds`` entry.
    let kind: Int
    /// Index of the group's ``Fleet/profiles`` entry.
    let profile: Int
    /// Number of the sensor in its group, from 0.
    let member: Int
    /// The key of the group.
    let groupKey: RandomKey
    /// The key of everything random about this sensor.
    let key: RandomKey
    /// Seconds from 1970 to the day of installation; nil if it is not known.
    let deployed: Double?
}
