import DatasetGen
import Testing

@Suite struct HealthySignalTests {
    /// A fleet in 50 cities for 60 days: its averages are near the model's, within the tolerance that is stated.
    static let recipe = """
        dataset: {duration: 60d, seed: 9}
        simulation: {interval: 30m}
        replicas: {count: 200}
        random_location: {enabled: true, number_of_cities: 100}
        anomalies: {enabled: false}
        normal_parameters:
          temperature: {mean: 22.0, std_dev: 2.0, min: 15.0, max: 30.0}
          humidity: {mean: 65.0, std_dev: 5.0, min: 55.0, max: 78.0}
          pressure: {mean: 1013.0, std_dev: 10.0, min: 990.0, max: 1040.0}
          voltage: {mean: 12.0, std_dev: 0.2, min: 11.5, max: 12.5}
        """

    private static let table = Result { ReadingTable(try GenerationPlan(yaml: recipe)) }

    @Test func momentsAndBoundsAreTheRecipes() throws {
        let table = try Self.table.get()
        for metric in MetricSchema.standard.all {
            let parameters = table.plan.recipe.normal[metric.rawValue]
            let column = table.statistics.normal[metric.rawValue]
            let unit = FixedPoint(count: 1, decimals: table.plan.fleet.decimals(of: metric)).double
            // 100 cities × 60 days / 4-day weather: 1,500 independent values, so 4 standard errors are about 0.1 σ
            // for the mean and 0.07 for the relative error of σ.
            let mean = try #require(column.mean) * unit
            let deviation = try #require(column.standardDeviation) * unit
            #expect(abs(mean - parameters.mean) < 0.1 * parameters.standardDeviation, "\(metric)")
            #expect(abs(deviation / parameters.standardDeviation - 1) < 0.07, "\(metric)")
            #expect(Double(column.minimum) * unit >= parameters.minimum)
            #expect(Double(column.maximum) * unit <= parameters.maximum)
        }
    }

    @Test(arguments: MetricSchema.standard.all) func readingsDoNotPileUpAtTheBounds(metric: Metric) throws {
        let table = try Self.table.get()
        let parameters = table.plan.recipe.normal[metric.rawValue]
        let (low, high) = (parameters.minimum, parameters.maximum)
        let readings = table.plan.fleet.sensors.flatMap { table.series(metric, of: $0.index) }
        #expect(readings.allSatisfy { (low...high).contains($0) })
        // The outermost 3 % of the range hold no more readings than the 3 % next to them, and hardly any.
        let width = (high - low) * 0.03
        let outer = readings.count { $0 < low + width || $0 > high - width }
        let inner = readings.count {
            (low + width..<low + 2 * width).contains($0) || (high - 2 * width..<high - width).contains($0)
        }
        #expect(outer <= inner && inner > 0)
        #expect(Double(outer) / Double(readings.count) < 0.03)
    }

    @Test func temperatureFollowsTheSun() throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: 60d}
                    simulation: {interval: 1h}
                    sensor: {location: Denver}
                    anomalies: {enabled: false}
                    """
            )
        )
        var sums = [Double](repeating: 0, count: 24)
        for tick in 0..<table.plan.rows.tickCount {
            sums[Int(tick % 24)] += Double(table[0, tick]?.metrics[Metric.temperature.rawValue] ?? 0)
        }
        // Denver's solar time is UTC − 7 h: the warmest hour is in the early afternoon, the coldest before sunrise.
        let warmest = try #require(sums.indices.max { sums[$0] < sums[$1] })
        let coldest = try #require(sums.indices.min { sums[$0] < sums[$1] })
        #expect((12...16).contains((warmest + 17) % 24))
        #expect((1...7).contains((coldest + 17) % 24))
    }

    @Test func sensorsOfOneCityShareItsWeather() throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: 20d}
                    simulation: {interval: 30m}
                    fleet: [{count: 2, location: Oslo}, {count: 1, location: Quito}]
                    anomalies: {enabled: false}
                    """
            )
        )
        func column(_ sensor: Int) -> [Double] {
            (0..<table.plan.rows.tickCount)
                .map {
                    Double(table[sensor, $0]?.metrics[Metric.pressure.rawValue] ?? 0)
                }
        }
        #expect(Figures.correlation(column(0), column(1)) > 0.95)
        #expect(abs(Figures.correlation(column(0), column(2))) < 0.8)
    }

    @Test func coarseResolutionIsKept() throws {
        let plan = try GenerationPlan(
            yaml: """
                normal_parameters: {temperature: {mean: 20, std_dev: 1, resolution: 0.0625}}
                anomalies: {probability: 0.2}
                """
        )
        for reading in ReadingTable(plan).readings {
            let count = try #require(reading).metrics[Metric.temperature.rawValue]
            #expect(count == ReadingBlock.null || count % 625 == 0)
        }
    }

    @Test func impossibleMomentsAreRefused() {
        let error = #expect(throws: PlanError.self) {
            try GenerationPlan(
                yaml: "normal_parameters: {pressure: {mean: 1013, std_dev: 40, min: 990, max: 1040}}"
            )
        }
        #expect(error?.keyPath == "normal_parameters.pressure.std_dev")
        #expect(error?.description.contains("40.0 cannot be had around a mean of 1013.0") == true)
    }
}
