import Foundation
import Testing

@Suite("The formats of a dataset", .timeLimit(.minutes(30)))
struct FormatTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    @Test("hold the same cells, and labels that are the events", arguments: ["time", "sensor"])
    func agreement(order: String) throws {
        try workspace.write(Samples.nasty(order: order, interval: "10s"), to: "nasty.yaml")
        try workspace.generate("nasty.yaml", to: "out")
        let findings: Findings = try workspace.read(with: "agreement", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["rows"] + findings["gaps"] == 4_320)
        #expect(findings["objects"] == findings["rows"])
        #expect(findings["cells"] > findings["rows"] * 22)
        #expect(findings["sensors"] == 3)
        // Without these there would be nothing to get wrong.
        for name in ["gaps", "nulls", "negative", "spike", "trend", "pattern", "missing_data", "noise", "mode blank"] {
            #expect(findings[name] > 0, "\(name)")
        }
    }

    @Test("hold the healthy twin if asked to", arguments: ["time", "sensor"])
    func cleanTwin(order: String) throws {
        try workspace.write(Samples.nasty(order: order, interval: "20s"), to: "nasty.yaml")
        try workspace.generate("nasty.yaml", to: "out", "--set", "outputs.clean=true")
        let findings: Findings = try workspace.read(with: "agreement", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["twins"] == findings["rows"])
        #expect(try workspace.run("verify", "out").status == 0)
        #expect(try workspace.run("audit", "out").status == 0)
        // Formats on the command line leave the twin in.
        try workspace.generate("nasty.yaml", to: "csv", "--format", "csv", "--set", "outputs.clean=true")
        #expect(try workspace.shell("zcat csv/readings.csv.gz | head -1").output.contains("synced,clean_temperature"))
    }

    @Test(
        "chosen on the command line leave the healthy twin in, however the recipe asks for it",
        arguments: ["[csv, clean]", "[clean, jsonl]", "[{csv: {level: 9}}, {clean: true}]", "{csv: true, clean: true}"]
    )
    func chosen(outputs: String) throws {
        try workspace.write("dataset: {duration: 1m}\noutputs: \(outputs)\n", to: "twin.yaml")
        try workspace.generate("twin.yaml", to: "jsonl", "--format", "jsonl")
        #expect(try workspace.shell("zcat jsonl/readings.jsonl.gz").output.contains("\"clean\":{"))
        let columns = ["--format", "csv", "--columns", "id,clean_temperature"]
        let streamed = try workspace.run(["recipe", "twin.yaml", "-o", "-", "--quiet"] + columns)
        #expect(streamed.status == 0 && streamed.output.hasPrefix("id,clean_temperature\n"), "\(streamed.errors)")
    }

    @Test("are the same to DuckDB", arguments: ["time", "sensor"], ["gzip", "zstd"])
    func engines(order: String, method: String) throws {
        try workspace.write(Samples.nasty(order: order, interval: "20s"), to: "nasty.yaml")
        try workspace.generate("nasty.yaml", to: "out", "--set", Self.outputs(method))
        #expect(workspace.exists("out/readings.csv\(Self.suffixes[method] ?? "?")"))
        let findings: Findings = try workspace.read(with: "engines", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["sqlite"] > 1_900)
        #expect(findings["json"] == findings["sqlite"])
    }

    @Test("pass gzip -t and sha256sum -c")
    func tools() throws {
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.generate("nasty.yaml", to: "out")
        let gzip = try workspace.shell("gzip -t out/readings.csv.gz out/readings.jsonl.gz")
        #expect(gzip.status == 0, "\(gzip.errors)")
        let sums = try workspace.shell("cd out && sha256sum --strict -c SHA256SUMS")
        #expect(sums.status == 0, "\(sums.errors)")
        #expect(sums.output.split(separator: "\n").count == DatasetFile.all.count - 1)
        #expect(try workspace.names(in: "out") == DatasetFile.all)
    }

    @Test("pass zstd -t")
    func frames() throws {
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.generate("nasty.yaml", to: "out", "--set", Self.outputs("zstd"))
        let zstd = try workspace.shell("zstd -tq out/readings.csv.zst out/readings.jsonl.zst")
        #expect(zstd.status == 0, "\(zstd.errors)")
        #expect(try workspace.run("audit", "out", "--format", "csv").status == 0)
        #expect(try workspace.run("audit", "out", "--format", "jsonl").status == 0)
    }

    /// What the names of compressed files end with.
    private static let suffixes = ["none": "", "gzip": ".gz", "zstd": ".zst"]

    /// The option for all formats, the texts compressed in some way.
    private static func outputs(_ method: String) -> String {
        "outputs={sqlite: {}, csv: {compression: \(method)}, jsonl: {compression: \(method)}}"
    }

    @Test("hold the same text, compressed or not", arguments: suffixes.keys.sorted())
    func compression(method: String) throws {
        struct Manifest: Decodable {
            struct File: Decodable {
                var path: String
                var compression: String?
            }
            var files: [File]
        }
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.generate("nasty.yaml", to: "out", "--set", Self.outputs(method))
        let suffix = Self.suffixes[method] ?? "?"
        let manifest = try JSONDecoder().decode(Manifest.self, from: workspace.bytes("out/manifest.json"))
        let csv = try #require(manifest.files.first { $0.path == "readings.csv\(suffix)" })
        #expect(csv.compression == (method == "none" ? nil : method))
        #expect(workspace.exists("out/readings.csv\(suffix)"))
        #expect(workspace.exists("out/readings.jsonl\(suffix)"))
        let findings: Findings = try workspace.read(with: "agreement", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["rows"] > 4_000)
    }

    @Test(
        "write an instant in the form asked for",
        arguments: [
            ("naive", "2025-01-31T12:00:00.500000"), ("utc", "2025-01-31T12:00:00.500000Z"),
            ("epoch_ms", "1738324800500"), ("epoch_us", "1738324800500000"), ("epoch_ns", "1738324800500000000"),
        ]
    )
    func timestamps(style: String, second: String) throws {
        let option = "{timestamps: \(style), compression: none}"
        try workspace.write(Samples.small, to: "small.yaml")
        try workspace.generate(
            "small.yaml",
            to: "out",
            "--start",
            "2025-01-31T12:00:00Z",
            "--set",
            "simulation.interval=500ms",
            "--set",
            "outputs={csv: \(option), jsonl: \(option), sqlite: {timestamps: \(style)}}"
        )
        let line = try workspace.text("out/readings.csv").split(separator: "\n")[2]
        #expect(line.hasPrefix("2,\(second),"))
        let quote = style.hasPrefix("epoch") ? "" : "\""
        let object = try workspace.text("out/readings.jsonl").split(separator: "\n")[1]
        #expect(object.hasPrefix("{\"timestamp\":\(quote)\(second)\(quote),"))
        struct Row: Decodable {
            var text: String
        }
        let rows: [Row] = try workspace.query(
            "SELECT CAST(timestamp AS TEXT) AS text FROM sensor_data WHERE id = 2",
            of: "out/readings.sqlite"
        )
        #expect(rows.map(\.text) == [second])
    }
}
