import DatasetGen

/// The incidents of a dataset: how many of each cause, and on how many sensors.
struct IncidentList {
    /// What a cause comes to.
    struct Cause {
        var parameters: IncidentParameters
        var incidents: Int
        /// Sensors that are hit, each as often as it is.
        var hits: Int
        /// The most and the fewest sensors that one hits.
        var sensors: ClosedRange<Int>?
    }

    /// The incidents, in the order of time.
    let incidents: [RunIncident]
    /// The causes, as the recipe lists them; those without an incident, too.
    let causes: [Cause]

    /// The incidents of a plan.
    init(_ plan: GenerationPlan) {
        let all = plan.runIncidents()
        incidents = all
        var causes = plan.recipe.incidents.map { Cause(parameters: $0, incidents: 0, hits: 0, sensors: nil) }
        for incident in all {
            let (cause, sensors) = (incident.reference.cause, incident.sensors)
            let range = causes[cause].sensors ?? sensors...sensors
            causes[cause].incidents += 1
            causes[cause].hits += sensors
            causes[cause].sensors = min(range.lowerBound, sensors)...max(range.upperBound, sensors)
        }
        self.causes = causes
    }
}

extension IncidentList {
    /// The figures of the causes.
    var json: JSONValue {
        .array(
            causes.map { cause in
                [
                    "cause": .string(cause.parameters.cause),
                    "anomaly_type": .string(cause.parameters.effect.type.name),
                    "scope": .string(cause.parameters.scope.rawValue),
                    "only": .array(cause.parameters.only.map { .string($0) }),
                    "incidents": .integer(cause.incidents),
                    "fewest_sensors": cause.sensors.map { .integer($0.lowerBound) } ?? .null,
                    "most_sensors": cause.sensors.map { .integer($0.upperBound) } ?? .null,
                    "events": .integer(cause.hits),
                ]
            }
        )
    }
}

extension IncidentList.Cause {
    /// What one hits: `city`, and `city (Oslo, Rome)` where only some have incidents.
    var scope: String { Readable.scope(parameters.scope.rawValue, only: parameters.only) }

    /// On how many sensors one is, `4` or `2–6`; a dash without any.
    var sensorsText: String {
        guard let sensors else { return "–" }
        let (low, high) = (Readable.count(sensors.lowerBound), Readable.count(sensors.upperBound))
        return low == high ? low : "\(low)–\(high)"
    }
}
