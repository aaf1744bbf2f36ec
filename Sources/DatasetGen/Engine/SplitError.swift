/// Why readings cannot be split as a valid recipe asks.
public enum SplitError: Error, Hashable, CustomStringConvertible {
    /// A part has no reading.
    case empty(part: String, basis: SplitParameters.Basis, count: Int)

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .empty(let part, .sensor, let count):
            "none of \(count.grouped(of: "sensor")) is drawn for \(part.quoted); splits.seed draws others, and more sensors help"
        case .empty(let part, .city, let count):
            "no city of \(count.grouped) is drawn for \(part.quoted); splits.seed draws others, and more cities help"
        case .empty(let part, _, _):
            "no reading is in \(part.quoted): embargo, and events over its borders, leave nothing of it; it must be longer"
        }
    }
}

extension GenerationPlan {
    /// Makes sure that each part of the splits has readings.
    ///
    /// - Throws: ``PlanError/splits(_:)``.
    package func checkSplits() throws(PlanError) {
        guard let splits, let parameters = recipe.splits, !fleet.sensors.isEmpty else { return }
        guard let part = splits.parts.indices.first(where: { splits.isEmpty($0) }) else { return }
        throw .splits(
            .empty(
                part: splits.parts[part],
                basis: parameters.basis,
                count: parameters.basis == .city ? fleet.placeCount : fleet.sensors.count
            )
        )
    }
}
