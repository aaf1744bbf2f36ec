import DatasetGen

/// A fleet and an interval whose readings are generated, and what of them.
struct Scenario {
    let name: String
    let recipe: String
    let options: [RecipeOverride]

    /// Healthy readings alone, and readings with anomalies and labels, of the same fleet.
    static func pair(_ name: String, _ recipe: String) -> [Scenario] {
        [
            Scenario(name: name + ", signals", recipe: recipe, options: [.set("anomalies.enabled=false")]),
            Scenario(name: name + ", signals and labels", recipe: recipe, options: []),
        ]
    }

    static let all =
        pair("100 sensors in 20 cities at 1 s", fleet(100, interval: "1s", duration: "12h"))
        + pair("the same in sensor order", fleet(100, interval: "1s", duration: "12h", order: "sensor"))
        + pair("100 sensors at 10 s", fleet(100, interval: "10s", duration: "5d"))
        + pair("10,000 sensors at 1 s", fleet(10_000, interval: "1s", duration: "2h"))
        + ["city_v1", "city_v2"]
        .flatMap { climate in
            [("1s", "12h"), ("10s", "5d"), ("1h", "900d")]
                .flatMap { interval, duration in
                    pair(
                        "100 sensors every \(interval), climate: \(climate)",
                        fleet(100, interval: interval, duration: duration) + "\nclimate: \(climate)"
                    )
                }
        }

    private static func fleet(
        _ count: Int,
        interval: String,
        duration: String,
        order: String = "time"
    ) -> String {
        """
        dataset: {duration: \(duration), order: \(order)}
        simulation: {interval: \(interval)}
        replicas: {count: \(count)}
        random_location: {enabled: true, number_of_cities: 20}
        """
    }

    /// Million readings a second on one core, into memory that is reused.
    func rate() throws -> Double {
        let recipe = try RecipeReader(overrides: options)
            .read(recipe, source: name, defaultName: "benchmark").recipe
        let plan = try GenerationPlan(recipe)
        var generator = ChunkGenerator(plan)
        var chunk = GeneratedChunk()
        let begin = ContinuousClock.now
        for index in 0..<plan.chunkCount { generator.generate(blocks: plan.blocks(ofChunk: index), into: &chunk) }
        return Double(plan.rows.count) / ((ContinuousClock.now - begin) / .seconds(1)) / 1e6
    }
}
