import DatasetGen

/// What a benchmark writes: some formats of the built-in dataset, or nothing.
struct BenchScenario: Sendable {
    /// How the table names it.
    let name: String
    /// How the JSON names it.
    let key: String
    /// The key `outputs` of the recipe; nil if nothing is written.
    let outputs: String?

    /// Generation alone, each format, with each of its compressions, and all formats at once.
    ///
    /// A new compression is registered here.
    static func all(of formats: [OutputFormat]) -> [BenchScenario] {
        var scenarios = [BenchScenario(name: "generation alone", key: "generation", outputs: nil)]
        for format in formats {
            guard format.isText else {
                let key = format.rawValue
                scenarios.append(BenchScenario(name: format.title, key: key, outputs: "[\(key)]"))
                continue
            }
            for compression in ["gzip", "zstd", "none"] {
                let suffix = compression == "none" ? "uncompressed" : compression
                scenarios.append(
                    BenchScenario(
                        name: "\(format.title), \(suffix)",
                        key: "\(format.rawValue)-\(compression)",
                        outputs: "{\(format.rawValue): {compression: \(compression)}}"
                    )
                )
            }
        }
        if formats.count > 1 {
            let names = formats.map(\.rawValue).joined(separator: ", ")
            scenarios.append(BenchScenario(name: "all at once", key: "all", outputs: "[\(names)]"))
        }
        return scenarios
    }

    /// The plan of the built-in dataset with at least `rows` readings: sensors in 20 cities, a reading a second each, in
    /// time order, with the default anomalies.
    func plan(rows: Int64, sensors: Int64) throws -> GenerationPlan {
        let ticks = (rows - 1) / sensors + 1
        let text = """
            dataset: {name: bench, duration: \(ticks)s}
            simulation: {interval: 1s}
            replicas: {count: \(sensors), prefix: BENCH}
            random_location: {enabled: true, number_of_cities: 20}
            outputs: \(outputs ?? "[csv]")
            """
        return try RecipeReader().read(bytes: Array(text.utf8), source: "bench", defaultName: "bench").plan()
    }
}
