import ArgumentParser
import DatasetGen

/// `gen-dataset recipes cities`: the places that recipes may name.
struct CitiesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cities",
        abstract: "List the bundled cities, or those whose city, state or country is like a text.",
        discussion: "Case and accents do not count; a country is written as its name or its two letters."
    )

    @Argument(help: "What city, state or country has in it; default all.", completion: .city)
    var text: String?

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func run() throws {
        let cities = text.map { Place.cities(like: $0) } ?? Place.cities
        if let text, cities.isEmpty {
            let hint = Place.cityName(like: text).map { "; did you mean \($0)?" } ?? ""
            throw Failure("there is no bundled city like \(text.quoted)\(hint)", status: .inputNotFound)
        }
        guard !json else { return Console.json(["cities": .array(cities.map(Self.entry))]) }
        var table = TextTable(
            ["city", "state", "country", "time zone", "latitude", "longitude", "elevation, m"],
            words: 4
        )
        for city in cities {
            table.add([
                city.name, city.region ?? "", city.country ?? "", city.timezone ?? "", city.latitude?.text ?? "",
                city.longitude?.text ?? "", city.elevation.map { Readable.fixed($0, decimals: 0) } ?? "",
            ])
        }
        Console.result(table.text)
    }

    private static func entry(_ city: Place) -> JSONValue {
        [
            "city": .string(city.name), "state": .text(city.region), "country": .text(city.country),
            "latitude": .decimal(city.latitude), "longitude": .decimal(city.longitude),
            "elevation": city.elevation.map { .literal(Readable.fixed($0, decimals: 0)) } ?? .null,
            "timezone": .text(city.timezone),
            "population": city.population.map { .integer(Int64($0)) } ?? .null,
        ]
    }
}
