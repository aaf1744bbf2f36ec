import Foundation
import Testing

@Suite("Files of OpenMetrics", .timeLimit(.minutes(30)))
struct OpenMetricsTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.write(Samples.mixed, to: "mixed.yaml")
    }

    private func generate(_ recipe: String, _ options: String...) throws {
        try workspace.generate(
            recipe,
            to: "out",
            "--overwrite",
            "--format",
            "csv,openmetrics",
            "--set",
            "outputs.csv.compression=none",
            "--set",
            "outputs.clean=true"
        )
    }

    @Test(
        "become blocks of Prometheus with the values of the CSV file",
        arguments: [("nasty.yaml", ""), ("mixed.yaml", "'door=closed \"really\",ajar,1'")]
    )
    func blocks(recipe: String, states: String) throws {
        try generate(recipe)
        // A database that no server has used yet has no log, which `dump` wants.
        let dump = "mkdir -p tsdb/wal && promtool tsdb dump tsdb > dump.txt"
        let made = try workspace.shell("sh out/openmetrics.sh tsdb && " + dump)
        #expect(made.status == 0, "\(made.errors)")
        let script = Locations.reader("series")
        let compared = try workspace.shell("python3 \(script) dump.txt out/readings.csv sensor_data \(states)")
        #expect(compared.status == 0 && compared.output.contains(" samples"), "\(compared.errors)")
        // Four hours that begin at midnight are two ranges of two hours.
        if recipe == "nasty.yaml" {
            let listed = try workspace.shell("promtool tsdb list tsdb | tail -n +2 | wc -l")
            #expect(listed.output.trimmingCharacters(in: .whitespacesAndNewlines) == "2")
        }
    }

    @Test("are read again by verify and audit", arguments: ["nasty.yaml", "mixed.yaml"])
    func verified(recipe: String) throws {
        try generate(recipe)
        for options in [[], ["--regenerate"]] {
            let outcome = try workspace.run(["verify", "out"] + options)
            #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
        }
        #expect(try workspace.run("audit", "out", "--format", "openmetrics").status == 0)
        // Alone, it tells all readings.
        let alone = ["recipe", recipe, "-o", "alone", "--format", "openmetrics", "--set", "outputs.clean=true"]
        #expect(try workspace.run(alone).status == 0)
        let outcome = try workspace.run("verify", "alone")
        #expect(outcome.status == 0 && outcome.output.contains("readings.om.gz"), "\(outcome.output)")
        #expect(try workspace.run("verify", "alone", "--regenerate").status == 0)
        let unlabelled = ["--set", "outputs.openmetrics.labels=none", "--format", "csv,openmetrics"]
        #expect(try workspace.run(["recipe", recipe, "-o", "bare"] + unlabelled).status == 0)
        let bare = try workspace.run("verify", "bare")
        #expect(bare.status == 0, "\(bare.output) \(bare.errors)")
    }

    @Test(
        "that were changed are found out, with the reading and the series",
        arguments: [
            ("s/^(sensor_data_humidity.*) [0-9]+ (1736035210)$/\\1 77 \\2/", "sensor_data_humidity is 77, not "),
            ("/^sensor_data_pressure.* 1736035210$/d", "sensor_data_pressure is missing, not "),
            ("s/^(sensor_data_anomaly_type.*) 0 (1736035210)$/\\1 3 \\2/", "sensor_data_anomaly_type is 3, not 0"),
            ("s/O'Brien/O'Bryan/", "location is "),
            ("s/^# EOF$//", "row 4321, the end of the file: it is written differently"),
        ]
    )
    func changed(edit: String, message: String) throws {
        try workspace.generate(
            "nasty.yaml",
            to: "out",
            "--format",
            "csv,openmetrics",
            "--set",
            "outputs.openmetrics.compression=none",
            "--set",
            "anomalies.enabled=false"
        )
        let edited = try workspace.shell("sed -E -i \"\(edit)\" out/readings.om && cd out && sha256sum readings.om")
        #expect(edited.status == 0, "\(edited.errors)")
        let sums = try workspace.text("out/SHA256SUMS").split(separator: "\n")
            .map { line in
                line.hasSuffix("readings.om") ? Substring(edited.output.trimmingCharacters(in: .newlines)) : line
            }
        try workspace.write(sums.joined(separator: "\n") + "\n", to: "out/SHA256SUMS")
        let outcome = try workspace.run("verify", "out")
        #expect(outcome.status == 76, "\(outcome.output)")
        #expect((outcome.output + outcome.errors).contains(message), "\(outcome.output) \(outcome.errors)")
    }

    @Test("that are cut off make no success")
    func cutOff() throws {
        try generate("nasty.yaml")
        let outcome = try workspace.shell(
            "head -c 20000 out/readings.om.gz > cut.gz && mv cut.gz out/readings.om.gz && sh out/openmetrics.sh tsdb"
        )
        #expect(outcome.status != 0 && outcome.errors.contains("readings.om.gz is cut off"), "\(outcome)")
    }

    @Test("go on after an interruption, to the last byte")
    func resumed() throws {
        let recipe = [
            "recipe", "nasty.yaml", "--duration", "40d", "--format", "openmetrics", "--set", "dataset.name=a",
        ]
        let run = try workspace.start(recipe + ["-o", "cut", "--threads", "1"])
        try wait(of: run, or: "nothing is written") {
            let path = workspace.path("cut.partial/readings.om.gz")
            let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
            return (size ?? 0) > 2_000_000 ? () : nil
        }
        run.send(SIGINT)
        #expect(try run.outcome().status == 130)
        let resumed = try workspace.run(recipe + ["-o", "cut", "--resume"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        #expect(try workspace.run(recipe + ["-o", "whole"]).status == 0)
        #expect(try workspace.differences("cut", "whole") == [])
    }

    @Test("are refused where promtool would not read them right")
    func refused() throws {
        let cases = [
            (["simulation.interval=500ms"], "start and interval must be whole seconds"),
            (["dataset.order=sensor"], "dataset.order must be time"),
            (["delivery.jitter=5s"], "delivery cannot be beside it"),
            (["outputs.openmetrics.measurement=9 lives"], "cannot begin the names of series"),
            (["outputs.openmetrics.precision=s"], "concerns influx only, not openmetrics"),
            (["outputs.openmetrics.tags=[location]"], "sensor_id is missing"),
        ]
        for (settings, message) in cases {
            let options = ["--set", "outputs.openmetrics.level=1"] + settings.flatMap { ["--set", $0] }
            let outcome = try workspace.run(["recipe", "nasty.yaml", "-o", "out"] + options)
            #expect(outcome.status == 65 || outcome.status == 64, "\(settings) \(outcome)")
            #expect(outcome.errors.contains(message), "\(settings) \(outcome.errors)")
        }
    }
}
