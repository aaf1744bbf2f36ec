import Foundation
import Testing

@Suite("A recipe to begin with", .timeLimit(.minutes(30)))
struct InitTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private func answer(_ lines: String, for file: String) throws -> Outcome {
        try workspace.shell("printf '\(lines)' | \"$TOOL\" init \(file)")
    }

    @Test("says what was answered, in YAML with comments that is read as it stands")
    func answers() throws {
        let outcome = try answer("temperature, CO2,soil moisture\\n3\\n1m\\n2h\\n20 %%\\n", for: "beds.yaml")
        #expect(outcome.status == 0 && outcome.output.contains("beds.yaml: a recipe of 3 sensors"), "\(outcome.errors)")
        let text = try workspace.text("beds.yaml")
        #expect(
            text.contains("gen-dataset recipe beds.yaml") && text.split(separator: "\n").count { $0.contains("#") } > 8
        )
        #expect(try workspace.run("recipes", "check", "beds.yaml").output == "ok: 360 readings of 3 sensors\n")
        try workspace.generate("beds.yaml", to: "out")
        let header = try workspace.shell("zcat out/readings.csv.gz | head -n 1").output
        #expect(header.contains("temperature,co2,soil_moisture,"), "\(header)")
        #expect(try workspace.text("out/manifest.json").contains("\"asked_rate\": 0.2"))
    }

    @Test("takes what is suggested for no answer, and is refused a wrong one")
    func defaults() throws {
        #expect(try workspace.shell("\"$TOOL\" init usual.yaml </dev/null").status == 0)
        #expect(try workspace.run("recipes", "check", "usual.yaml").output == "ok: 86,400 readings of 10 sensors\n")
        let wrong = try answer("\\nmany\\n", for: "wrong.yaml")
        #expect(wrong.status == 65 && wrong.errors.contains("How many sensors are there?"), "\(wrong.errors)")
        #expect(try workspace.names() == ["usual.yaml"])
        let name = try workspace.run("init", "a:b?.yaml")
        #expect(name.status == 64 && name.errors.contains("a:b?.yaml: "), "\(name.errors)")
        let again = try workspace.shell("\"$TOOL\" init usual.yaml </dev/null")
        #expect(again.status == 73 && again.errors.contains("it exists"), "\(again.errors)")
    }

    @Test("is called like its file, whatever YAML takes that for, where a dataset can be")
    func names() throws {
        for (name, line) in [("null", #"name: "null""#), ("1e3", #"name: "1e3""#), ("beds", "name: beds")] {
            #expect(try workspace.shell("\"$TOOL\" init \(name).yaml </dev/null").status == 0)
            #expect(try workspace.text("\(name).yaml").contains("\n  \(line)\n"))
            #expect(try workspace.run("recipes", "check", "\(name).yaml").status == 0)
        }
        #expect(try workspace.run("init", "no.yaml", "--from", "indoor-air.yaml").status == 0)
        for name in ["~.yaml", "#.yaml", "{}.yaml", "[a].yaml", "-"] {
            for options in [[], ["--from", "indoor-air.yaml"]] {
                let outcome = try workspace.run(["init"] + options + ["--", name])
                #expect(outcome.status == 64 && outcome.errors.contains("cannot name a folder"), "\(outcome)")
            }
        }
        let twice = try answer("co2, dust, CO2\\n", for: "twice.yaml")
        let reason = "error: What does a sensor measure? \"co2\" is named twice\n"
        #expect(twice.status == 65 && twice.errors == reason, "\(twice.errors)")
    }

    @Test("asks a terminal again until an answer is right")
    func terminal() throws {
        let command = "printf '\\n0\\n7\\n\\n\\n\\n' | script -qec '\"'$TOOL'\" init asked.yaml' /dev/null"
        let outcome = try workspace.shell(command)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(
            outcome.output.components(separatedBy: "How many sensors are there? [10]").count == 3,
            "\(outcome.output)"
        )
        #expect(try workspace.text("asked.yaml").contains("count: 7"))
    }

    @Test("is a bundled one under another name")
    func copies() throws {
        let outcome = try workspace.run("init", "office.yaml", "--from", "indoor-air")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let text = try workspace.text("office.yaml")
        #expect(text.contains("name: office\n") && !text.contains("indoor-air"))
        let shown = try workspace.run("recipes", "show", "indoor-air.yaml").output
        #expect(text == shown.replacing("indoor-air", with: "office"))
        let unknown = try workspace.run("init", "a.yaml", "--from", "indor-air")
        #expect(unknown.status == 66 && unknown.errors.contains("did you mean indoor-air.yaml?"), "\(unknown.errors)")
    }

    @Test("may name cities, which are found by name, state and country")
    func cities() throws {
        func names(_ text: String...) throws -> [String] {
            let outcome = try workspace.run(["recipes", "cities"] + text)
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output.split(separator: "\n").dropFirst().map(String.init)
        }
        #expect(try names().count > 190)
        #expect(try names("ZÜRICH").map { $0.contains("Zurich") } == [true])
        let swiss = try names("ch")
        #expect(swiss.count > 1 && swiss.allSatisfy { $0.contains(" CH ") })
        #expect(try names("Switzerland") == swiss)
        #expect(try names("california").allSatisfy { $0.contains("California") })
        let none = try workspace.run("recipes", "cities", "Berlim")
        #expect(none.status == 66 && none.errors.contains("did you mean Berlin?"), "\(none.errors)")
    }
}
