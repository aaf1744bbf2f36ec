/// What temperature, humidity and pressure follow.
public enum Climate: String, CaseIterable, Sendable {
    /// The moments and bounds of `normal_parameters`.
    case normalParameters = "normal_parameters"
    /// The newest edition of the cities' climate, as a recipe asks for it; a resolved recipe names the edition.
    case city
    /// The first edition: season, latitude and elevation of each sensor's city.
    case cityV1 = "city_v1"
    /// The second edition: what is normal in each sensor's city, and weather that moves all metrics together.
    case cityV2 = "city_v2"

    /// Whether readings follow the place's climate.
    var isCity: Bool { self != .normalParameters }

    /// The edition that is meant.
    ///
    /// A resolved recipe that names none was written when there was only the first.
    func edition(inResolvedRecipe isResolved: Bool) -> Climate {
        self == .city ? (isResolved ? .cityV1 : .cityV2) : self
    }
}
