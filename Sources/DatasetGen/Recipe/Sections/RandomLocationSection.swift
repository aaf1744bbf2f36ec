/// Section `random_location` as a recipe states it.
struct RandomLocationSection: Sendable {
    var isEnabled: Stated<Bool>?
    var numberOfCities: Stated<Int>?
    var cityCount: Stated<Int>?
    var gpsVariation: Stated<Double>?
    var filter: Stated<CityFilter>?
    var minimumPopulation: Stated<Int>?
    var maximumPopulation: Stated<Int>?
    var includedCountries: Stated<[String]>?
    var excludedCountries: Stated<[String]>?
    var citiesFile: Stated<String>?
    var cities: Stated<[Stated<LocationSection>]>?

    /// The longest lists that are read within seconds.
    private static let maximumCityCount = 50_000
    private static let maximumCountryCount = 1_000

    static let definition = SectionDefinition(
        name: "random_location",
        summary:
            "Spreads sensors over cities that the seed draws, in turn: a fleet of as many sensors as cities has one "
            + "in each.",
        fields: [
            Field(
                "enabled",
                \.isEnabled,
                .bool,
                default: "true where the section is",
                "Whether the section counts."
            ),
            Field(
                "number_of_cities",
                \.numberOfCities,
                .integer(1...GroupSection.maximumCount),
                default: "10, or as many as the filters leave",
                "How many cities are drawn."
            ),
            Field(
                "city_count",
                \.cityCount,
                .integer(1...GroupSection.maximumCount),
                "The same as `number_of_cities`."
            ),
            Field(
                "gps_variation",
                \.gpsVariation,
                .number(.from(0, to: 1_000_000), of: "metres"),
                default: "100",
                "Radius of the disc around a city's centre in which its sensors lie."
            ),
            Field(
                "filter_by",
                \.filter,
                .choice,
                default: "all",
                "Which of the filters below count: those by population, by country, all or none."
            ),
            Field(
                "min_population",
                \.minimumPopulation,
                .integer(0...10_000_000_000),
                "Least number of inhabitants."
            ),
            Field(
                "max_population",
                \.maximumPopulation,
                .integer(0...10_000_000_000),
                "Greatest number of inhabitants."
            ),
            Field(
                "include_countries",
                \.includedCountries,
                ValueType.text.list(named: "countries", maximumCount: maximumCountryCount),
                "Countries to draw from; none for all."
            ),
            Field(
                "exclude_countries",
                \.excludedCountries,
                ValueType.text.list(named: "countries", maximumCount: maximumCountryCount),
                "Countries not to draw from."
            ),
            Field(
                "cities_file",
                \.citiesFile,
                .path,
                default: "the bundled list",
                "YAML or JSON file with a list of cities, relative to the recipe's folder; the same keys as `cities`."
            ),
            Field(
                "cities",
                \.cities,
                ValueType.section(LocationSection.cityDefinition).stated
                    .list(named: "cities", minimumCount: 1, maximumCount: maximumCityCount),
                default: "the bundled list",
                "The cities to draw from."
            ),
        ],
        alternatives: [["number_of_cities", "city_count"], ["cities", "cities_file"]],
        empty: { RandomLocationSection() }
    )
}

/// Which filters of cities count.
enum CityFilter: String, CaseIterable, Sendable {
    case all
    case population
    case country
    case none
}
