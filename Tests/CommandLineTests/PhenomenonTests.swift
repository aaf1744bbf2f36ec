import Foundation
import Testing

@Suite("Phenomena", .timeLimit(.minutes(30)))
struct PhenomenonTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// All natures, on sensors of three climates and a metric of the recipe's own.
    private static func recipe(sensors: Int = 6, duration: String = "12d", phenomena: String = all) -> String {
        """
        dataset: {name: weather, seed: 7, start: 2025-03-01, duration: \(duration)}
        simulation: {interval: 1m}
        metrics:
          temperature: {}
          humidity: {}
          pressure: {}
          vault: {unit: °C, mean: 12, std_dev: 1, min: 8, max: 18, resolution: 0.1}
          excess: {unit: °C, resolution: 0.01, formula: vault - temperature}
        fleet:
          - {count: \(sensors), prefix: OUT, climate: city, random_location: {enabled: true, number_of_cities: 3}, firmware_version: 2.0.0}
          - {count: 2, prefix: DAMP, climate: city, location: Oslo, interval: 5m, metrics: [humidity, vault]}
          - {count: 2, prefix: COLD, metrics: [temperature, vault, excess], normal_parameters: {temperature: {mean: -20, std_dev: 1}}}
        anomalies: {probability: 0.03}
        outputs: {csv: {compression: none}, sqlite: {timestamps: utc}, parquet: true, clean: true}
        \(phenomena)
        """
    }

    private static let all = """
        phenomena:
          - {phenomenon: rain, every: 2d}
          - {phenomenon: fog, every: 3d}
          - {phenomenon: sun, every: 2d, share: 0.5}
          - {phenomenon: door, every: 20h, duration: [90s, 6m], metrics: {temperature: -18, vault: 17.5}, only: COLD}
        """

    private func generate(_ recipe: String, to name: String, _ options: String...) throws {
        try workspace.write(recipe, to: "\(name).yaml")
        let outcome = try workspace.run(["recipe", "\(name).yaml", "-o", name] + options)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    @Test("change healthy readings and their twins when and where the table says, and nothing else")
    func changes() throws {
        try generate(Self.recipe(), to: "set")
        try generate(Self.recipe(phenomena: ""), to: "without")
        let findings: Findings = try workspace.read(with: "phenomena", workspace.path("set"), workspace.path("without"))
        #expect(findings.problems == [])
        for name in ["rain", "fog", "sun", "door"] { #expect(findings[name] > 5, "\(name)") }
        #expect(findings["changed"] > 5_000 && findings["anomalous"] > 100 && findings["tables"] == 3)
        for options in [[], ["--regenerate"]] {
            let verified = try workspace.run(["verify", "set"] + options)
            #expect(verified.status == 0, "\(verified.errors)\(verified.output)")
        }
        let audited = try workspace.run("audit", "set")
        #expect(audited.status == 0, "\(audited.output)\(audited.errors)")
    }

    @Test("are the same on any number of threads, in shards, and of the resolved recipe")
    func sameBytes() throws {
        try generate(Self.recipe(duration: "6d"), to: "whole", "--threads", "1")
        try workspace.generate("whole.yaml", to: "threads", "--threads", "7")
        #expect(try workspace.differences("whole", "threads") == [])
        try workspace.generate("whole/recipe.yaml", to: "again")
        #expect(try workspace.differences("whole", "again") == [])
        for shard in 0..<3 { try workspace.generate("whole.yaml", to: "sharded", "--shard", "\(shard)/3") }
        let merged = try workspace.run("merge", "sharded")
        #expect(merged.status == 0, "\(merged.errors)")
        for name in ["phenomena.csv", "phenomena.parquet"] {
            #expect(try workspace.bytes("sharded/\(name)") == workspace.bytes("whole/\(name)"))
        }
        #expect(try workspace.text("whole/manifest.json").contains(merged.output.suffix(65).dropLast()))
        #expect(try workspace.run("verify", "sharded").status == 0)
    }

    @Test("stay as the run and the fleet grow, and as others are added")
    func growth() throws {
        let more = Self.all.replacing(
            "phenomena:\n",
            with: "phenomena:\n  - {phenomenon: lamp, every: 1d, duration: 1h, metrics: {vault: 15}, only: DAMP}\n"
        )
        try generate(Self.recipe(sensors: 4, duration: "5d"), to: "small")
        try generate(Self.recipe(sensors: 9, duration: "9d", phenomena: more), to: "large")
        // The numbers of cities and sensors are those of the fleet.
        func rows(_ name: String) throws -> Set<Substring> {
            Set(
                try workspace.text("\(name)/phenomena.csv").split(separator: "\n").dropFirst()
                    .map { $0.drop { $0 != "," } }
            )
        }
        let (small, large) = (try rows("small"), try rows("large"))
        #expect(small.count > 15 && small.isSubset(of: large))
    }

    @Test("are the same of runs that end within a second of them")
    func seconds() throws {
        func lines(_ duration: String) throws -> Set<Substring> {
            let recipe = """
                dataset: {name: seconds, seed: 1, duration: \(duration)}
                simulation: {interval: 100ms}
                replicas: {count: 40}
                phenomena: [{phenomenon: door, every: 4s, duration: 1s, onset: 1s, recovery: 0.3s, metrics: {temperature: 26}}]
                outputs: {csv: {compression: none, columns: [timestamp, sensor_id, temperature]}}
                """
            try generate(recipe, to: "run\(duration)")
            return Set(try workspace.text("run\(duration)/readings.csv").split(separator: "\n"))
        }
        let whole = try lines("20s")
        for duration in ["2300ms", "5s", "9900ms"] { #expect(try lines(duration).isSubset(of: whole), "\(duration)") }
    }

    @Test("that are told otherwise than they were are found by verify", arguments: ["csv", "sqlite", "parquet"])
    func tampering(format: String) throws {
        try generate(Self.recipe(sensors: 2, duration: "4d"), to: "set")
        if format == "sqlite" {
            let script =
                "import sqlite3; c = sqlite3.connect('set/readings.sqlite'); c.execute(\"UPDATE phenomena SET location = 'X' WHERE rowid = 2\"); c.commit()"
            #expect(try workspace.shell("python3 -c \"\(script.replacing("\"", with: "\\\""))\"").status == 0)
        } else if format == "csv" {
            let text = try workspace.text("set/phenomena.csv")
            try workspace.write(text.replacing(",rain,", with: ",hail,"), to: "set/phenomena.csv")
        } else {
            let other = Self.recipe(sensors: 2, duration: "4d").replacing("seed: 7", with: "seed: 8")
            try generate(other, to: "other")
            try workspace.write(workspace.bytes("other/phenomena.parquet"), to: "set/phenomena.parquet")
        }
        let found = try workspace.run("verify", "set")
        #expect(found.status == 76)
        let name = format == "sqlite" ? "readings.sqlite" : "phenomena.\(format)"
        #expect(found.errors.contains("\(name): row "), "\(found.errors)")
    }

    private struct Told: Decodable {
        var phenomenon: String
        var sensor_id: String?
        var start: Double
        var end: Double
    }

    @Test("are described: how many, whose, how long; in plots, beside anomalies, where they change readings")
    func described() throws {
        try generate(Self.recipe(), to: "set")
        let told: [Told] = try workspace.query(
            "SELECT phenomenon, sensor_id, unixepoch(start) AS start, unixepoch(\"end\") AS end FROM phenomena",
            of: "set/readings.sqlite"
        )
        struct Described: Decodable {
            struct Kind: Decodable {
                var phenomenon: String
                var scope: String
                var phenomena: Int
                var sensors: Int
                var is_exact: Bool
                var shortest_seconds: Double
                var mean_seconds: Double
                var longest_seconds: Double
            }
            var rows: Int
            var phenomena: [Kind]
        }
        let json: Described = try workspace.run("describe", "set", "--json").decoded()
        let text = try workspace.run("describe", "set", "--html", "page.html").output
        let page: DatasetOnPage = try workspace.read(with: "page", "page.html")
        #expect(page.faults == [] && page.sections.contains("Phenomena"))
        #expect(json.phenomena.map(\.phenomenon) == ["rain", "fog", "sun", "door"])
        for kind in json.phenomena {
            let own = told.filter { $0.phenomenon == kind.phenomenon }
            let lengths = own.map { $0.end - $0.start }
            #expect(kind.phenomena == own.count && kind.is_exact)
            #expect(kind.shortest_seconds == lengths.min() && kind.longest_seconds == lengths.max())
            #expect(abs(kind.mean_seconds - lengths.reduce(0, +) / Double(lengths.count)) < 0.01)
            let sensors = Set(own.compactMap(\.sensor_id)).count
            #expect(sensors == 0 ? kind.scope == "city" && kind.sensors == 8 : kind.sensors >= sensors)
            let row = try #require(page.row(kind.phenomenon, of: "Kinds of phenomena"))
            #expect(row[2] == "\(own.count)" && row[3] == "\(kind.sensors)")
            #expect(text.contains("  \(kind.phenomenon)"))
        }
        // A day on which the sensor feels something.
        let door = try #require(told.first { $0.phenomenon == "door" && $0.start > 1_740_787_200 + 3_600 })
        let sensor = try #require(door.sensor_id)
        let day = Int((door.start - 1_740_787_200) / 86_400) + 1
        let plotted = try workspace.run("describe", "set", "--sensor", sensor, "--day", "\(day)", "--plot", "day.svg")
        #expect(plotted.output.contains("~~") && plotted.output.contains("phenomena: ~ door"))
        let picture: PlottedDay = try workspace.read(with: "plot", "day.svg")
        let bands = picture.panels["vault"]?.bands["phenomenon"] ?? []
        let begin = 1_740_787_200 + Double(day - 1) * 86_400
        let felt = told.count { $0.sensor_id == sensor && $0.start < begin + 86_340 && $0.end > begin }
        #expect(bands.count == felt && bands.allSatisfy { $0.hasPrefix("door from ") })
        #expect(picture.texts.contains("phenomena (\(felt))") && picture.undrawn == [])
        #expect(picture.description.contains("Grey bands mark phenomena, which are no anomalies: door (\(felt))."))
    }

    @Test("are told whole by a run that was interrupted and resumed")
    func resumed() throws {
        let recipe = Self.recipe(sensors: 60, duration: "3d").replacing("{interval: 1m}", with: "{interval: 20s}")
            .replacing("compression: none", with: "compression: gzip")
        try generate(recipe, to: "whole")
        let run = try workspace.start("recipe", "whole.yaml", "-o", "part")
        try workspace.waitForReadings(in: "part.partial", of: run)
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)
        let resumed = try workspace.run("recipe", "whole.yaml", "-o", "part", "--resume")
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try workspace.differences("whole", "part") == [])
    }
}
