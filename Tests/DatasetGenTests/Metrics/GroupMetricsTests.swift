import DatasetGen
import Testing

/// Groups of one fleet that measure different things.
@Suite struct GroupMetricsTests {
    static let recipe = """
        dataset: {duration: 2h, seed: 9}
        simulation: {interval: 10s}
        outputs: {clean: true}
        metrics:
          temperature: {}
          humidity: {}
          door: {model: state, states: {closed: 0.9, open: 0.1}, dwell: 1m}
          load: {mean: 5, std_dev: 1}
          twice: {formula: load * 2}
        normal_parameters: {temperature: {std_dev: 1, min: 15, max: 30}}
        fleet:
          - {count: 4, prefix: COLD, metrics: [temperature, door], normal_parameters: {temperature: {mean: -20}}}
          - {count: 3, prefix: LOAD, metrics: [load, twice]}
          - {count: 2, prefix: ALL, climate: city, location: Oslo}
        anomalies:
          probability: 0.1
          types: {spike: {}, trend: {duration: 2m}, missing_data: {duration: 1m, modes: [null, stuck, rail]}, noise: {duration: 1m}}
        """

    private static func columns(of sensor: Int) -> Set<Int> {
        sensor < 4 ? [0, 2] : (sensor < 7 ? [3, 4] : [0, 1, 2, 3, 4])
    }

    @Test func aSensorHasReadingsOfWhatItMeasuresAlone() throws {
        let plan = try GenerationPlan(yaml: Self.recipe)
        let table = ReadingTable(plan)
        for sensor in 0..<9 {
            for tick in 0..<plan.rows.tickCount {
                let reading = try #require(table[sensor, tick])
                let measured = Self.columns(of: sensor)
                let present = Set((0..<5).filter { reading.metrics[$0] != ReadingBlock.null })
                #expect(present.isSubset(of: measured))
                #expect(reading.label.isAnomalous || present == measured)
                #expect(Set((0..<5).filter { reading.clean[$0] != ReadingBlock.null }) == measured)
            }
        }
        for event in table.events {
            let measured = Self.columns(of: event.sensor)
            #expect(Set(event.metrics.elements.map(\.rawValue)).isSubset(of: measured))
            #expect(
                table[event.sensor, event.ticks.lowerBound]?.metrics
                    != table[event.sensor, event.ticks.lowerBound]?.clean
            )
        }
        #expect(Set(table.events.map(\.type)).count == 4)
        // What a sensor does not measure is not missing.
        #expect(table.statistics.normal.allSatisfy { $0.nulls == 0 })
    }

    @Test func aGroupsNumbersTakeThePlaceOfTheRecipes() throws {
        let plan = try GenerationPlan(yaml: Self.recipe)
        let table = ReadingTable(plan)
        let step = plan.fleet.sensors[0].resolutions[0].value
        let cold = (0..<4)
            .flatMap { sensor in
                (0..<plan.rows.tickCount).compactMap { table[sensor, $0] }.map { Double($0.clean[0]) * step }
            }
        // Four standard deviations, which are the recipe's 1, around the group's mean.
        #expect(cold.allSatisfy { (-24...(-16)).contains($0) })
        #expect(cold.contains { $0 != cold[0] })
    }

    @Test func groupsLeaveEachOtherAlone() throws {
        let whole = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        let plan = try GenerationPlan(
            yaml: Self.recipe.replacing(
                "{count: 3, prefix: LOAD, metrics: [load, twice]}",
                with: "{count: 3, prefix: LOAD, metrics: load}"
            )
        )
        let other = ReadingTable(plan)
        for sensor in [0, 1, 2, 3, 7, 8] {
            #expect((0..<plan.rows.tickCount).allSatisfy { whole[sensor, $0] == other[sensor, $0] })
        }
    }

    @Test func theResolvedRecipeSaysTheSame() throws {
        let recipe = try Recipe(yaml: Self.recipe)
        let text = RecipeWriter.text(of: recipe)
        let again = try Recipe(yaml: text)
        #expect(again.groups == recipe.groups)
        #expect(RecipeWriter.text(of: again) == text)
    }

    static let mistakes: [(text: String, key: String, message: String)] = [
        ("fleet: [{metrics: [temprature]}]", "fleet.0.metrics.0", "did you mean temperature?"),
        ("fleet: [{metrics: voltage}, {metrics: [co2]}]", "fleet.1.metrics.0", "expected one of temperature"),
        (
            "fleet: [{metrics: [voltage], normal_parameters: {humidity: {mean: 50}}}]",
            "fleet.0.normal_parameters.humidity", "no standard metric of the group"
        ),
        (
            "{fleet: [{metrics: voltage}], anomalies: {types: {spike: {metrics: humidity}}}}", "fleet.0.metrics",
            "none of the metrics that a spike affects"
        ),
        (
            "fleet: [{normal_parameters: {temperature: {mean: -300}}}]", "fleet.0.normal_parameters.temperature.mean",
            "is not between"
        ),
    ]

    @Test(arguments: mistakes.indices) func mistakesAreToldWithTheirPlace(_ index: Int) throws {
        let mistake = Self.mistakes[index]
        let errors = try #require(throws: RecipeErrors.self) { try Recipe(yaml: mistake.text) }
        let first = try #require(errors.diagnostics.first)
        #expect(first.keyPath == mistake.key, "\(first)")
        #expect(first.message.contains(mistake.message), "\(first)")
    }
}
