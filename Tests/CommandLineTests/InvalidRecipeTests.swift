import Testing

@Suite("An invalid recipe", .timeLimit(.minutes(30)))
struct InvalidRecipeTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    @Test("is refused with a line per mistake and its place, and nothing is written", arguments: ["recipe", "check"])
    func mistakes(command: String) throws {
        try workspace.write(
            """
            dataset:
              name: wrong
            simulation:
              reading_per_second: 1
            anomalies:
              enabled: perhaps
              probability: 1.7
            """,
            to: "recipe.yaml"
        )
        let outcome = try workspace.run((command == "check" ? ["recipes"] : []) + [command, "recipe.yaml"])
        #expect(outcome.status == 65)
        #expect(outcome.output == "")
        #expect(
            outcome.errorLines == [
                "error: recipe.yaml:4:3: simulation.reading_per_second: unknown key; did you mean readings_per_second?",
                "error: recipe.yaml:6:3: anomalies.enabled: expected true or false, found perhaps",
                "error: recipe.yaml:7:3: anomalies.probability: 1.7 is not between 0 and 1",
            ]
        )
        #expect(try workspace.names() == ["recipe.yaml"])
    }

    @Test(
        "that asks for the impossible is refused at the key, with what can be had",
        arguments: [
            (
                "normal_parameters:\n  temperature:\n    mean: 20\n    std_dev: 9\n    min: 15\n    max: 25\n",
                "4:5: normal_parameters.temperature.std_dev: ", "the largest is"
            ),
            ("anomalies:\n  enabled: true\n  probability: 0.999\n", "3:3: anomalies.probability: ", "the highest is"),
        ]
    )
    func impossible(text: String, place: String, limit: String) throws {
        try workspace.write(text, to: "recipe.yaml")
        let outcome = try workspace.run("recipe", "recipe.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("error: recipe.yaml:" + place), "\(outcome.errors)")
        #expect(outcome.errors.contains(limit), "\(outcome.errors)")
        #expect(try workspace.names() == ["recipe.yaml"])
    }

    @Test("from standard input or another folder is named as the user named it")
    func names() throws {
        let wrong = "anomalies: {probability: 2}"
        let standard = try workspace.run("recipe", "-", input: wrong)
        #expect(standard.status == 65)
        #expect(standard.errors.hasPrefix("error: <stdin>:1:13: anomalies.probability: "))
        try workspace.write(wrong, to: "wrong.yaml")
        let path = workspace.path("wrong.yaml")
        let absolute = try workspace.run("recipe", path)
        #expect(absolute.errors.hasPrefix("error: \(path):1:13: anomalies.probability: "))
    }

    @Test("by way of the environment names the variable")
    func environment() throws {
        let outcome = try workspace.run("recipe", "quickstart.yaml", environment: ["SENSOR_INTERVAL": "never"])
        #expect(outcome.status == 65)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains("SENSOR_INTERVAL"), "\(outcome.errors)")
        #expect(try workspace.names() == [])
    }
}
