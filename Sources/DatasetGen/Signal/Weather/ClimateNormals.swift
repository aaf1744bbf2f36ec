/// What is normal at a place on earth: mean temperature and humidity of each month, and the sizes of its weather.
///
/// In a bundled city, that city's; elsewhere a mixture of the cities around by the inverse square of their distance (Shepard,
/// "A two-dimensional interpolation function for irregularly-spaced data", ACM National Conference 1968), of the differences
/// between their temperatures and those of ``CityClimate``, so that height and latitude count. Far from all cities, over 700
/// km, the formulas prevail.
struct ClimateNormals: Sendable {
    /// Mean temperature of each month in °C.
    private(set) var temperatures: [Double]
    /// Mean relative humidity of each month in %.
    private(set) var humidities: [Double]
    let sizes: WeatherSizes

    init(latitude: Double, longitude: Double, elevation: Double) {
        let direction = WeatherField.direction(latitude: latitude, longitude: longitude)
        var parts = [(normals: Self.away(latitude: latitude, longitude: longitude), weight: 1 / Self.reach)]
        for city in Self.cities {
            let chord = direction - city.direction
            let square = 6_371.008_8 * 6_371.008_8 * (chord * chord).sum()
            guard square < 9 * Self.reach else { continue }
            parts.append((city.normals, 1 / (square + 25)))
        }
        let total = parts.reduce(0) { $0 + $1.weight }
        parts = parts.map { ($0.normals, $0.weight / total) }
        sizes = WeatherSizes(mixing: parts.map { ($0.normals.sizes, $0.weight) })
        let formula = CityClimate(latitude: latitude, longitude: longitude, elevation: elevation)
        temperatures = Self.months.map { formula.seasonalMean(winter: $0) }
        humidities = Array(repeating: 0, count: 12)
        for (normals, weight) in parts {
            for month in 0..<12 {
                temperatures[month] += weight * normals.temperatures[month]
                humidities[month] += weight * normals.humidities[month]
            }
        }
    }

    private init(temperatures: [Double], humidities: [Double], sizes: WeatherSizes) {
        (self.temperatures, self.humidities, self.sizes) = (temperatures, humidities, sizes)
    }

    /// The square of the distance in kilometres at which the formulas count as much as a city.
    private static let reach = 490_000.0

    /// Winter of the northern hemisphere in the middle of each month, as ``Knot/winter``.
    static let months = (0..<12).map { Elementary.cosine(turns: (Double($0) + 0.5) / 12 - 19.5 / 365.2425) }

    /// What counts far from all cities.
    private static func away(latitude: Double, longitude: Double) -> ClimateNormals {
        let name: Substring =
            switch abs(latitude) {
            case ..<15: "Aw"
            case ..<30: "BSh"
            case ..<42: "Cfa"
            case ..<54: "Cfb"
            case ..<64: "Dfc"
            default: "ET"
            }
        return ClimateNormals(
            temperatures: Array(repeating: 0, count: 12),
            humidities: Array(repeating: 75, count: 12),
            sizes: WeatherSizes(ofClass: name, latitude: latitude, longitude: longitude)
        )
    }

    /// The bundled cities: where they are, and their normals, temperatures as differences from the formulas.
    private static let cities: [(direction: SIMD3<Double>, normals: ClimateNormals)] =
        zip(Place.cities, NormalsTable.text.split(separator: "\n"))
        .map { place, line in
            let columns = line.split(separator: "|")
            func numbers(_ column: Int) -> [Double] { columns[column].split(separator: " ").compactMap { Double($0) } }
            let (temperatures, humidities) = (numbers(2), numbers(3))
            guard columns[0] == place.name, temperatures.count == 12, humidities.count == 12,
                let latitude = place.latitude?.double, let longitude = place.longitude?.double,
                let elevation = place.elevation
            else { preconditionFailure("malformed normals: \(line)") }
            let formula = CityClimate(latitude: latitude, longitude: longitude, elevation: elevation)
            return (
                WeatherField.direction(latitude: latitude, longitude: longitude),
                ClimateNormals(
                    temperatures: zip(temperatures, months).map { $0 - formula.seasonalMean(winter: $1) },
                    humidities: humidities,
                    sizes: WeatherSizes(ofClass: columns[1], latitude: latitude, longitude: longitude)
                )
            )
        }
}
