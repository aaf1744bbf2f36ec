import DatasetGen
import Testing

/// What distinguishes sensors: steps, noise and offsets of their parts.
@Suite struct SensorPartTests {
    private func table(_ fleet: String, duration: String, interval: String, more: String = "") throws -> ReadingTable {
        ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: \(duration), seed: 4}
                    simulation: {interval: \(interval)}
                    fleet: [\(fleet)]
                    anomalies: {enabled: false}
                    \(more)
                    """
            )
        )
    }

    @Test func readingsMostlyRepeatThemselvesFromMinuteToMinute() throws {
        let table = try table("{count: 10, location: Denver}", duration: "7d", interval: "1m")
        func repeated(_ metric: Metric) -> Double {
            Figures.mean(
                table.plan.fleet.sensors.map { sensor in
                    let changes = Figures.changes(table.series(metric, of: sensor.index))
                    return Double(changes.count { $0 == 0 }) / Double(changes.count)
                }
            )
        }
        #expect((0.35...0.6).contains(repeated(.temperature)))
        #expect((0.2...0.6).contains(repeated(.humidity)))
    }

    @Test(arguments: [("DS18B20", 625, 4), ("BME280", 1, 2), ("SHT31", 1, 2), ("transmitter", 1, 1)])
    func readingsAreMultiplesOfThePartsStep(part: String, step: Int32, decimals: Int) throws {
        let table = try table("{count: 1, part: \(part)}", duration: "10d", interval: "5m")
        #expect(table.plan.fleet.sensors[0].resolutions[0] == Resolution(step: step, decimals: decimals))
        let counts = table.readings.compactMap { $0?.metrics[0] }
        #expect(counts.allSatisfy { $0 % step == 0 })
        // And not of a coarser one.
        #expect((2...5).allSatisfy { factor in !counts.allSatisfy { $0 % (step * factor) == 0 } })
    }

    @Test func recipesResolutionBeatsThePartsOne() throws {
        let table = try table(
            "{count: 1, part: DS18B20}, {count: 1, part: SHT31, prefix: T}",
            duration: "10d",
            interval: "5m",
            more: "normal_parameters: {temperature: {resolution: 0.5}, humidity: {resolution: 2}}"
        )
        for sensor in 0...1 {
            #expect(table.series(.temperature, of: sensor).allSatisfy { ($0 * 2).rounded() == $0 * 2 })
            #expect(table.series(.humidity, of: sensor).allSatisfy { ($0 / 2).rounded() == $0 / 2 })
        }
    }

    /// White noise from the data sheets, and the rounding to the step, whose variance is a twelfth of its square.
    @Test(
        arguments: [
            ("BME280", 0.0058), ("SHT31", 0.0133), ("DS18B20", 0.0350), ("transmitter", 0.0577),
        ]
    )
    func noiseIsThePartsOwn(part: String, kelvin: Double) throws {
        let table = try table("{count: 1, part: \(part)}", duration: "1d", interval: "1s", more: "climate: city")
        // 86,400 readings leave 0.5 %; that rounding errors are not quite independent, 5 % more.
        let noise = Figures.whiteNoise(table.series(.temperature, of: 0))
        #expect(abs(noise / kelvin - 1) < 0.06)
    }

    /// Noise of a step far below it shows the deviates themselves: pressure of a BME280 at a second.
    @Test func noiseIsNearlyNormalAndBounded() throws {
        let table = try table(
            "{count: 1, part: BME280}",
            duration: "1d",
            interval: "1s",
            more: "climate: city_v1\nnormal_parameters: {pressure: {resolution: 0.00001}}"
        )
        // Readings are a line and noise between two knots, every 300 s: the residuals of a fit are the noise.
        let residuals = Figures.parts(table.series(.pressure, of: 0), of: 300).flatMap(Self.residuals)
        let deviates = residuals.map { $0 / 0.013 }
        // 86,400 deviates: standard errors of 0.003 for the variance (1 − 2/300 is left after a fit of two numbers),
        // and of 0.02 for the fourth moment, which is 3 for a normal and 2.9 for one cut at 3.6.
        #expect(abs(Figures.variance(deviates) - (1 - 2 / 300.0)) < 0.02)
        #expect(abs(Figures.mean(deviates.map { $0 * $0 * $0 * $0 }) - 2.9) < 0.12)
        let extreme = deviates.map(abs).max() ?? 0
        #expect(extreme > 3.2 && extreme < 3.6 + 0.3)
    }

    /// In the second edition nothing tells a large anomaly from noise by a bound.
    @Test func noiseOfTheSecondEditionHasNormalEnds() throws {
        let table = try table(
            "{count: 6, part: BME280}",
            duration: "1d",
            interval: "1s",
            more: "climate: city_v2\nnormal_parameters: {pressure: {resolution: 0.00001}}"
        )
        // A reading less the mean of the ten before and the ten behind, of which 1 + 1/20 of the variance is left.
        let deviates = (0..<6)
            .flatMap { sensor in
                let series = table.series(.pressure, of: sensor)
                var sum = series[0..<20].reduce(0, +)
                return (10..<series.count - 10)
                    .map { middle in
                        sum += series[middle + 10] - (middle > 10 ? series[middle - 11] : 0)
                        return (series[middle] - (sum - series[middle]) / 20) / (0.013 * (1 + 1 / 20.0).squareRoot())
                    }
            }
        // 518,000 deviates: standard errors of 0.002 for the variance and 0.014 for the fourth moment. What the surroundings do
        // in ten seconds adds a thousandth.
        #expect(abs(Figures.variance(deviates) - 1) < 0.01)
        #expect(abs(Figures.mean(deviates.map { $0 * $0 * $0 * $0 }) - 3) < 0.06)
        // Beyond 4 a normal curve has 6.33 · 10⁻⁵: 33 deviates.
        #expect((14...56).contains(deviates.count { abs($0) > 4 }))
        #expect(deviates.allSatisfy { abs($0) < 6.5 })
    }

    private static func residuals(_ y: [Double]) -> [Double] {
        let middle = Double(y.count - 1) / 2
        let mean = Figures.mean(y)
        var (rise, square) = (0.0, 0.0)
        for (index, value) in y.enumerated() {
            rise += (Double(index) - middle) * (value - mean)
            square += (Double(index) - middle) * (Double(index) - middle)
        }
        return y.enumerated().map { $1 - mean - rise / square * (Double($0) - middle) }
    }

    /// Calibration, ageing and self-heating from the data sheets: √(offset² + drift² + (0.3 · heating)²).
    @Test(arguments: [("BME280", 0.296), ("SHT31", 0.104), ("DS18B20", 0.269), ("transmitter", 0.183)])
    func sensorsOfOneCityDifferInOffset(part: String, kelvin: Double) throws {
        let table = try table(
            "{count: 300, location: Denver, part: \(part)}",
            duration: "20d",
            interval: "2h",
            more: "climate: city"
        )
        let means = table.plan.fleet.sensors.map { Figures.mean(table.series(.temperature, of: $0.index)) }
        // 300 specimens leave 4 %; the drift is a process of half a year, at times a little smaller. Of what goes on for hours where a
        // sensor stands, 0.5 K, twenty days leave the part that 80 of its periods do.
        let expected = (kelvin * kelvin + 0.5 * 0.5 / 80).squareRoot()
        #expect(abs(Figures.deviation(means) / expected - 1) < 0.13)
        // What they share is the weather.
        let (first, second) = (table.series(.temperature, of: 0), table.series(.temperature, of: 1))
        #expect(Figures.correlation(first, second) > 0.98)
    }
}
