/// Section `simulation` as a recipe states it.
struct SimulationSection: Sendable {
    var rate: Stated<TickInterval>?
    var interval: Stated<TickInterval>?
    var runTime: Stated<Int64>?
    var startDelaySeconds: Stated<Double>?
    var batchSize: Stated<Int>?

    static let definition = SectionDefinition(
        name: "simulation",
        summary: "How often each sensor reports, and for how long.",
        fields: [
            Field(
                "readings_per_second",
                \.rate,
                .rate,
                default: "1",
                "Readings per second and sensor, exact: 3 is one every 1/3 s."
            ),
            Field("interval", \.interval, .interval, default: "1s", "Time between two readings of a sensor."),
            Field(
                "run_time_seconds",
                \.runTime,
                .seconds,
                default: "3600",
                "Simulated time in seconds; `dataset.duration` and `dataset.end` beat it."
            ),
            Field(
                "start_delay_seconds",
                \.startDelaySeconds,
                .number(.from(0, to: 86_400)),
                default: "0",
                "Seconds to wait before the first reading."
            ),
            Field(
                "batch_size",
                \.batchSize,
                .integer(1...1_000_000),
                "Readings that are written at once."
            ),
        ],
        alternatives: [["readings_per_second", "interval"]],
        empty: { SimulationSection() }
    )
}
