import Foundation
import Testing

@Suite("A file for PostgreSQL", .timeLimit(.minutes(30)))
struct PostgreSQLFileTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// States, metrics that some sensors do not have, and rows that are missing.
    private static let mixed = """
        dataset: {name: mixed, seed: 7, start: 1999-12-31T22:00, duration: 4h}
        simulation: {interval: 20s}
        metrics:
          temperature: {}
          door: {model: state, states: {'say "a"': 0.8, "12345678": 0.2}, dwell: 90s}
        fleet:
          - {count: 2, prefix: "Ω", location: 'back\\slash', metrics: [door, temperature]}
          - {count: 3, prefix: COLD, metrics: [temperature], location: Oslo}
        anomalies:
          probability: 0.2
          types: {spike: {}, noise: {duration: 2m}, missing_data: {duration: 1m, modes: [null, omit]}}
        """

    @Test(
        "goes into PostgreSQL and comes out of it as it was",
        arguments: [
            "{}", "{compression: none, columns: [id, difficulty, timestamp, clean_door, event_id, sensor_id]}",
            "{compression: zstd}",
        ]
    )
    func server(options: String) throws {
        let events =
            options.contains("event_id")
            ? ", columns: [id, timestamp, sensor_id, event_id, difficulty, clean_door]" : ""
        let outputs = "outputs: {csv: {compression: gzip\(events)}, pgcopy: \(options), clean: true}"
        let recipe = events.isEmpty && options == "{}" ? Samples.nasty : Self.mixed
        try workspace.write("\(recipe)\n\(outputs)\n", to: "copy.yaml")
        try workspace.generate("copy.yaml", to: "out")
        let findings: Findings = try workspace.read(with: "postgres", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["rows"] > 3_000 && findings["nulls"] > 1_000)
        let outcome = try workspace.run("verify", "out", "--regenerate")
        #expect(outcome.status == 0 && !outcome.output.contains("note "), "\(outcome.errors)\(outcome.output)")
        #expect(outcome.output.contains("postgresql.sh: it is what recipe.yaml gives"))
    }

    @Test("tells all readings by itself", arguments: ["{}", "{compression: none}"])
    func source(options: String) throws {
        try workspace.write("\(Self.mixed)\noutputs: {pgcopy: \(options), clean: true}\n", to: "alone.yaml")
        try workspace.generate("alone.yaml", to: "out")
        try workspace.expectTellsAllReadings()
        try workspace.generate("alone.yaml", to: "both", "--set", "outputs.csv=true")
        let digest = "grep -h content_sha256 out/manifest.json both/manifest.json | sort -u | wc -l"
        #expect(try workspace.shell(digest).output.trimmingCharacters(in: .whitespacesAndNewlines) == "1")
        #expect(try workspace.run("verify", "both").status == 0)
    }

    @Test("is found to be wrong, row and column by name")
    func damage() throws {
        try workspace.write(
            "\(Self.mixed)\noutputs: {csv: true, pgcopy: {compression: none}}\n",
            to: "copy.yaml"
        )
        try workspace.generate("copy.yaml", to: "out")
        // A letter of a sensor's name in the thousandth of its rows; then the end of the file.
        let change = """
            import sys
            data = bytearray(open('out/readings.pgcopy', 'rb').read())
            place = -1
            for _ in range(500):
                place = data.index(b'COLD_000002', place + 1)
            data[place + 10] = ord('3')
            if sys.argv[1] == 'end':
                data = data[:-1]
            open('out/readings.pgcopy', 'wb').write(data)
            """
        try workspace.write(change, to: "change.py")
        for (kind, said) in [("name", "sensor_id is COLD_000003, not COLD_000002"), ("end", "the end of the file")] {
            try #require(try workspace.shell("python3 change.py \(kind)").status == 0)
            let sums = "cd out && sha256sum $(cut -c 67- SHA256SUMS) > new && mv new SHA256SUMS"
            try #require(try workspace.shell(sums).status == 0)
            for options in [[], ["--regenerate"]] {
                let outcome = try workspace.run(["verify", "out"] + options)
                #expect(outcome.status == 76)
                let told = outcome.output + outcome.errors
                #expect(told.contains(said) && told.contains("readings.pgcopy"), "\(told)")
            }
        }
    }

    @Test("leaves the same bytes on any number of threads, after an interruption, and with the resolved recipe")
    func bytes() throws {
        let recipe = """
            dataset: {duration: 8000s}
            replicas: {count: 100}
            outputs: {csv: true, pgcopy: true}
            """
        try workspace.expectSameBytes(of: recipe)
    }
}
