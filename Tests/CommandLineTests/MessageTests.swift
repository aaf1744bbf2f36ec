import Foundation
import Testing

@Suite("Messages", .timeLimit(.minutes(30)))
struct MessageTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
    }

    @Test(
        "spell out what cannot be seen",
        arguments: [
            ("\u{a0}", "\\u{a0}"), ("\u{200b}", "\\u{200b}"), ("\u{ad}", "\\u{ad}"), ("\u{2060}", "\\u{2060}"),
            ("\u{3000}", "\\u{3000}"), ("\u{202e}", "\\u{202e}"), ("\u{feff}", "\\u{feff}"), ("\u{3164}", "\\u{3164}"),
        ]
    )
    func invisible(character: String, spelling: String) throws {
        try workspace.write("dataset: {seed: 1\(character)2}\n", to: "value.yaml")
        try workspace.write("dataset: {se\(character)ed: 1}\n", to: "key.yaml")
        for arguments in [
            ["recipe", "value.yaml"], ["recipe", "key.yaml"], ["recipe", "small.yaml", "--seed", "1\(character)2"],
            ["recipe", "small.yaml", "--set", "sensor.\(character)id=1"], ["recipe", "no\(character)ne.yaml"],
            ["recipe", "small.yaml", "--duration", "1\(character)h"], ["re\(character)cipe"],
            ["describe", "no\(character)ne"], ["verify", "no\(character)ne"], ["identity", "--city", "O\(character)o"],
            ["recipes", "show", "no\(character)ne"], ["recipe", "small.yaml", "--threads", "1\(character)2"],
        ] {
            let outcome = try workspace.run(arguments)
            #expect(outcome.status != 0)
            #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
            #expect(!outcome.errors.contains(character) && outcome.errors.contains(spelling), "\(outcome.errors)")
        }
        let variable = try workspace.run("recipe", "small.yaml", environment: ["MONITORING_PORT": "8\(character)0"])
        #expect(variable.errors.contains("found \"8\(spelling)0\""), "\(variable.errors)")
    }

    @Test("end a line only at its end", arguments: [("\r", "\\r"), ("\n", "\\n"), ("\t", "\\t"), ("\r\n", "\\r\\n")])
    func breaks(character: String, spelling: String) throws {
        let outcome = try workspace.run("recipe", "no\(character)ne.yaml")
        #expect(outcome.errors.unicodeScalars.filter { $0.value < 32 } == ["\n"])
        #expect(outcome.errors.contains("no\(spelling)ne"), "\(outcome.errors)")
    }

    @Test(
        "say what keeps a text from being YAML in the words of its users",
        arguments: [
            ("dataset:\n\tseed: 1\n", "2:1: this is not YAML: the line begins with a tab; YAML is indented by spaces"),
            ("dataset:\n  seed: 1\n\tname: x\n", "the line begins with a tab"),
            ("sensor:\n  id: @home\n", "2:7: this is not YAML: a text that begins with @ needs quotes"),
            ("sensor:\n  id: `x`\n", "a text that begins with ` needs quotes"),
            ("logging:\n  format: %(message)s\n", "a text that begins with % needs quotes"),
        ]
    )
    func yaml(text: String, reason: String) throws {
        try workspace.write(text, to: "wrong.yaml")
        let outcome = try workspace.run("recipe", "wrong.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains(reason), "\(outcome.errors)")
        #expect(!outcome.errors.contains("token"))
    }

    @Test("of a value that begins with a sign of YAML need not be quoted in --set")
    func signs() throws {
        for (value, text) in [("@home", "\"@home\""), ("`x`", "\"`x`\""), ("%x", "\"%x\"")] {
            let outcome = try workspace.run("recipe", "small.yaml", "--set", "sensor.id=\(value)", "--dry-run")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("id: \(text)"), "\(outcome.output)")
        }
    }

    @Test("take a value with a dash for one", arguments: ["--duration", "--start", "--end", "--sensors", "--seed"])
    func dashes(option: String) throws {
        let outcome = try workspace.run("recipe", "small.yaml", option, "-1h", "--dry-run")
        #expect(outcome.status == 65)
        #expect(
            outcome.errors.hasPrefix("error: \(option): ") && !outcome.errors.contains("Missing"),
            "\(outcome.errors)"
        )
        if option == "--duration" { #expect(outcome.errors.contains("\"-1h\" is not a duration")) }
        for (command, name) in [("bench", "--rows"), ("verify", "--threads"), ("describe", "--day")] {
            let other = try workspace.run(command, "out", name, "-1")
            #expect(other.status == 64 && !other.errors.contains("Missing"), "\(other.errors)")
        }
    }

    @Test(
        "say what may have been meant",
        arguments: [
            (["recpie", "x.yaml"], 64, "did you mean recipe?"), (["verfy", "x"], 64, "did you mean verify?"),
            (["recipes", "chek"], 64, "did you mean check?"),
            (["small.yaml"], 64, "did you mean gen-dataset recipe small.yaml?"),
            (["quickstart"], 64, "did you mean gen-dataset recipe quickstart?"),
            (["recipe", "quikstart.yaml"], 66, "did you mean the bundled quickstart.yaml?"),
            (["recipe", "chaostest"], 66, "did you mean the bundled chaos-test.yaml?"),
            (["recipes", "show", "ml-trainig"], 66, "did you mean ml-training.yaml?"),
            (["identity", "--city", "sao paulo"], 66, "did you mean Sao Paulo?"),
            (["identity", "--city", "Zürich"], 66, "did you mean Zurich?"),
            (["describe", "kept"], 66, "did you mean datasets/kept?"),
            (["audit", "kept"], 66, "did you mean datasets/kept?"),
            (["verify", "kept"], 66, "did you mean datasets/kept?"),
            (["recipe", "group.yaml"], 65, "unknown key here; it stands at the top of a recipe"),
            (["recipe", "norway.yaml"], 65, "Norwy: no country of the list; did you mean NO?"),
            (["recipe", "states.yaml"], 65, "exclude_countries: USA: no country of the list; did you mean US?"),
        ]
    )
    func suggestions(arguments: [String], status: Int32, hint: String) throws {
        try workspace.write("fleet: [{outputs: {}}]", to: "group.yaml")
        try workspace.write("random_location: {include_countries: [\"Norwy\"]}", to: "norway.yaml")
        try workspace.write("random_location: {exclude_countries: [USA]}", to: "states.yaml")
        try FileManager.default.createDirectory(
            atPath: workspace.path("datasets/kept"),
            withIntermediateDirectories: true
        )
        try workspace.write("{}", to: "datasets/kept/manifest.json")
        let outcome = try workspace.run(arguments)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains(hint), "\(outcome.errors)")
    }

    @Test(
        "about places are notes with what may have been meant",
        arguments: [
            ("sensor: {location: san francisco}", "did you mean San Francisco?"),
            ("sensor: {location: Zürich}", "did you mean Zurich?"),
            ("sensor: {location: \"Paris, France\"}", "did you mean Paris?"),
            (
                "sensor: {location: {city: X, latitude: 1, longitude: 1, timezone: America/Denvr}}",
                "did you mean America/Denver?"
            ),
            ("fleet: [{location: Olso}]", "did you mean Oslo?"),
        ]
    )
    func places(text: String, hint: String) throws {
        try workspace.write(text + "\nanomalies: {enabled: false}", to: "place.yaml")
        for command in [["recipes", "check"], ["recipe", "--dry-run"]] {
            let outcome = try workspace.run(command + ["place.yaml"])
            #expect(outcome.status == 0)
            #expect(outcome.errorLines.count == 1 && outcome.errors.hasPrefix("note: "), "\(outcome.errors)")
            #expect(outcome.errors.contains(hint), "\(outcome.errors)")
        }
    }

    @Test("about cities name the number that somebody asked for, and the key that asks")
    func cities() throws {
        try workspace.write("replicas: {count: 3}\nrandom_location: {include_countries: [\"NO\"]}", to: "few.yaml")
        let few = try workspace.run("recipe", "few.yaml", "--dry-run")
        #expect(few.status == 0, "\(few.errors)")
        for key in ["number_of_cities", "city_count"] {
            try workspace.write(
                "fleet:\n- random_location:\n    \(key): 50\n    include_countries: [\"NO\"]\n",
                to: "many.yaml"
            )
            let many = try workspace.run("recipe", "many.yaml", "--dry-run")
            #expect(many.status == 65)
            #expect(
                many.errors.hasPrefix("error: many.yaml:3:5: fleet.0.random_location.\(key): 50 cities are"),
                "\(many.errors)"
            )
        }
        try workspace.write("random_location:\n  min_population: 9000000000\n", to: "none.yaml")
        #expect(try workspace.run("recipes", "check", "none.yaml").errors.contains("random_location: no city is left"))
    }

    @Test("about a share that a phase asks for name the phase")
    func phase() throws {
        let text =
            "anomalies:\n  probability: 0.01\n  phases:\n  - {at: 0s, probability: 0.02}\n  - {at: 1m, probability: 0.999}\n"
        try workspace.write(text, to: "phase.yaml")
        let outcome = try workspace.run("recipes", "check", "phase.yaml")
        #expect(outcome.status == 65)
        #expect(
            outcome.errors.hasPrefix("error: phase.yaml:5:14: anomalies.phases.1.probability: "),
            "\(outcome.errors)"
        )
    }

    @Test("are one JSON object on standard output with --json, and the same lines as ever on standard error")
    func json() throws {
        struct Answer: Decodable {
            struct Error: Decodable {
                var status: Int32
                var findings: [Finding]
            }
            struct Finding: Decodable {
                var file: String?
                var line: Int?
                var column: Int?
                var key: String?
                var option: String?
                var variable: String?
                var message: String
            }
            var error: Error
        }
        try workspace.write("dataset:\n  seed: x\nanomalies: {probability: 2}\n", to: "wrong.yaml")
        let wrong = try workspace.run(
            "recipe",
            "wrong.yaml",
            "--json",
            "--sensors",
            "0",
            environment: ["LOG_LEVEL": "loud"]
        )
        let error = try wrong.decoded(as: Answer.self).error
        #expect(wrong.status == 65 && error.status == 65)
        #expect(wrong.errorLines.count == 4 && error.findings.count == 4)
        #expect(error.findings[0].file == "wrong.yaml" && error.findings[0].line == 2 && error.findings[0].column == 3)
        #expect(error.findings[0].key == "dataset.seed")
        #expect(
            error.findings.contains { $0.option == "--sensors" }
                && error.findings.contains { $0.variable == "LOG_LEVEL" }
        )
        for arguments in [
            ["recipe", "none.yaml", "--json"], ["verify", "none", "--json"], ["describe", "none", "--json"],
            ["audit", "none", "--json"], ["recipe", "small.yaml", "--json", "--threads", "0"],
            ["bench", "--json", "--rows", "0"],
        ] {
            let outcome = try workspace.run(arguments)
            let answer = try outcome.decoded(as: Answer.self)
            #expect(answer.error.status == outcome.status && answer.error.findings.count == 1)
            #expect(outcome.errorLines.count == 1)
        }
        // A command that has something to say says it, and its exit status tells the rest.
        try workspace.generate("small.yaml", to: "out")
        try workspace.write("x", to: "out/events.csv")
        let verification = try workspace.run("verify", "out", "--json")
        #expect(verification.status == 76)
        #expect(verification.output.split(separator: "\n").count == 1 && !verification.output.hasPrefix("{\"error\""))
    }

    @Test("keep JSON valid where a name has what cannot be seen")
    func jsonNames() throws {
        try workspace.write("dataset: {name: d, duration: 3s, description: \"a\\u00a0b\\u202ec😀\"}", to: "odd.yaml")
        try workspace.generate("odd.yaml", to: "out")
        struct Manifest: Decodable {
            struct Dataset: Decodable { var description: String }
            var dataset: Dataset
        }
        let outcome = try workspace.run("describe", "out", "--json")
        #expect(outcome.output.contains(#"a\u00a0b\u202ec😀"#))
        #expect(try outcome.decoded(as: Manifest.self).dataset.description == "a\u{a0}b\u{202e}c😀")
    }
}
