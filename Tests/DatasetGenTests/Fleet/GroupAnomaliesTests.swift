import DatasetGen
import Testing

/// Groups of one fleet that fail in ways of their own.
@Suite struct GroupAnomaliesTests {
    static let recipe = """
        dataset: {duration: 12h, seed: 5}
        simulation: {interval: 10s}
        outputs: {clean: true}
        fleet:
          - {count: 4, prefix: PLAIN}
          - {count: 4, prefix: WORN, anomalies: {probability: 0.2, types: {trend: {duration: 20m, weight: 3}}}}
          - {count: 3, prefix: SOUND, anomalies: {enabled: false}}
          - count: 4
            prefix: RADIO
            anomalies:
              types:
                spike: {enabled: false}
                trend: {enabled: false}
                noise: {enabled: false}
                missing_data: {duration: 2m, modes: [omit]}
        anomalies:
          probability: 0.05
          phases: [{at: 6h, probability: 0.1}]
          types: {spike: {}, trend: {duration: 2m, magnitude: 8}, missing_data: {duration: 1m}, noise: {duration: 1m}}
        """

    private static func types(_ table: ReadingTable, _ sensors: Range<Int>) -> Set<AnomalyType> {
        Set(table.events.filter { sensors.contains($0.sensor) }.map(\.type))
    }

    @Test func aGroupFailsAsItSays() throws {
        let plan = try GenerationPlan(yaml: Self.recipe)
        let table = ReadingTable(plan)
        #expect(Self.types(table, 0..<4) == [.spike, .trend, .missingData, .noise])
        #expect(Self.types(table, 4..<8) == [.spike, .trend, .missingData, .noise])
        #expect(Self.types(table, 8..<11).isEmpty)
        #expect(Self.types(table, 11..<15) == [.missingData])
        for event in table.events where event.type == .trend && !event.isTruncated {
            #expect(event.ticks.count == (event.sensor < 4 ? 12 : 120))
        }
        for event in table.events where event.type == .missingData {
            #expect((event.mode == .omit) == (event.sensor >= 11))
        }
        // The recipe's size of trends is that of the group, too.
        #expect(table.events.filter { $0.type == .trend }.allSatisfy { $0.difficulty != nil && $0.peakSNR != nil })
    }

    @Test func labelsAreExactAgainstTheTwin() throws {
        let plan = try GenerationPlan(yaml: Self.recipe)
        let table = ReadingTable(plan)
        for sensor in 0..<15 {
            for tick in 0..<plan.rows.tickCount {
                let reading = try #require(table[sensor, tick])
                #expect(reading.label.isAnomalous || reading.metrics == reading.clean)
            }
        }
        let twin = ReadingTable(try plan.healthyTwin())
        #expect(twin.events.isEmpty)
        for sensor in [0, 5, 9, 13] {
            #expect((0..<plan.rows.tickCount).allSatisfy { twin[sensor, $0]?.metrics == table[sensor, $0]?.clean })
        }
    }

    @Test func groupsLeaveEachOtherAlone() throws {
        let whole = ReadingTable(try GenerationPlan(yaml: Self.recipe))
        let other = ReadingTable(
            try GenerationPlan(yaml: Self.recipe.replacing("probability: 0.2, types: {", with: "types: {spike: {}, "))
        )
        let ticks = 0..<whole.plan.rows.tickCount
        for sensor in [0, 3, 8, 11, 14] {
            #expect(ticks.allSatisfy { whole[sensor, $0] == other[sensor, $0] })
        }
        #expect((4..<8).contains { sensor in ticks.contains { whole[sensor, $0] != other[sensor, $0] } })
        let plain = ReadingTable(
            try GenerationPlan(
                yaml: Self.recipe.replacing(
                    ", anomalies: {probability: 0.2, types: {trend: {duration: 20m, weight: 3}}}",
                    with: ""
                )
            )
        )
        for sensor in [0, 3, 8, 11, 14] {
            #expect(ticks.allSatisfy { whole[sensor, $0] == plain[sensor, $0] })
        }
    }

