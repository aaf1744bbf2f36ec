import Foundation
import Testing

@Suite("Incidents", .timeLimit(.minutes(30)))
struct IncidentTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Incidents of each scope among the sensors' own events, long enough that many of both meet.
    private static func recipe(sensors: Int = 10, duration: String = "8d", others: String = "") -> String {
        """
        dataset: {name: incidents, seed: 5, start: 2025-01-01, duration: \(duration)}
        simulation: {interval: 2m}
        fleet:
          - {count: \(sensors), prefix: A, firmware_version: 1.4, random_location: {enabled: true, number_of_cities: 4}}
          - {count: 4, prefix: B, manufacturer: SensorTech, location: Oslo, interval: 10m}
        incidents:
          - {cause: power, scope: city, every: 1d, duration: [20m, 3h], spread: 90s, effect: {missing_data: {modes: [omit, blank]}}}
          - {cause: gateway, scope: group, every: 15h, duration: [20m, 40m], share: 0.6, effect: {missing_data: {modes: [stuck, rail]}}}
          - {cause: rollout, scope: firmware_version, only: 1.4, at: [1d, 60h], duration: 9h, spread: 2h, effect: {trend: {shape: plateau}}}
          - {cause: storm, every: 30h, duration: [1h, 5h], spread: 20m, effect: {noise: {magnitude: [3, 6]}}}
        anomalies:
          probability: 0.2
          types: {spike: {}, trend: {duration: [20m, 2h]}, missing_data: {duration: 30m}}
        \(others)
        """
    }

    private func generate(_ recipe: String, to name: String, _ options: String...) throws {
        try workspace.write(recipe, to: "\(name).yaml")
        let outcome = try workspace.run(["recipe", "\(name).yaml", "-o", name] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("hit the sensors of a scope at one time, as often and as long as asked, in all tables of events")
    func hits() throws {
        let recipe = Self.recipe(duration: "20d", others: "outputs: {sqlite: true, csv: true, parquet: true}")
        try generate(recipe, to: "set")
        let findings: Findings = try workspace.read(with: "incidents", workspace.path("set"))
        #expect(findings.problems == [])
        #expect(findings["hits"] > 300 && findings["events"] > 2 * findings["hits"] && findings["tables"] == 2)
        #expect(findings["power"] > 50 && findings["gateway"] > 40 && findings["rollout"] == 2 && findings["storm"] > 8)
        for options in [[], ["--regenerate"]] {
            let verified = try workspace.run(["verify", "set"] + options)
            #expect(verified.status == 0, "\(verified.errors)\(verified.output)")
        }
        let audited = try workspace.run("audit", "set")
        #expect(audited.status == 0, "\(audited.output)\(audited.errors)")
    }

    @Test(
        "are told by their place only where a recipe has them at one",
        arguments: [("", "no"), ("only: Oslo, ", "yes")]
    )
    func places(only: String, verdict: String) throws {
        let recipe = """
            dataset: {name: places, seed: 3, duration: 60d}
            simulation: {interval: 20m}
            fleet:
              - {count: 3, prefix: A, location: Oslo}
              - {count: 3, prefix: B, location: Berlin}
              - {count: 3, prefix: C, location: Paris}
              - {count: 3, prefix: D, location: Madrid}
            incidents:
              - {cause: power, scope: city, \(only)every: 1d, duration: [2h, 6h], effect: {trend: {}}}
            outputs: [csv]
            """
        try generate(recipe, to: "set")
        let audited = try workspace.run("audit", "set", "--json")
        struct Report: Decodable {
            struct Leak: Decodable {
                var subject: String
                var leaks: String
            }
            var leaks: [Leak]
        }
        let report: Report = try audited.decoded()
        #expect(report.leaks.first { $0.subject == "incident_location" }?.leaks == verdict, "\(report.leaks)")
    }

    @Test("are the same on any number of threads, in shards, and of the resolved recipe")
    func sameBytes() throws {
        let outputs = "outputs: {csv: {compression: none}, sqlite: true, parquet: true}"
        try generate(Self.recipe(sensors: 40, duration: "12d", others: outputs), to: "whole", "--threads", "1")
        for threads in ["2", "7"] {
            try workspace.generate("whole.yaml", to: threads, "--threads", threads)
            #expect(try workspace.differences("whole", threads) == [])
        }
        try workspace.generate("whole/recipe.yaml", to: "again")
        #expect(try workspace.differences("whole", "again") == [])
        for shard in 0..<3 { try workspace.generate("whole.yaml", to: "sharded", "--shard", "\(shard)/3") }
        let merged = try workspace.run("merge", "sharded")
        #expect(merged.status == 0, "\(merged.errors)")
        for name in ["events.csv", "events.parquet"] {
            #expect(try workspace.bytes("sharded/\(name)") == workspace.bytes("whole/\(name)"))
        }
        // The readings, and with them their labels.
        #expect(try workspace.text("whole/manifest.json").contains(merged.output.suffix(65).dropLast()))
    }

    @Test("stay as the run and the fleet grow")
    func growth() throws {
        let outputs = "outputs: {csv: {compression: none}}"
        try generate(Self.recipe(sensors: 4, duration: "3d", others: outputs), to: "small")
        try generate(Self.recipe(sensors: 9, duration: "8d", others: outputs), to: "large")
        func lines(_ name: String) throws -> Set<Substring> {
            // Numbers of rows change, and the last columns say the rest.
            Set(
                try workspace.text("\(name)/readings.csv").split(separator: "\n").dropFirst()
                    .map { $0.drop { $0 != "," } }
            )
        }
        let (small, large) = (try lines("small"), try lines("large"))
        #expect(small.count > 8_000 && small.isSubset(of: large))
        func causes(_ name: String) throws -> Set<String> {
            let rows = try workspace.text("\(name)/events.csv").split(separator: "\n").dropFirst()
            return Set(
                rows.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
                    .filter { $0[14] == "0" && !$0[15].isEmpty }.map { "\($0[1]) \($0[4]) \($0[5]) \($0[15])" }
            )
        }
        #expect(try causes("small").count > 20 && causes("small").isSubset(of: causes("large")))
    }

    @Test("are gone without anomalies, and leave healthy readings as they are")
    func twin() throws {
        let outputs = "outputs: {csv: {compression: none}, clean: true}"
        try generate(Self.recipe(others: outputs), to: "set")
        try generate(Self.recipe(others: outputs), to: "healthy", "--set", "anomalies.enabled=false")
        #expect(try workspace.text("healthy/events.csv").split(separator: "\n").count == 1)
        let script = """
            head -1 set/readings.csv | tr ',' '\\n' | grep -n '^clean_' | cut -d: -f1 | paste -sd, > columns
            python3 -c '
            import csv
            wanted = [int(number) - 1 for number in open("columns").read().split(",")]
            rows = {row[1] + row[2]: row for row in list(csv.reader(open("set/readings.csv")))[1:]}
            healthy = list(csv.reader(open("healthy/readings.csv")))
            names = healthy[0]
            at = [names.index(name) for name in ("temperature", "humidity", "pressure", "voltage")]
            found = 0
            for row in healthy[1:]:
                twin = rows.get(row[1] + row[2])
                if twin is None: continue
                found += 1
                assert [row[i] for i in at] == [twin[i] for i in wanted], (row, twin)
            print(found)'
            """
        let compared = try workspace.shell(script)
        #expect(compared.status == 0, "\(compared.errors)")
        #expect(Int(compared.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0 > 40_000)
    }

    @Test("are in one part of splits by time")
    func splits() throws {
        try generate(
            Self.recipe(others: "outputs: {csv: {compression: none}}\nsplits: {by: forward, first_fold: 1d, fold: 5h}"),
            to: "set"
        )
        let findings: Findings = try workspace.read(with: "splits_of_incidents", workspace.path("set"))
        #expect(findings.problems == [])
        #expect(findings["incidents"] > 20 && findings["cut"] > 3)
        // The events of each, too.
        let others: Findings = try workspace.read(with: "incidents", workspace.path("set"))
        #expect(others.problems == [])
    }

    @Test("of a place that no sensor has are refused")
    func unknown() throws {
        try workspace.write(Self.recipe().replacing("only: 1.4", with: "only: [1.4, 1.5]"), to: "set.yaml")
        let refused = try workspace.run("recipe", "set.yaml")
        #expect(refused.status == 65)
        #expect(
            refused.errors
                == "error: set.yaml:9:47: incidents.2.only: no sensor is of the firmware_version \"1.5\"; did you mean \"1.4\"?\n"
        )
    }
}
