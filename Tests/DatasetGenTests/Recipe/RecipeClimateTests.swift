import DatasetGen
import Testing

@Suite struct RecipeClimateTests {
    @Test func cityOfAnUnknownPlaceIsRefused() {
        let error = #expect(throws: PlanError.self) {
            try GenerationPlan(yaml: "{climate: city, sensor: {location: Atlantis}}")
        }
        #expect(error?.keyPath == "climate")
        #expect(
            error?.description == "city needs the latitude and longitude of 'Atlantis', which is not a bundled city; "
                + "give its coordinates"
        )
    }

    @Test func cityOfAPlaceWithCoordinatesIsAccepted() throws {
        let place = "{name: Atlantis, latitude: 31, longitude: -24}"
        let plan = try GenerationPlan(yaml: "{climate: city, sensor: {location: \(place)}}")
        #expect(plan.recipe.climate == .cityV2)
        // Without `climate: city` the place may be unknown.
        #expect(throws: Never.self) { try GenerationPlan(yaml: "sensor: {location: Atlantis}") }
    }

    /// `city` is the newest edition, but for resolved recipes of the time when there was only the first.
    @Test(
        arguments: [
            ("climate: city", Climate.cityV2), ("climate: city_v1", .cityV1), ("climate: city_v2", .cityV2),
            ("{climate: city, dataset: {resolved: true}}", .cityV1),
            ("{climate: city_v2, dataset: {resolved: true}}", .cityV2),
        ]
    )
    func editionIsKeptInResolvedRecipes(yaml: String, edition: Climate) throws {
        let plan = try GenerationPlan(yaml: yaml)
        #expect(plan.recipe.climate == edition)
        let again = try GenerationPlan(yaml: RecipeWriter.text(of: plan.fleet.resolvedRecipe))
        #expect(again.recipe.climate == edition)
    }

    @Test func editionOfAGroupIsKept() throws {
        let plan = try GenerationPlan(yaml: "fleet: [{count: 1, climate: city}, {count: 1, climate: city_v1}]")
        let resolved = RecipeWriter.text(of: plan.fleet.resolvedRecipe)
        #expect(resolved.contains("climate: city_v2") && resolved.contains("climate: city_v1"))
    }

    @Test(
        arguments: [
            (
                "{climate: city, normal_parameters: {temperature: {mean: 20}}}",
                ["climate: city takes the place of normal_parameters.temperature: only its resolution counts"]
            ),
            // The resolution counts, and so do the mains.
            ("{climate: city, normal_parameters: {humidity: {resolution: 1}, voltage: {mean: 12.1}}}", []),
            ("{normal_parameters: {temperature: {mean: 20}}}", []),
            (
                "{fleet: [{count: 1, supply: alkaline}], normal_parameters: {voltage: {std_dev: 0.2}}}",
                ["normal_parameters.voltage concerns sensors on mains, and there are none: only its resolution counts"]
            ),
        ]
    )
    func normalParametersThatDoNotCountAreNoted(yaml: String, notes: [String]) throws {
        let resolved = try RecipeReader().read(yaml, source: "recipe.yaml", defaultName: "test")
        #expect(resolved.notes == notes)
    }
}
