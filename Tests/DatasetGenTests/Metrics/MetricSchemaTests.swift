import DatasetGen
import Testing

@Suite struct MetricSchemaTests {
    private func metric(_ name: String, limits: ClosedRange<Double> = 0...5_000) -> MetricDescription {
        MetricDescription(
            name: name,
            unit: "ppm",
            summary: "",
            resolution: Resolution(parsing: "0.01"),
            limits: limits,
            model: .process
        )
    }

    @Test func theStandardSchemaIsTheFour() {
        let metrics = MetricSchema.standard.metrics
        #expect(metrics.map(\.name) == StandardMetric.allCases.map(\.name))
        #expect(metrics.map(\.unit) == StandardMetric.allCases.map(\.unit))
        #expect(metrics.map(\.limits) == StandardMetric.allCases.map(\.physicalLimits))
        #expect(metrics.map(\.index) == [0, 1, 2, 3])
        #expect(metrics.map(\.model) == [.climate, .climate, .climate, .supply])
    }

    @Test func metricsAreNumberedInTheirOrder() throws {
        let schema = try MetricSchema((0..<64).map { metric("m\($0)") })
        #expect(schema.metrics.map(\.index) == Array(0..<64))
        #expect(schema["m7"]?.index == 7 && schema["m64"] == nil)
        #expect(throws: MetricSchemaError.tooMany(65)) { try MetricSchema((0..<65).map { metric("m\($0)") }) }
    }

    @Test(
        arguments: [
            "", "CO2", "2co", "_x", "co-2", "CO₂", "é", "id", "timestamp", "label", "clean_co2", "arrival_time",
            "split",
        ]
    )
    func namesThatAreNoneAreRefused(_ name: String) {
        #expect(MetricName.problem(with: name) != nil)
        #expect(throws: MetricSchemaError.self) { try MetricSchema([metric(name)]) }
    }

    @Test(arguments: ["co2", "pm2_5", "temperature", "x", "dew_point"])
    func namesAreTaken(_ name: String) throws {
        #expect(try MetricSchema([metric(name)]).metrics[0].name == name)
    }

    @Test func aNameStandsOnceAndLimitsFitIn32Bits() {
        #expect(throws: MetricSchemaError.duplicate("a")) { try MetricSchema([metric("a"), metric("a")]) }
        #expect(throws: MetricSchemaError.self) { try MetricSchema([metric("a", limits: 0...3e7)]) }
    }
}
