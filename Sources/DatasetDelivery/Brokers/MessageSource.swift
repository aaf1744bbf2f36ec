package import DatasetGen

/// The readings that a broker gets, as far as it has to know them.
package struct MessageSource: Sendable {
    /// The fleet, by ``Sensor/index``.
    package let sensors: [Sensor]
    /// What is measured.
    package let schema: MetricSchema
    /// What tells these readings from others of the same sensors and times.
    package let identity: String
    /// Whether messages tell what is anomalous.
    package let includesLabels: Bool
    /// Whether readings are of the past, and not what sensors report now.
    package let isHistorical: Bool

    package init(
        sensors: [Sensor],
        schema: MetricSchema,
        identity: String,
        includesLabels: Bool = true,
        isHistorical: Bool = false
    ) {
        (self.sensors, self.schema, self.identity) = (sensors, schema, identity)
        (self.includesLabels, self.isHistorical) = (includesLabels, isHistorical)
    }

    /// Nobody's, to look at a URL alone.
    package static let none = MessageSource(sensors: [], schema: .standard, identity: "")
}
