/// Which incident an event is of.
public struct IncidentReference: Hashable, Sendable {
    /// The index of its cause in ``Recipe/incidents``.
    public var cause: Int
    /// The number of the city, group and so on that it hits, from 0.
    public var scope: Int
    /// What tells it from others of the same cause and scope: the later, the greater.
    public var number: Int64
}

extension GenerationPlan {
    /// The text that all events of an incident have: its cause, and the numbers of its scope and of itself.
    package func id(of incident: IncidentReference) -> String {
        "\(recipe.incidents[incident.cause].cause)-\(incident.scope + 1)-\(incident.number + 1)"
    }

    /// The name of the city, group and so on that an incident hits; nil for the whole fleet.
    package func scopeName(of incident: IncidentReference) -> String? {
        anomalies.incidents.name(ofScope: incident.scope, cause: incident.cause)
    }
}
