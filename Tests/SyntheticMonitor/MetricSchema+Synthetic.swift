package import DatasetGen

extension MetricSchema {
    /// So many metrics that are not the standard ones, every fourth of them a state.
    package static func synthetic(_ count: Int) throws -> MetricSchema {
        let first = [
            MetricDescription(
                name: "co2",
                unit: "ppm",
                summary: "Carbon dioxide",
                resolution: Resolution(step: 1, decimals: 1),
                limits: 0...5_000,
                model: .process
            ),
            door("door"),
        ]
        let others = (2..<max(2, count))
            .map { index in
                index % 4 == 1
                    ? door("door_\(index)")
                    : MetricDescription(
                        name: "metric_\(index)",
                        unit: index % 4 == 2 ? "" : "kWh",
                        summary: "Metric number \(index)",
                        resolution: Resolution(step: 1, decimals: 1),
                        limits: 0...5_000,
                        model: .counter
                    )
            }
        return try MetricSchema(Array((first + others).prefix(count)))
    }

    private static func door(_ name: String) -> MetricDescription {
        MetricDescription(
            name: name,
            unit: "",
            summary: "Whether it is \"open\"",
            resolution: Resolution(step: 1, decimals: 0),
            limits: 0...2,
            model: .state,
            states: ["closed", "open", "wide open, with a stone"]
        )
    }
}
