import Foundation
import Testing

@Suite("Input from anyone", .timeLimit(.minutes(30)))
struct HostileInputTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    @Test(
        "that is no file is refused in one line, be it the recipe or its identity",
        arguments: [
            ("folder", "Is a directory"), ("pipe", "it is no file"), ("/dev/zero", "it is no file"),
            ("huge.yaml", "it is longer than 16 MiB"),
            ("missing.yaml", "No such file"),
        ]
    )
    func paths(path: String, reason: String) throws {
        try FileManager.default.createDirectory(atPath: workspace.path("folder"), withIntermediateDirectories: true)
        #expect(mkfifo(workspace.path("pipe"), 0o600) == 0)
        #expect(FileManager.default.createFile(atPath: workspace.path("huge.yaml"), contents: nil))
        #expect(truncate(workspace.path("huge.yaml"), 1 << 30) == 0)
        let recipe = try workspace.run("recipe", path, "-o", "out")
        #expect(recipe.status == (path == "huge.yaml" ? 65 : 66))
        #expect(recipe.errorLines.count == 1)
        #expect(recipe.errors.contains(reason), "\(recipe.errors)")
        let identity = try workspace.run("recipe", "quickstart.yaml", "--identity", path, "-o", "out")
        #expect(identity.status == 66)
        #expect(identity.errorLines.count == 1)
        #expect(identity.errors.hasPrefix("error: --identity: identity: cannot read \(path): "), "\(identity.errors)")
        #expect(identity.errors.contains(reason), "\(identity.errors)")
        #expect(!workspace.exists("out"))
    }

    @Test("of ten thousand groups, each with a firmware of its own, is checked in a moment")
    func manyFirmwares() throws {
        let groups = (0..<10_000).map { "- {firmware_version: \($0 % 97 + 1).\($0 / 97).\($0 % 13)}" }
        try workspace.write("fleet:\n" + groups.joined(separator: "\n"), to: "recipe.yaml")
        // Seconds of processor time, several times what it takes.
        let outcome = try workspace.shell("sh -c 'ulimit -t 4; exec \"$TOOL\" recipes check recipe.yaml'")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(outcome.output.contains("10,000 sensors"))
    }

    @Test(
        "in a variable that is not UTF-8 is refused, and the variable is named",
        arguments: ["SENSOR_ID", "CONFIG_FILE"]
    )
    func variables(name: String) throws {
        try workspace.write(Samples.small, to: "small.yaml")
        let outcome = try workspace.shell("\(name)=\"$(printf 'caf\\351')\" \"$TOOL\" recipe small.yaml -o out")
        #expect(outcome.status == 65, "\(outcome)")
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.hasPrefix("error: \(name): its value, caf"), "\(outcome.errors)")
        #expect(outcome.errors.contains("is not UTF-8"))
        #expect(!workspace.exists("out"))
        let other = try workspace.shell("OTHER=\"$(printf 'caf\\351')\" \"$TOOL\" recipe small.yaml -o out")
        #expect(other.status == 0, "\(other)")
    }

    @Test("that the shell hands over is read")
    func handedOver() throws {
        let outcome = try workspace.shell(
            "bash -c '$TOOL recipe <(echo \"dataset: {name: x, duration: 3s}\") -o out' && "
                + "echo 'dataset: {duration: 3s}' | $TOOL recipe /dev/stdin -o other"
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try workspace.readings(of: "out").count == 3)
        #expect(try workspace.readings(of: "other").count == 3)
    }

    @Test(
        "in any encoding but UTF-8 is refused, and nothing is written",
        arguments: [
            ([0xFF, 0xFE, 0x61, 0x00], "UTF-16"), ([0x61, 0x00, 0x62], "control characters are not allowed"),
            ([0x61, 0x3A, 0x20, 0xE9], "not UTF-8"),
        ] as [([UInt8], String)]
    )
    func encodings(bytes: [UInt8], reason: String) throws {
        try workspace.write(Data(bytes), to: "recipe.yaml")
        let outcome = try workspace.run("recipe", "recipe.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.errorLines.count == 1 && outcome.errors.contains(reason), "\(outcome.errors)")
        #expect(try workspace.names() == ["recipe.yaml"])
    }

    @Test("shows on the terminal, and does nothing else there")
    func terminal() throws {
        try workspace.write("\"\\e]0;owned\\a\": 1", to: "recipe.yaml")
        let recipe = try workspace.run("recipe", "recipe.yaml")
        #expect(recipe.errors.hasPrefix("error: recipe.yaml:1:1: \\u{1b}]0;owned\\u{7}: unknown key"))
        try workspace.write("dataset: {name: x, duration: 3s}", to: "recipe.yaml")
        try workspace.generate("recipe.yaml", to: "out")
        let manifest = try workspace.text("out/manifest.json")
            .replacing("\"name\": \"x\"", with: "\"name\": \"\\u001b[2J\\u202ex\"")
            .replacing("\"rate\": 0", with: "\"rate\": 1e300")
            .replacing("\"events\": 0", with: "\"events\": 9223372036854775807")
        try workspace.write(manifest, to: "out/manifest.json")
        let description = try workspace.run("describe", "out")
        #expect(description.status == 0, "\(description.errors)")
        #expect(description.output.hasPrefix("\\u{1b}[2J\\u{202e}x\n"))
        #expect(description.output.contains("1e+302 %"))
    }

    @Test("a dataset's recipe has no other file read")
    func datasetRecipe() throws {
        try workspace.write("dataset: {name: x, duration: 3s}", to: "recipe.yaml")
        try workspace.generate("recipe.yaml", to: "out")
        try workspace.write("identity: ../secret.json", to: "out/recipe.yaml")
        try workspace.write("{\"password\": 1}", to: "secret.json")
        let outcome = try workspace.run("describe", "out")
        #expect(outcome.errors.contains("../secret.json is not in the recipe's folder"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("password"))
    }
}
