import Foundation
import Testing

@Suite("Sizes that events have turned out to have", .timeLimit(.minutes(30)))
struct RealisedTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Self.recipe, to: "r.yaml")
    }

    /// Every type and shape, limits that cut changes, and events that both ends of the run cut.
    private static let recipe = """
        dataset: {name: realised, seed: 5, duration: 20h}
        simulation: {interval: 10s}
        replicas: {count: 8, prefix: S}
        metrics:
          temperature: {}
          humidity: {}
          load: {unit: "%", mean: 60, std_dev: 15, min: 0, max: 100, limits: [0, 100], noise: 2, resolution: 0.5}
          heat: {formula: temperature * 2 + load}
        anomalies:
          realised: true
          probability: 0.25
          types:
            spike: {weight: 0.02, difficulty: easy}
            trend: {weight: 0.3, duration: 40m}
            pattern: {weight: 0.3, duration: [5m, 50m], metrics: [temperature, load]}
            noise: {weight: 0.2, duration: 15m, metrics: [load], noise_multiplier: 3}
            missing_data: {weight: 0.18, duration: 10m, modes: [null, omit, stuck]}
        outputs: {csv: {compression: none}, clean: true}
        """

    @Test("are those of the readings and their twins, whatever makes the readings")
    func exactness() throws {
        try workspace.generate("r.yaml", to: "set", "--quiet")
        let findings: Findings = try workspace.read(with: "realised", workspace.path("set"), "heat")
        #expect(findings.problems == [])
        for type in ["spike", "trend", "pattern", "noise", "missing"] { #expect(findings[type] > 5, "\(type)") }
        #expect(findings["truncated"] > 1 && findings["smaller"] > 20 && findings["peaks"] > 50)
        // Of a recording with gaps, where an event may have no reading of its first metric.
        var text = "time,temperature,load\n"
        for row in 0..<6_000 {
            let temperature = row % 7 == 3 ? "" : "\(200 + row * 7_919 % 61)e-1"
            text += "\(1_736_121_600 + row * 10),\(temperature.replacing("e-1", with: ".5")),\(row % 97)\n"
        }
        try workspace.write(text, to: "plant.csv")
        let recorded = """
            recording: {file: plant.csv}
            metrics: {temperature: {noise: 0.7}, load: {limits: [0, 96]}}
            anomalies: {realised: true, probability: 0.2}
            outputs: {csv: {compression: none}, clean: true}
            """
        try workspace.write(recorded, to: "recorded.yaml")
        try workspace.generate("recorded.yaml", to: "recorded", "--quiet")
        let again: Findings = try workspace.read(with: "realised", workspace.path("recorded"))
        #expect(again.problems == [] && again["trend"] > 0 && again["spike"] > 100)
    }

    @Test("add columns to the table of events alone, in every format, and are checked by verify --regenerate")
    func formats() throws {
        let formats = ["--quiet", "--set", "outputs=[csv, sqlite, parquet]"]
        try workspace.generate("r.yaml", to: "told", formats[0], formats[1], formats[2], "--threads", "1")
        try workspace.generate("r.yaml", to: "threads", formats[0], formats[1], formats[2], "--threads", "3")
        #expect(try workspace.differences("told", "threads") == [])
        let without = ["recipe", "r.yaml", "-o", "untold", "--set", "anomalies.realised=false"] + formats
        #expect(try workspace.run(without).status == 0)
        for name in ["readings.csv.gz", "sensors.csv"] {
            #expect(try workspace.bytes("told/\(name)") == workspace.bytes("untold/\(name)"), "\(name)")
        }
        let (told, untold) = (try lines("told/events.csv"), try lines("untold/events.csv"))
        #expect(told.count > 50 && told[0].hasSuffix(",truncated,realised_magnitude,realised_peak_snr"))
        #expect(
            told.map { $0.split(separator: ",", omittingEmptySubsequences: false).dropLast(2).joined(separator: ",") }
                == untold
        )
        struct Sizes: Decodable, Equatable {
            var realised_magnitude: Double?
            var realised_peak_snr: Double?
        }
        let sizes: [Sizes] = try workspace.query(
            "SELECT realised_magnitude, realised_peak_snr FROM events ORDER BY event_id",
            of: "told/readings.sqlite"
        )
        let fields = told.dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).suffix(2).map { Double($0) } }
        #expect(sizes == fields.map { Sizes(realised_magnitude: $0[0], realised_peak_snr: $0[1]) })
        let verified = try workspace.run("verify", "told", "--regenerate")
        #expect(verified.status == 0, "\(verified.errors)\(verified.output)")
        // A size that is another one, in a list of digests that fits.
        let forged =
            told.map { $0.hasSuffix(",1") || !$0.contains("spike") ? $0 : $0 + "1" }.joined(separator: "\n") + "\n"
        #expect(try workspace.run("recipe", "r.yaml", "-o", "forged", "--format", "csv", "--quiet").status == 0)
        try workspace.write(forged, to: "forged/events.csv")
        let renewed = try workspace.shell(
            "cd forged && sha256sum $(sed 's/^[^ ]*  //' SHA256SUMS) > list && mv list SHA256SUMS"
        )
        #expect(renewed.status == 0, "\(renewed.errors)")
        let refused = try workspace.run("verify", "forged", "--regenerate")
        #expect(
            refused.status == 76 && (refused.errors + refused.output).contains("realised_peak_snr"),
            "\(refused.output)"
        )
    }

    @Test("are the same of shards, and of a run that is cut elsewhere as far as an event is whole")
    func parts() throws {
        try workspace.generate("r.yaml", to: "whole", "--quiet")
        for shard in 0..<3 {
            let outcome = try workspace.run("recipe", "r.yaml", "-o", "parts", "--shard", "\(shard)/3", "--quiet")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        let merged = try workspace.run("merge", "parts")
        #expect(merged.status == 0, "\(merged.errors)")
        let whole = try lines("whole/events.csv")
        #expect(try lines("parts/events.csv") == whole)
        try workspace.generate("r.yaml", to: "shorter", "--quiet", "--duration", "12h")
        let shorter = try lines("shorter/events.csv").dropFirst().filter { $0.contains(",0,") }
        #expect(shorter.count > 40 && Set(shorter.map(Self.withoutNumber)).isSubset(of: whole.map(Self.withoutNumber)))
    }

    @Test("are of all groups")
    func groups() throws {
        let fleet = "fleet=[{count: 2, anomalies: {realised: true}}]"
        let outcome = try workspace.run("recipe", "r.yaml", "-o", "out", "--set", fleet, "--set", "replicas=null")
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains("fleet.0.anomalies.realised: the table of events is that of all groups"))
    }

    private func lines(_ name: String) throws -> [String] {
        try workspace.text(name).split(separator: "\n").map(String.init)
    }

    private static func withoutNumber(_ line: String) -> String { String(line.drop { $0 != "," }) }
}
