import DatasetFiles
import DatasetGen
import Testing

@Suite("An outline")
struct PlanOutlineTests {
    private func recipe(_ text: String) throws -> Recipe {
        try RecipeReader().read(text, source: "recipe.yaml", defaultName: "wide").recipe
    }

    @Test("says of a wide fleet what its plan says, without its sensors")
    func agreement() throws {
        let recipe = try recipe(
            """
            dataset: {duration: 2m, seed: 5}
            random_location: {number_of_cities: 3}
            fleet:
              - {count: 30000, prefix: WIDE}
              - {count: 5, prefix: FEW, manufacturer: SensorTech}
              - {count: 10000, location: Oslo, prefix: NORTH}
            """
        )
        let outline = try PlanOutline(recipe)
        let plan = try outline.plan()
        #expect(outline.recipe == plan.recipe)
        #expect(outline.sensorCount == plan.fleet.sensors.count)
        #expect(outline.readingCount == plan.rows.count)
        let (small, whole) = (DatasetEstimate(outline), DatasetEstimate(plan))
        #expect(small.readings == whole.readings)
        for (one, other) in zip(small.files, whole.files) {
            #expect(one.path == other.path)
            // Four blocks of the whole have not all groups in them.
            #expect(abs(Double(one.bytes) / Double(other.bytes) - 1) < 0.15, "\(one.path)")
        }
    }

    @Test("refuses what its plan refuses", arguments: ["replicas: {count: 50000}", "replicas: {count: 2}"])
    func refusals(fleet: String) throws {
        let recipe = try recipe("\(fleet)\nanomalies: {probability: 0.999}")
        let outlined = #expect(throws: PlanError.self) { try PlanOutline(recipe) }
        let planned = #expect(throws: PlanError.self) { try GenerationPlan(recipe) }
        #expect(outlined == planned)
    }
}
