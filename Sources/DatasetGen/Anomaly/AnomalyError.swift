/// Why anomalies cannot be had as a recipe asks.
public enum AnomalyError: Error, Hashable, CustomStringConvertible {
    /// So many events cannot lie apart from one another.
    case shareTooLarge(probability: Double, profile: AnomalyProfile, highest: Double)
    /// Incidents are asked for somewhere that the fleet is not.
    case unknownScope(incident: Int, scope: IncidentParameters.Scope, name: String, known: [String])

    /// The key of the recipe that has to change.
    public var keyPath: String {
        switch self {
        case .shareTooLarge: "anomalies.probability"
        case .unknownScope(let incident, _, _, _): "incidents.\(incident).only"
        }
    }

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .shareTooLarge(let probability, let profile, let highest):
            "\(probability) cannot be had on \(profile.manufacturer) \(profile.model) with firmware "
                + "\(profile.firmwareVersion.text), whose factor is \(FixedPoint(rounding: profile.shareFactor, decimals: 3).text): "
                + "events of these types and durations would touch; the highest is "
                + FixedPoint(rounding: highest, decimals: 3).text
        case .unknownScope(_, let scope, let name, let known):
            UnknownScope(name: name, known: known).description(of: scope)
        }
    }
}
