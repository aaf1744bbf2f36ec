import DatasetGen

/// 360 days of hourly readings of a healthy sensor under `climate: city`, from 1 January in local standard time.
struct CityYear {
    let city: String
    let longitude: Double
    /// By ``Metric/rawValue``.
    private let columns: [[Double]]

    subscript(metric: Metric) -> [Double] { columns[metric.rawValue] }

    /// Days of 24 hours of local standard time.
    func days(_ metric: Metric) -> [[Double]] { Figures.parts(self[metric], of: 24) }

    /// Twelve months of 30 days.
    func months(_ metric: Metric) -> [[Double]] { Figures.parts(self[metric], of: 720) }

    /// The editions of the cities' climate.
    static let editions = ["city_v1", "city_v2"]

    /// One sensor in each city.
    static func years(
        _ cities: [String],
        seed: Int,
        group: String = "count: 1",
        climate: String = "city"
    ) throws -> [CityYear] {
        let fleet = cities.indices.map { "{location: \(cities[$0]), prefix: S\($0), \(group)}" }.joined(separator: ", ")
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {start: 2024-12-31, duration: 362d, seed: \(seed)}
                    simulation: {interval: 1h}
                    climate: \(climate)
                    fleet: [\(fleet)]
                    anomalies: {enabled: false}
                    """
            )
        )
        return table.plan.fleet.sensors.map { sensor in
            let longitude = sensor.place.longitude?.double ?? 0
            let first = 24 - Int((longitude / 15).rounded())
            return CityYear(
                city: sensor.place.name,
                longitude: longitude,
                columns: MetricSchema.standard.all.map {
                    Array(table.series($0, of: sensor.index)[first..<first + 8_640])
                }
            )
        }
    }

    /// Six cities in the middle latitudes of the north, four years of each: single months are too noisy to judge.
    static func middleLatitudes(_ edition: String) throws -> [[CityYear]] {
        try (edition == "city_v1" ? first : second).get()
    }

    private static let first = Result { try middleLatitudeYears("city_v1") }
    private static let second = Result { try middleLatitudeYears("city_v2") }

    private static func middleLatitudeYears(_ edition: String) throws -> [[CityYear]] {
        let cities = ["Denver", "Chicago", "Berlin", "London", "Tokyo", "New York"]
        let runs = try (1...4).map { seed in try years(cities, seed: seed, climate: edition) }
        return cities.indices.map { city in runs.map { $0[city] } }
    }
}

extension ReadingTable {
    /// All readings of a sensor's metric in its unit; there must be neither NULL nor omitted ones.
    func series(_ metric: Metric, of sensor: Int) -> [Double] {
        let decimals = plan.fleet.sensors[sensor].resolutions[metric.rawValue].decimals
        return (0..<plan.rows.tickCount)
            .map { tick in
                let count = self[sensor, tick]?.metrics[metric.rawValue] ?? ReadingBlock.null
                precondition(count != ReadingBlock.null)
                return FixedPoint(count: Int64(count), decimals: decimals).double
            }
    }
}
