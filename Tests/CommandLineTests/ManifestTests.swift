import Foundation
import Testing

@Suite("The manifest", .timeLimit(.minutes(30)))
struct ManifestTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
    }

    @Test("states what Python computes from the data", arguments: ["time", "sensor"])
    func statements(order: String) throws {
        try workspace.generate("nasty.yaml", to: "out", "--set", "dataset.order=\(order)")
        let findings: Findings = try workspace.read(with: "manifest", workspace.path("out"))
        #expect(findings.problems == [])
        #expect(findings["rows"] > 4_000 && findings["events"] > 50)
    }

    @Test("names the dataset, the program and the seed")
    func identity() throws {
        struct Manifest: Decodable {
            struct Named: Decodable {
                var name: String
                var description: String?
                var version: String?
            }
            struct Time: Decodable {
                var start: String
                var end: String
                var interval_seconds: Double
            }
            var format_version: Int
            var generator: Named
            var dataset: Named
            var seed: UInt64
            var time: Time
            var content_sha256: String
        }
        try workspace.generate("nasty.yaml", to: "out", "--seed", "18446744073709551615")
        let manifest = try JSONDecoder().decode(Manifest.self, from: workspace.bytes("out/manifest.json"))
        let version = try workspace.run("--version").output
        #expect(manifest.format_version == 1)
        #expect(manifest.generator.name == "gen-dataset")
        #expect(manifest.generator.version.map { $0 + "\n" } == version)
        #expect(manifest.dataset.name == "nasty")
        #expect(manifest.dataset.description == "A \"fleet\", with é ☃")
        #expect(manifest.seed == .max)
        #expect(manifest.time.start == "2025-01-05T00:00:00Z")
        #expect(manifest.time.end == "2025-01-05T04:00:00Z")
        #expect(manifest.time.interval_seconds == 10)
        #expect(manifest.content_sha256.count == 64)
    }

    @Test("and the other files say nothing of the machine, the folder or the day")
    func privacy() throws {
        try workspace.generate("nasty.yaml", to: "out", environment: ["USER": "some-user", "HOSTNAME": "some-host"])
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: .now)
        let today = [parts.year, parts.month, parts.day].compactMap { $0.map { $0 < 10 ? "0\($0)" : "\($0)" } }
            .joined(separator: "-")
        let host = ProcessInfo.processInfo.hostName
        // A short name could be part of a word.
        let secrets =
            [workspace.folder.lastPathComponent, today, "some-user", "some-host"] + (host.count > 6 ? [host] : [])
        for name in try workspace.names(in: "out") {
            let packed = name.hasSuffix(".gz")
            let outcome = try workspace.shell((packed ? "gzip -dc" : "cat") + " out/\(name)")
            #expect(!outcome.output.isEmpty)
            for secret in secrets {
                #expect(!outcome.output.contains(secret), "\(name): \(secret)")
            }
        }
        // RFC 1952: a gzip file may carry a name (FLG) and a time (MTIME), and must not here.
        for name in ["readings.csv.gz", "readings.jsonl.gz"] {
            #expect(try Array(workspace.bytes("out/\(name)").prefix(8)) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
        }
    }
}
