/// Section `location`, a city of a list, and the same keys in a flat sensor or identity.
struct LocationSection: Sendable {
    var name: Stated<String>?
    var city: Stated<String>?
    /// The name in the reference's list of cities.
    var fullName: Stated<String>?
    var address: Stated<String>?
    var state: Stated<String>?
    var region: Stated<String>?
    var country: Stated<String>?
    var latitude: Stated<FixedPoint>?
    var longitude: Stated<FixedPoint>?
    var coordinates: Stated<CoordinatesSection>?
    var elevation: Stated<Double>?
    var timezone: Stated<String>?
    var population: Stated<Int>?

    /// The keys that may also stand in a sensor itself.
    static let flatFields: [Field<LocationSection>] =
        [
            Field("city", \.city, .text, "Name of the city."),
            Field("address", \.address, .text, "Address; names the place if there is no city."),
            Field("state", \.state, .text, "State or province."),
            Field("region", \.region, .text, "The same as `state`."),
            Field("country", \.country, .text, "ISO 3166-1 code of the country, such as `US`."),
        ]
        + CoordinatesSection.fields(latitude: \.latitude, longitude: \.longitude)
        + [
            Field(
                "elevation",
                \.elevation,
                .number(.from(-12_000, to: 100_000), of: "metres"),
                "Height above sea level in metres."
            ),
            Field("timezone", \.timezone, .timezone, default: "the city's, else UTC", "IANA time zone."),
            Field("population", \.population, .integer(0...10_000_000_000), "Inhabitants."),
        ]

    static let definition = SectionDefinition(
        name: "location",
        summary: "A place. A bundled city of this name supplies what is not stated, unless coordinates are.",
        fields: [Field("name", \.name, .text, "The same as `city`.")] + flatFields
            + [
                Field(
                    "coordinates",
                    \.coordinates,
                    .section(CoordinatesSection.definition),
                    "Coordinates, in nested form."
                )
            ],
        alternatives: [["name", "city"], ["state", "region"]],
        empty: { LocationSection() }
    )

    /// A city of a list, which may be the reference's.
    static let cityDefinition = SectionDefinition(
        name: "city",
        summary: "A city of a list: a place, in the reference's form too.",
        fields: definition.fields + [
            Field("full_name", \.fullName, .text, "The same as `city`."),
            .passedOver("abbreviation", "The reference's short name."),
            .passedOver("is_capital", "Whether the reference calls it a capital."),
            .passedOver("weather", "The weather of a day when the reference's list was made."),
            .passedOver("air_quality", "The air of that day."),
            .passedOver("population_data", "The country's population."),
        ],
        alternatives: [["name", "city", "full_name"], ["state", "region"]],
        empty: { LocationSection() }
    )
}

/// Section `coordinates`.
struct CoordinatesSection: Sendable {
    var latitude: Stated<FixedPoint>?
    var longitude: Stated<FixedPoint>?

    static let definition = SectionDefinition(
        name: "coordinates",
        summary: "Coordinates in degrees (WGS 84), both or none.",
        fields: fields(latitude: \.latitude, longitude: \.longitude),
        empty: { CoordinatesSection() }
    )

    /// The two keys, for any section that has them.
    static func fields<Section>(
        latitude: Property<Section, Stated<FixedPoint>?>,
        longitude: Property<Section, Stated<FixedPoint>?>
    ) -> [Field<Section>] {
        [
            Field("latitude", latitude, .decimal(.from(-90, to: 90), of: "degrees"), "Degrees north."),
            Field("longitude", longitude, .decimal(.from(-180, to: 180), of: "degrees"), "Degrees east."),
        ]
    }
}

extension ValueType where Value == LocationSection {
    /// A place: the name of a city, or a section.
    static let location = {
        let section = ValueType.section(LocationSection.definition)
        let text = ValueType<String>.text
        return ValueType(
            expectation: "a city's name or a section",
            schema: .members(["anyOf": .array([text.schema, section.schema])]),
            sections: section.sections
        ) { node, path, decoder in
            if case .map = node.content { return section.decode(node, path, &decoder) }
            guard node.text != nil else {
                decoder.reportMismatch(node, expected: "a city's name or a section", at: path)
                return nil
            }
            return text.decode(node, path, &decoder)
                .map { name in
                    LocationSection(name: Stated(name, keyPath: path, origin: node.origin))
                }
        } encode: { location in
            let encoded = section.encode(location)
            // A name alone is written as the text that it was.
            if let name = location.name, case .object(let members) = encoded, members.count == 1 {
                return text.encode(name.value)
            }
            return encoded
        }
    }()
}
