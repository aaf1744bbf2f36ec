import Foundation
import Testing

@Suite("A failing command line", .timeLimit(.minutes(30)))
struct UsageTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
        try workspace.write("{\"id\": 5, \"colour\": \"red\"}", to: "bad-identity.json")
        try workspace.write("anomalies: [\n", to: "broken.yaml")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var status: Int32
        var arguments: [String]
        /// What the message must contain.
        var hint: String
        var testDescription: String { "\(status): gen-dataset \(arguments.joined(separator: " "))" }

        init(_ status: Int32, _ arguments: String..., hint: String) {
            self.status = status
            self.arguments = arguments
            self.hint = hint
        }
    }

    @Test("exits with its status, says why in one line on stderr, and writes nothing", arguments: usage + input + data)
    func failure(wrong: Case) throws {
        let before = try workspace.names()
        let outcome = try workspace.run(wrong.arguments)
        #expect(outcome.status == wrong.status)
        if wrong.arguments.contains("--json") {
            #expect(outcome.output.hasPrefix("{\"error\":"))
        } else {
            #expect(outcome.output == "")
        }
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("error: "))
        #expect(outcome.errors.contains(wrong.hint), "\(outcome.errors)")
        #expect(try workspace.names() == before)
    }

    static let usage = [
        Case(64, "bogus", hint: "bogus"),
        Case(64, "--bogus", hint: "--bogus"),
        Case(64, "recipe", hint: "recipe"),
        Case(64, "recipe", "small.yaml", "--bogus", hint: "--bogus"),
        Case(64, "recipe", "small.yaml", "surplus", hint: "surplus"),
        Case(64, "recipe", "small.yaml", "--config", "small.yaml", hint: "--config"),
        Case(64, "recipe", "small.yaml", "--threads", "0", hint: "--threads"),
        Case(64, "recipe", "small.yaml", "--threads", "many", hint: "--threads"),
        Case(64, "recipe", "small.yaml", "--progress", "sometimes", hint: "--progress"),
        Case(64, "recipe", "small.yaml", "--set", "seed", hint: "key.path=value"),
        Case(64, "recipe", "small.yaml", "--quiet", "--verbose", hint: "--quiet"),
        Case(64, "bench", "--rows", "0", hint: "--rows 0"),
        Case(64, "bench", "--runs", "0", hint: "--runs 0"),
        Case(64, "bench", "--sensors", "0", hint: "--sensors 0"),
        Case(64, "bench", "--threads", "0", hint: "--threads 0"),
        Case(64, "bench", "--format", "csv,feather", hint: "feather is not one of sqlite"),
        Case(64, "verify", hint: "folder"),
        Case(64, "identity", "--seed", "x", hint: "--seed"),
        Case(64, "describe", "out", "--day", "0", hint: "--day 0"),
        Case(64, "describe", "out", "--day=-1", hint: "--day -1"),
        Case(64, "describe", "out", "--day", "first", hint: "--day"),
        Case(64, "describe", "out", "--json", "--plot", "-", hint: "--plot -"),
    ]

    static let input = [
        Case(66, "recipe", "missing.yaml", hint: "missing.yaml"),
        Case(66, "recipe", "no/such/folder/recipe.yaml", hint: "no/such/folder/recipe.yaml"),
        Case(66, "recipe", "--config", "missing.yaml", hint: "missing.yaml"),
        Case(66, "recipe", ".", hint: "directory"),
        Case(66, "recipe", "small.yaml", "--identity", "missing.json", hint: "missing.json"),
        Case(66, "recipes", "check", "missing.yaml", hint: "missing.yaml"),
        Case(66, "recipes", "show", "missing", hint: "missing"),
        Case(66, "verify", "missing", hint: "missing"),
        Case(66, "describe", "missing", hint: "missing"),
        Case(66, "identity", "--city", "Atlantis", hint: "Atlantis"),
    ]

    static let data = [
        Case(65, "recipe", "broken.yaml", hint: "broken.yaml:2:"),
        Case(65, "recipe", "small.yaml", "--seed=-1", hint: "--seed"),
        Case(65, "recipe", "small.yaml", "--start", "yesterday", hint: "--start"),
        Case(65, "recipe", "small.yaml", "--duration", "5 parsecs", hint: "--duration"),
        Case(65, "recipe", "small.yaml", "--end", "2024-12-31", hint: "--end"),
        Case(65, "recipe", "small.yaml", "--format", "feather", hint: "feather"),
        Case(65, "recipe", "small.yaml", "--sensors", "0", hint: "--sensors"),
        Case(65, "recipe", "small.yaml", "--set", "anomalies.probabilty=1", hint: "did you mean probability?"),
        Case(65, "recipe", "small.yaml", "--set", "anomalies.probability=1.7", hint: "1.7 is not between 0 and 1"),
    ]

    @Test("without a subcommand is wrong usage, not success")
    func bare() throws {
        let outcome = try workspace.run()
        #expect(outcome.status == 64)
        #expect(outcome.output == "")
        #expect(outcome.errors.contains("recipe"))
    }

    @Test("is no request for help, which succeeds")
    func help() throws {
        for arguments in [["--help"], ["recipe", "--help"], ["help", "verify"], ["--version"]] {
            let outcome = try workspace.run(arguments)
            #expect(outcome.status == 0)
            #expect(outcome.errors == "")
            #expect(!outcome.output.isEmpty)
        }
    }

    @Test("names every mistake of an identity where it is")
    func identity() throws {
        let outcome = try workspace.run("recipe", "quickstart.yaml", "--identity", "bad-identity.json")
        #expect(outcome.status == 65)
        #expect(outcome.output == "")
        #expect(outcome.errorLines.allSatisfy { $0.hasPrefix("error: bad-identity.json:1:") }, "\(outcome.errors)")
        #expect(outcome.errors.contains("colour"))
    }
}
