/// What a sensor's readings depend on, without its texts: cheap to hand about in hot paths.
package struct SensorCore: Sendable {
    /// Position in the fleet, from 0.
    package let index: Int
    /// Index of the place in ``Fleet/sites``: sensors of one site share their weather.
    package let site: Int
    /// Index of the group's ``Fleet/kinds`` entry.
    package let kind: Int
    /// Index of the group's ``Fleet/profiles`` entry.
    package let profile: Int
    /// Number of the sensor in its group, from 0.
    package let member: Int
    /// The key of the group.
    package let groupKey: RandomKey
    /// The key of everything random about this sensor.
    package let key: RandomKey
    /// Seconds from 1970 to the day of installation; nil if it is not known.
    package let deployed: Double?

    package init(
        index: Int,
        site: Int,
        kind: Int,
        profile: Int,
        member: Int,
        groupKey: RandomKey,
        key: RandomKey,
        deployed: Double?
    ) {
        self.index = index
        self.site = site
        self.kind = kind
        self.profile = profile
        self.member = member
        self.groupKey = groupKey
        self.key = key
        self.deployed = deployed
    }
}
