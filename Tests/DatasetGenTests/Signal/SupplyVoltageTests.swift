import DatasetGen
import Testing

@Suite struct SupplyVoltageTests {
    /// One or more sensors at rest at some temperature, the same draw at each.
    private func voltages(_ supply: String, days: Int, interval: String, count: Int = 1, celsius: Int = 30) throws
        -> [[Double]]
    {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {start: 2025-01-01, duration: \(days)d, seed: 1}
                    simulation: {interval: \(interval)}
                    fleet: [{count: \(count), location: Oslo, supply: \(supply), installation_date: 2025-01-01}]
                    normal_parameters:
                      temperature: {mean: \(celsius), std_dev: 1, min: \(celsius - 8), max: \(celsius + 8)}
                    anomalies: {enabled: false}
                    """
            )
        )
        return table.plan.fleet.sensors.map { table.series(.voltage, of: $0.index) }
    }

    @Test func mainsIsAsTheRecipeSays() throws {
        let table = ReadingTable(
            try GenerationPlan(
                yaml: """
                    dataset: {duration: 60d, seed: 3}
                    simulation: {interval: 1h}
                    climate: city
                    fleet: [{count: 40, location: Denver}, {count: 40, location: Tokyo}]
                    normal_parameters: {voltage: {mean: 24, std_dev: 0.3, min: 22.9, max: 25.2}}
                    anomalies: {enabled: false}
                    """
            )
        )
        let volts = table.plan.fleet.sensors.flatMap { table.series(.voltage, of: $0.index) }
        // 80 sensors with supplies of half a day's memory: the standard errors are below 0.01 V.
        #expect(abs(Figures.mean(volts) - 24) < 0.03)
        #expect(abs(Figures.deviation(volts) - 0.3) < 0.02)
        #expect(volts.allSatisfy { (22.9...25.2).contains($0) })
    }

    @Test func lithiumIonFallsUntilItIsRecharged() throws {
        let volts = try voltages("li_ion", days: 100, interval: "1h")[0]
        let daily = Figures.parts(volts, of: 24).map(Figures.mean)
        let rises = Figures.changes(daily).enumerated().filter { $0.element >= 0 }
        // A cycle lasts 30 days; a recharge touches at most two daily means, and takes the voltage to the top.
        #expect((3...6).contains(rises.count))
        #expect(rises.map(\.element).reduce(0, +) > 2)
        #expect(volts.allSatisfy { (3.1...4.25).contains($0) })
    }

    @Test func alkalineFallsMonthByMonthUntilItIsReplaced() throws {
        let volts = try voltages("alkaline", days: 540, interval: "6h")[0]
        let monthly = Figures.parts(volts, of: 120).map(Figures.mean)
        let rises = Figures.changes(monthly).filter { $0 >= 0 }
        // Replaced after about a year, within one month or across the edge of two.
        #expect((1...2).contains(rises.count))
        #expect(rises.reduce(0, +) > 0.6)
        #expect(volts.allSatisfy { (1.95...3.25).contains($0) })
    }

    @Test func lithiumThionylChlorideIsFlatForYears() throws {
        // A year takes 6 mV: the mean of 40 cells shows it beside their ageing of 10 mV.
        let cells = try voltages("li_socl2", days: 7 * 365, interval: "1d", count: 40)
        let yearly = (0..<7).map { year in Figures.mean(cells.flatMap { $0[year * 365..<(year + 1) * 365] }) }
        #expect(Figures.changes(yearly).allSatisfy { $0 < 0 })
        #expect(yearly.allSatisfy { (3.55...3.68).contains($0) })
        #expect(cells.joined().allSatisfy { (3.3...3.8).contains($0) })
    }

    @Test(arguments: ["li_ion", "alkaline", "li_socl2"]) func coldTakesVoltage(supply: String) throws {
        let warm = try voltages(supply, days: 10, interval: "1h", celsius: 30)[0]
        let cold = try voltages(supply, days: 10, interval: "1h", celsius: -10)[0]
        // 4 to 8 mV/K below 20 °C.
        #expect((0.1...0.3).contains(Figures.mean(warm) - Figures.mean(cold)))
    }

    @Test func theSunChargesByDay() throws {
        let years = try CityYear.years(["Denver", "Singapore", "Sydney"], seed: 2, group: "count: 1, supply: solar")
        for year in years {
            let days = year.days(.voltage)
            // The bands are the charger's; a sensor errs by 0.02 V, so 0.1 V more is five of its deviations.
            #expect(days.allSatisfy { $0[11...13].allSatisfy { (13.5...14.5).contains($0) } }, "\(year.city)")
            #expect(days.allSatisfy { $0[0...3].allSatisfy { (12.3...12.9).contains($0) } }, "\(year.city)")
            // Clear days charge more than dull ones.
            #expect(Figures.deviation(days.map { $0[12] }) > 0.05, "\(year.city)")
        }
    }
}
