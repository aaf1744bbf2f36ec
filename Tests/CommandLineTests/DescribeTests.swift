import Foundation
import Testing

@Suite("describe", .timeLimit(.minutes(10)))
struct DescribeTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        try workspace.generate("nasty.yaml", to: "out")
    }

    private struct Manifest: Decodable {
        struct Labels: Decodable {
            struct Share: Decodable {
                var readings: Int
                var events: Int
                var rate: Double
                var asked_rate: Double
            }
            var anomalous: Int
            var rate: Double
            var asked_rate: Double
            var types: [String: Share]
        }
        var rows: Int
        var labels: Labels
    }

    /// The line of a table that begins with a name, its columns separated by single spaces.
    private func line(of name: String, in text: String) throws -> String {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        return try #require(lines.first { $0.first == name[...] }, "no line of \(name)").joined(separator: " ")
    }

    private func percent(_ share: Double) -> String { String(format: "%.2f %%", share * 100) }

    @Test("shows the counts, and the shares beside those asked for")
    func counts() throws {
        let outcome = try workspace.run("describe", "out")
        #expect(outcome.status == 0)
        #expect(outcome.errors == "")
        let manifest = try JSONDecoder().decode(Manifest.self, from: workspace.bytes("out/manifest.json"))
        #expect(manifest.rows > 1_000)
        #expect(outcome.output.contains(String(format: "%d,%03d rows", manifest.rows / 1_000, manifest.rows % 1_000)))
        #expect(outcome.output.contains("3 sensors"))
        let labels = manifest.labels
        #expect(labels.types.count == 5)
        for (name, share) in labels.types {
            let expected =
                "\(name) \(share.events) \(share.readings) \(percent(share.rate)) \(percent(share.asked_rate))"
            #expect(try line(of: name, in: outcome.output) == expected)
        }
        let all = try line(of: "all", in: outcome.output)
        #expect(all.hasSuffix(" \(labels.anomalous) \(percent(labels.rate)) \(percent(labels.asked_rate))"))
    }

    @Test("plots every metric of a sensor, anomalies marked", arguments: ["A,B_000001", "Ω 🌡_000001"])
    func plots(sensor: String) throws {
        let text = try workspace.run("describe", "out", "--sensor", sensor).output
        let plots = try #require(text.range(of: "\(sensor) in ").map { text[$0.lowerBound...] })
        for title in ["temperature (°C)", "humidity (%RH)", "pressure (hPa)", "voltage (V)"] {
            let lines = plots.split(separator: "\n")
            let index = try #require(lines.firstIndex { $0.hasPrefix(title) }, "no plot of \(title)")
            let plot = lines[(index + 1)...].prefix(4)
            #expect(plot.allSatisfy { line in line.unicodeScalars.contains { (0x2800...0x28ff).contains($0.value) } })
            // The recipe makes a fifth of the readings anomalous, in every metric.
            #expect(Set(lines[index + 5]) == [" ", "^"], "\(title)")
        }
    }

    @Test("marks nothing where there are no anomalies")
    func healthy() throws {
        try workspace.generate("nasty.yaml", to: "healthy", "--set", "anomalies.enabled=false")
        let text = try workspace.run("describe", "healthy").output
        #expect(text.contains("temperature (°C)"))
        #expect(!text.contains("^"))
    }

    @Test("prints the manifest as one line of JSON")
    func json() throws {
        let outcome = try workspace.run("describe", "out", "--json")
        #expect(outcome.output.split(separator: "\n").count == 1)
        let printed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? NSDictionary
        let stored = try JSONSerialization.jsonObject(with: workspace.bytes("out/manifest.json")) as? NSDictionary
        #expect(printed != nil && printed == stored)
    }

    @Test("says what is wrong")
    func failures() throws {
        let unknown = try workspace.run("describe", "out", "--sensor", "NOBODY")
        #expect(unknown.status == 66)
        #expect(unknown.errorLines.count == 1 && unknown.errors.contains("NOBODY"), "\(unknown.errors)")
        try workspace.write("{", to: "out/manifest.json")
        let broken = try workspace.run("describe", "out")
        #expect(broken.status == 76)
        #expect(broken.output == "")
        #expect(broken.errors.contains("out/manifest.json"))
    }
}
