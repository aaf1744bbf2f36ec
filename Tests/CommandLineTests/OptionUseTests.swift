import DatasetGen
import Foundation
import Testing

@Suite("The options of recipe", .timeLimit(.minutes(30)))
struct OptionUseTests {
    /// An option as the tool itself lists it.
    struct Option: Sendable {
        var name: String
        var spellings: [String]
        var takesValue: Bool
        var isRepeating: Bool
    }

    private struct Help: Decodable {
        struct Command: Decodable {
            var commandName: String
            var arguments: [Argument]?
            var subcommands: [Command]?
        }
        struct Argument: Decodable {
            struct Name: Decodable {
                var kind: String
                var name: String
            }
            var kind: String
            var names: [Name]?
            var isRepeating: Bool
        }
        var command: Command
    }

    private let workspace: Workspace
    private let options: [Option]

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.small, to: "small.yaml")
        try workspace.write("{\"id\": \"A\", \"location\": \"Oslo\"}", to: "identity.json")
        let help: Help = try workspace.run("--experimental-dump-help").decoded()
        let recipe = try #require(help.command.subcommands?.first { $0.commandName == "recipe" })
        options = (recipe.arguments ?? []).filter { $0.kind != "positional" }
            .map { argument in
                let spellings = (argument.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
                return Option(
                    name: spellings.first { $0.hasPrefix("--") } ?? "",
                    spellings: spellings,
                    takesValue: argument.kind == "option",
                    isRepeating: argument.isRepeating
                )
            }
            .filter { !["--help", "--version"].contains($0.name) }
        #expect(options.count > 20)
    }

    /// A value that each option accepts.
    private static let values = [
        "--config": "small.yaml", "--identity": "identity.json", "--seed": "1", "--start": "2025-01-01",
        "--duration": "1m", "--end": "2025-01-01T00:01:00Z", "--sensors": "1", "--format": "csv",
        "--set": "climate=city", "--speed": "2", "--backfill": "1m", "--output": "out", "--threads": "1",
        "--sign": "key.pem", "--progress": "never", "--columns": "id", "--from": "2025-01-01T00:00:01Z",
        "--to": "2025-01-01T00:00:01Z", "--only-sensors": "*", "--shard": "0/2",
    ]

    private func arguments(_ option: Option, besides others: [String]) throws -> [String] {
        var arguments = ["recipe"] + others + [option.name]
        if option.takesValue { arguments.append(try #require(Self.values[option.name], "\(option.name)")) }
        if option.name != "--config" { arguments.insert("small.yaml", at: 1) }
        // The key need not be there: options are looked at before files.
        return arguments
    }

    @Test("are all in the table of uses, and no others are")
    func table() {
        let known = Set(UseTable.options.map(\.name)).subtracting(["--help", "--version"])
        #expect(known == Set(options.map(\.name)))
    }

    @Test("are refused in runs of each kind where they do not count, and noted in a dry run")
    func modes() throws {
        for option in options where !["--realtime", "--dry-run", "--sign"].contains(option.name) {
            let modes = try #require(UseTable.options.first { $0.name == option.name }).modes
            let runs = [(["--realtime"], RunMode.live), ([], .batch), (["--output", "-"], .stream)]
            for (kind, mode) in runs where kind.first != option.name {
                let others = kind + ["--dry-run"]
                let outcome = try workspace.run(try arguments(option, besides: others))
                guard modes.contains(mode) else {
                    #expect(outcome.status == 64, "\(option.name) \(mode)")
                    #expect(outcome.errors.contains("error: \(option.name)"), "\(outcome.errors)")
                    continue
                }
                #expect(outcome.status == 0, "\(option.name) \(mode): \(outcome.errors)")
                let note = outcome.errorLines.first { $0.contains("a dry run does not use ") } ?? ""
                let isNoted = note.split { ", ".contains($0) }.contains { $0 == option.name }
                #expect(isNoted == !modes.contains(.dryRun), "\(option.name): \(outcome.errors)")
            }
        }
        #expect(try workspace.names() == ["identity.json", "small.yaml"])
    }

    @Test("are refused when they are given twice, in whichever spellings, unless they repeat")
    func twice() throws {
        for option in options {
            let first = try arguments(option, besides: [])
            for spelling in option.spellings {
                let again = [spelling] + (option.takesValue ? [Self.values[option.name] ?? ""] : [])
                let outcome = try workspace.run(first + again)
                #expect(outcome.status == 64, "\(option.name) \(spelling)")
                if !option.isRepeating {
                    #expect(outcome.errors.contains("\(option.name) is given twice"), "\(outcome.errors)")
                }
            }
        }
        #expect(try workspace.run("recipe", "small.yaml", "-qq").status == 64)
        #expect(try workspace.run("recipe", "small.yaml", "--seed=1", "--seed", "1").status == 64)
        #expect(try workspace.run("verify", "out", "--threads", "1", "--threads=2").errors.contains("given twice"))
    }

    @Test("set a key once: by one option, and not inside what a later one replaces")
    func keys() throws {
        for pair in [
            ["--set", "dataset.seed=1", "--set", "dataset.seed=2"], ["--seed", "1", "--set", "dataset.seed=2"],
            ["--sensors", "2", "--set", "replicas.count=2"],
            ["--set", "fleet.0.count=1", "--set", "fleet.00.count=2"],
            ["--set", "anomalies.types.spike.weight=1", "--set", "anomalies={enabled: false}"],
        ] {
            let outcome = try workspace.run(["recipe", "small.yaml", "--dry-run"] + pair)
            #expect(outcome.status == 64, "\(pair): \(outcome.errors)")
            #expect(outcome.errorLines.count == 1)
        }
        let section = ["--set", "anomalies={enabled: true}", "--set", "anomalies.probability=0.1"]
        #expect(try workspace.run(["recipe", "small.yaml", "--dry-run"] + section).status == 0)
    }

    @Test("that contradict one another are refused")
    func contradictions() throws {
        for pair in [["--quiet", "--progress", "always"], ["--realtime", "--json", "--stdout"]] {
            let outcome = try workspace.run(["recipe", "small.yaml"] + pair)
            #expect(outcome.status == 64, "\(pair)")
        }
    }

    @Test("of live runs need --realtime; a monitored live run serves")
    func monitored() throws {
        let port = Int.random(in: 32_100..<44_000)
        try workspace.write(
            "simulation: {interval: 100ms}\noutputs: [csv]\ndataset: {order: sensor}\n",
            to: "live.yaml"
        )
        let run = try workspace.start(
            "recipe",
            "live.yaml",
            "--realtime",
            "--monitor",
            "--set",
            "monitoring.port=\(port)"
        )
        var answered = false
        for _ in 0..<100 where !answered {
            let outcome = try workspace.shell(
                "curl -s -m 1 -o /dev/null -w '%{http_code}' http://localhost:\(port)/healthz"
            )
            answered = outcome.output == "200"
            if !answered { usleep(100_000) }
        }
        run.send(SIGTERM)
        let outcome = try run.outcome()
        #expect(answered, "\(outcome.errors)")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("a live run does not use outputs.csv, dataset.order"), "\(outcome.errors)")
    }
}
