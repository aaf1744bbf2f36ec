/// Draws the cities of a group by its key, so that they depend on nothing else.
struct CityChoice {
    let candidates: [Place]

    /// The cities that a recipe's filters leave.
    init(_ parameters: RandomCities) {
        candidates = (parameters.cities ?? Place.cities)
            .filter { city in
                let population = city.population ?? 0
                return population >= parameters.minimumPopulation ?? 0
                    && population <= parameters.maximumPopulation ?? Int.max
                    && (parameters.includedCountries.isEmpty || Self.isIn(parameters.includedCountries, city))
                    && !Self.isIn(parameters.excludedCountries, city)
            }
    }

    /// The `count` cities whose random rank is lowest: a city keeps its rank when others come or go.
    func drawn(_ count: Int, key: RandomKey) -> [Place] {
        guard count < candidates.count else { return candidates }
        let ranked = candidates.map { (rank: key.derived(fromText: $0.name).bits(0), city: $0) }
        func isLower(_ one: (rank: UInt64, city: Place), _ other: (rank: UInt64, city: Place)) -> Bool {
            (one.rank, one.city.name) < (other.rank, other.city.name)
        }
        // Each of ten thousand groups may draw a city of its own.
        if count == 1 { return ranked.min(by: isLower).map { [$0.city] } ?? [] }
        return ranked.sorted(by: isLower).prefix(count).map(\.city)
    }

    private static func isIn(_ countries: [String], _ city: Place) -> Bool {
        countries.contains { $0.lowercased() == city.country?.lowercased() }
    }
}
