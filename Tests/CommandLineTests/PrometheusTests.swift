import Foundation
import Testing

@Suite("A load by Prometheus' remote write", .timeLimit(.minutes(30)))
struct PrometheusTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.write(Samples.mixed, to: "mixed.yaml")
    }

    /// A receiver that keeps what it is sent, until it is let go.
    private func receiver(_ mode: String = "") throws -> (process: RunningProcess, port: Int) {
        let port = try workspace.freePort()
        let process = try workspace.startProgram(
            ["python3", Locations.reader("remote_write"), String(port), mode]
        )
        try wait(of: process, or: "the receiver does not answer") {
            try workspace.shell("curl -s -f -o /dev/null http://127.0.0.1:\(port)/dump").status == 0 ? () : nil
        }
        return (process, port)
    }

    private func compare(_ recipe: String, _ states: String, port: Int) throws {
        let clean = ["--set", "outputs.clean=true", "--set", "outputs.csv.compression=none"]
        let generated = try workspace.run(["recipe", recipe, "-o", "out", "--overwrite", "--format", "csv"] + clean)
        #expect(generated.status == 0, "\(generated.errors)")
        let line =
            "curl -s http://127.0.0.1:\(port)/dump > dump.json && "
            + "python3 \(Locations.reader("series")) dump.json out/readings.csv sensor_data \(states)"
        let compared = try workspace.shell(line)
        #expect(compared.status == 0 && compared.output.contains(" samples"), "\(compared.errors)")
    }

    @Test("has the values of the CSV file, in each version", arguments: ["1", "2"])
    func sameValues(version: String) throws {
        for (recipe, states) in [("nasty.yaml", ""), ("mixed.yaml", "'door=closed \"really\",ajar,1'")] {
            let (process, port) = try receiver()
            let url = "prometheus://127.0.0.1:\(port)/api/v1/write?version=\(version)"
            let outcome = try workspace.run("load", recipe, url, "--set", "outputs.clean=true", "--verify", "none")
            #expect(outcome.status == 0, "\(outcome.errors)")
            try compare(recipe, states, port: port)
            process.send(SIGKILL)
        }
    }

    @Test("is tried again by a receiver that is busy or breaks off, and told what may be there twice")
    func troubles() throws {
        // Three blocks of a metric, as the receiver is slow.
        let metrics = "metrics: {co2: {unit: ppm, mean: 650, std_dev: 90, min: 0, max: 2000}}"
        try workspace.write("dataset: {duration: 13h}\n" + metrics, to: "one.yaml")
        for (mode, message) in [("busy", "attempts again"), ("lost", "may be there twice")] {
            let (process, port) = try receiver(mode)
            let url = "prometheus://127.0.0.1:\(port)"
            let outcome = try workspace.run("load", "one.yaml", url, "--batch", "16384", "--labels", "none")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains(message), "\(outcome.output)")
            process.send(SIGKILL)
        }
    }

    @Test("of version 2 into a receiver that knows version 1, or that writes less, is no success")
    func unwritten() throws {
        for (mode, message) in [("old", "does not know version 2"), ("half", "has written ")] {
            let (process, port) = try receiver(mode)
            let outcome = try workspace.run("load", "nasty.yaml", "prometheus://127.0.0.1:\(port)?version=2")
            #expect(outcome.status == 74 && outcome.errors.contains(message), "\(outcome)")
            process.send(SIGKILL)
        }
    }

    @Test("into VictoriaMetrics is proven, each sample once")
    func victoriaMetrics() throws {
        let server = try VictoriaMetricsServer(workspace)
        let url = "prometheus://127.0.0.1:\(server.port)?store=victoriametrics"
        for recipe in ["nasty.yaml", "mixed.yaml"] {
            let table = ["--table", recipe.replacing(".", with: "_"), "--verify", "rows"]
            let outcome = try workspace.run(["load", recipe, url] + table)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("proven: all "), "\(outcome.output)")
        }
        let again = try workspace.run("load", "nasty.yaml", url, "--table", "nasty_yaml")
        #expect(again.status == 73, "\(again.errors)")
    }

    @Test("into Prometheus itself, which refuses the past, says so")
    func past() throws {
        let port = try workspace.freePort()
        try workspace.write("", to: "prometheus.yml")
        let process = try workspace.startProgram([
            "prometheus", "--config.file=\(workspace.path("prometheus.yml"))",
            "--storage.tsdb.path=\(workspace.path("tsdb"))", "--web.listen-address=127.0.0.1:\(port)",
            "--web.enable-remote-write-receiver", "--log.level=error",
        ])
        try wait(of: process, or: "Prometheus does not answer") {
            try workspace.shell("curl -s -f -o /dev/null http://127.0.0.1:\(port)/-/ready").status == 0 ? () : nil
        }
        let url = "prometheus://127.0.0.1:\(port)"
        // What is of now is taken; a server without a sample would take anything.
        let start = ISO8601DateFormatter().string(from: Date(timeIntervalSinceNow: -60))
        let recent = try workspace.run("load", "nasty.yaml", url, "--start", start, "--duration", "50s")
        #expect(recent.status == 0, "\(recent.errors)")
        let query = "query?query=count(sensor_data_anomaly_type)"
        let count = try workspace.shell("curl -s 'http://127.0.0.1:\(port)/api/v1/\(query)'")
        #expect(count.output.contains("\"3\"]"), "\(count.output)")
        let outcome = try workspace.run("load", "nasty.yaml", url)
        #expect(outcome.status == 74, "\(outcome)")
        #expect(outcome.errors.contains("Prometheus takes in no past this way"), "\(outcome.errors)")
    }

    @Test("of mistakes says what would be right")
    func mistakes() throws {
        let cases = [
            (["prometheus://h?version=3"], "version is \"3\"; remote write has 1 and 2"),
            (["prometheus://h?store=mimir"], "what can be asked is victoriametrics"),
            (["prometheus://h?vesion=2"], "did you mean version?"),
            (["prometheus://h", "--verify", "sums"], "give --verify none"),
            (["prometheus://h", "--if-exists", "append"], "?store=victoriametrics can"),
            (["prometheus://h", "--workers", "2"], "over one connection"),
            (["prometheus://h", "--create", "never"], "has no tables"),
            (["prometheus://h", "--order", "time"], "sent sensor after sensor, whatever --order says"),
            (["prometheus://h", "--layout", "wide"], "has no --layout"),
        ]
        for (arguments, message) in cases {
            let outcome = try workspace.run(["load", "nasty.yaml"] + arguments)
            #expect(outcome.status == 64 && outcome.errors.contains(message), "\(arguments) \(outcome)")
        }
    }
}