    @Test func whatAGroupRepeatsOfTheRecipeChangesNothing() throws {
        let stated = """
            fleet: [{count: 2, anomalies: {probability: 0.1, types: {spike: {weight: 2}, trend: {}}}}, {count: 2}]
            dataset: {duration: 1h}
            anomalies: {probability: 0.1, types: {spike: {weight: 2}, trend: {duration: 3m}}}
            """
        let one = ReadingTable(try GenerationPlan(yaml: stated))
        let other = ReadingTable(
            try GenerationPlan(
                yaml:
                    stated.replacing("anomalies: {probability: 0.1, types: {spike: {weight: 2}, trend: {}}}", with: "")
                    .replacing("{count: 2, }", with: "{count: 2}")
            )
        )
        for sensor in 0..<4 {
            #expect((0..<one.plan.rows.tickCount).allSatisfy { one[sensor, $0] == other[sensor, $0] })
        }
    }

    @Test func aGroupsOwnProbabilityHoldsThroughout() throws {
        let recipe = try Recipe(yaml: Self.recipe)
        #expect(recipe.groups[0].anomalies == nil)
        #expect(recipe.groups[1].anomalies?.phases == [])
        #expect(recipe.groups[3].anomalies?.phases.count == 1)
        #expect(recipe.groups[3].anomalies?.probability == 0.05)
    }

    @Test func theResolvedRecipeSaysTheSame() throws {
        let recipe = try Recipe(yaml: Self.recipe)
        let text = RecipeWriter.text(of: recipe)
        let again = try Recipe(yaml: text)
        #expect(again.groups == recipe.groups)
        #expect(RecipeWriter.text(of: again) == text)
    }

    @Test(arguments: [
        "fleet: [{metrics: pressure, anomalies: {}}]",
        "{fleet: [{metrics: pressure, anomalies: {types: {spike: {}}}}], anomalies: {types: {noise: {}}}}",
        "{fleet: [{metrics: [pressure, voltage], anomalies: {types: {spike: {metrics: voltage}}}}, {}]}",
        "{fleet: [{anomalies: {enabled: true}}, {}], anomalies: {enabled: false, types: {trend: {magnitude: [4, 8]}}}}",
    ])
    func soItDoesForGroupsThatMeasureLess(_ text: String) throws {
        let recipe = try Recipe(yaml: text)
        let again = try Recipe(yaml: RecipeWriter.text(of: recipe))
        #expect(again.groups.map(\.anomalies) == recipe.groups.map(\.anomalies))
    }

    static let mistakes: [(text: String, key: String, message: String)] = [
        ("fleet: [{anomalies: {probability: 1.7}}]", "fleet.0.anomalies.probability", "is not between"),
        ("fleet: [{anomalies: {probabilty: 0.1}}]", "fleet.0.anomalies.probabilty", "did you mean probability?"),
        (
            "fleet: [{metrics: voltage, anomalies: {types: {spike: {metrics: humidity}}}}]",
            "fleet.0.anomalies.types.spike.metrics", "the group does not measure humidity"
        ),
        (
            "{fleet: [{anomalies: {types: {missing_data: {duration: 1h}}}}], "
                + "anomalies: {types: {missing_data: {max_duration: 10m}}}}",
            "fleet.0.anomalies.types.missing_data.duration", "more than anomalies.types.missing_data.max_duration"
        ),
        (
            "{fleet: [{anomalies: {types: {spike: {enabled: false}}}}], anomalies: {types: {spike: {}}}}",
            "fleet.0.anomalies.types", "no type is enabled"
        ),
    ]

    @Test(arguments: mistakes.indices) func mistakesAreToldWithTheirPlace(_ index: Int) throws {
        let mistake = Self.mistakes[index]
        let errors = try #require(throws: RecipeErrors.self) { try Recipe(yaml: mistake.text) }
        let first = try #require(errors.diagnostics.first)
        #expect(first.keyPath == mistake.key, "\(first)")
        #expect(first.message.contains(mistake.message), "\(first)")
    }

    @Test func whatIsWrongWithTheRecipesOwnIsToldOnce() throws {
        let text = """
            fleet: [{anomalies: {probability: 0.1}}, {anomalies: {probability: 0.2}}]
            anomalies: {types: {pattern: {frequency: 3}}}
            """
        let errors = try #require(throws: RecipeErrors.self) { try Recipe(yaml: text) }
        #expect(errors.diagnostics.map(\.keyPath) == ["anomalies.types.pattern.frequency"])
    }

    @Test func aShareThatCannotBeHadIsTheGroups() throws {
        let text = """
            fleet: [{}, {anomalies: {probability: 0.99}}]
            anomalies: {types: {spike: {}}}
            """
        let recipe = try Recipe(yaml: text)
        let error = try #require(throws: PlanError.self) { try GenerationPlan(recipe) }
        #expect(error.keyPaths(in: recipe).first == "fleet.1.anomalies.probability")
    }
}
