import DatasetFormats
import DatasetGen

/// What a server must be set to, so that nothing of a load is thrown away or changed.
struct VMRequirements {
    private let plan: GenerationPlan
    private let names: SeriesNames
    private let server: String

    init(_ plan: GenerationPlan, _ names: SeriesNames, server: String) {
        (self.plan, self.names, self.server) = (plan, names, server)
    }

    /// Looks at what the server tells of itself.
    ///
    /// - Parameters:
    ///   - state: that.
    ///   - now: the server's clock, in seconds since 1970.
    /// - Throws: ``DeliveryError`` where it is set otherwise.
    func check(_ state: VMState, now: Double) throws(DeliveryError) {
        if state.isReadOnly { throw refused("takes nothing: its disk is nearly full") }
        try checkTimes(state, now: now)
        if let text = state["dedup.minScrapeInterval"], let seconds = VMDuration.seconds(text), seconds > 0 {
            if seconds > plan.recipe.grid.interval.seconds {
                throw refused(
                    "keeps one sample of a series in \(text) (-dedup.minScrapeInterval), and readings are "
                        + "\(plan.recipe.grid.interval.text) apart"
                )
            }
        }
        if let bits = state["precisionBits"], bits != "64" {
            throw refused("stores \(bits) bits of each value (-precisionBits): values would change")
        }
        let longest = state["maxLabelValueLen"].flatMap { Int($0) } ?? 1_024
        let most = state["maxLabelsPerTimeseries"].flatMap { Int($0) } ?? 30
        for sensor in plan.fleet.sensors {
            let labels = names.labels(of: sensor)
            if let long = labels.first(where: { $0.text.utf8.count > longest }) {
                throw DeliveryError(
                    .unstorable,
                    "\(long.name) of sensor \(sensor.id.quoted) has \(long.text.utf8.count) bytes, and \(server) cuts texts "
                        + "off after \(longest) (-maxLabelValueLen)"
                )
            }
            if labels.count + 1 > most {
                throw refused(
                    "takes \(most) labels of a series (-maxLabelsPerTimeseries), and these have \(labels.count + 1)"
                )
            }
        }
    }

    /// Of times that lie outside, the server takes samples, and forgets them.
    private func checkTimes(_ state: VMState, now: Double) throws(DeliveryError) {
        let grid = plan.recipe.grid
        let text = state["retentionPeriod"] ?? "1"
        guard let retention = VMDuration.seconds(text) else {
            throw refused("has a -retentionPeriod=\(text) that is not known: whether it keeps readings cannot be said")
        }
        if Double(grid.start.microseconds) / 1e6 < now - retention {
            throw refused(
                "keeps \(text == "1" ? "1 month" : text) (-retentionPeriod), and readings begin at "
                    + "\(grid.start.zonedText): start it with a longer one, such as -retentionPeriod=100y"
            )
        }
        if Double(grid.end.microseconds) / 1e6 > now + Self.future {
            throw refused(
                "takes nothing that is more than two days ahead, and readings end at \(grid.end.zonedText): --end or "
                    + "--start take others"
            )
        }
    }

    private static let future: Double = 2 * 86_400

    private func refused(_ what: String) -> DeliveryError { DeliveryError(.refused, "\(server) \(what)") }
}
