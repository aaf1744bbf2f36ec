package import DatasetGen

/// The readings that a broker gets, as far as it has to know them.
package struct MessageSource: Sendable {
    /// The readings; nil where a URL alone is looked at.
    package let plan: GenerationPlan?
    /// What tells these readings from others of the same sensors and times.
    package let identity: String
    /// Whether messages tell what is anomalous.
    package let includesLabels: Bool
    /// Whether readings are of the past, and not what sensors report now.
    package let isHistorical: Bool
    /// What says who one is; nil where the environment does.
    package let token: String?

    package init(
        _ plan: GenerationPlan,
        identity: String,
        includesLabels: Bool = true,
        isHistorical: Bool = false,
        token: String? = nil
    ) {
        (self.plan, self.identity, self.token) = (plan, identity, token)
        (self.includesLabels, self.isHistorical) = (includesLabels, isHistorical)
    }

    private init() {
        (plan, identity, token) = (nil, "", nil)
        (includesLabels, isHistorical) = (true, false)
    }

    /// Nobody's, to look at a URL alone.
    package static let none = MessageSource()

    /// The fleet, by ``Sensor/index``.
    package var sensors: [Sensor] { plan?.fleet.sensors ?? [] }
    /// What is measured.
    package var schema: MetricSchema { plan?.recipe.schema ?? .standard }
}
