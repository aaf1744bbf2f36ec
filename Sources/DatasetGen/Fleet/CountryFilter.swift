/// Looks at the countries that the filters of `random_location` name: a mistyped one filters nothing, or everything.
struct CountryFilter {
    /// The countries of the cities to draw from, in lower case.
    private let present: Set<String>

    init(_ cities: [Place]) {
        present = Set(cities.compactMap { $0.country?.lowercased() })
    }

    /// Whether any city is in a country.
    func hasCities(in country: String) -> Bool { present.contains(country.lowercased()) }

    /// Whether this is no country at all, for all that is known here.
    func isUnknown(_ country: String) -> Bool { !hasCities(in: country) && !CountryNames.isCode(country) }

    /// The country of the list that somebody who wrote `name` may have meant.
    func suggestion(for name: String) -> String? {
        let code = CountryNames.code(ofName: name) ?? CountryNames.code(nearest: name)
        if let code, hasCities(in: code) { return code }
        return Suggestion.nearest(to: name, among: present.sorted()).map { $0.count == 2 ? $0.uppercased() : $0 }
    }
}

extension RandomCities {
    /// Leaves out the countries that would be unknown beside the cities that were drawn: they have had their effect.
    mutating func keepCountries(of cities: [Place]) {
        let filter = CountryFilter(cities)
        includedCountries.removeAll(where: filter.isUnknown)
        excludedCountries.removeAll(where: filter.isUnknown)
    }
}
