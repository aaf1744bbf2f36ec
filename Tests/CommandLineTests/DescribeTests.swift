import Foundation
import Testing

@Suite("describe", .timeLimit(.minutes(30)))
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
        let all = try line(of: "all", in: outcome.output).replacing(",", with: "")
        #expect(all.hasSuffix(" \(labels.anomalous) \(percent(labels.rate)) \(percent(labels.asked_rate))"))
    }

    @Test("plots every metric of a sensor", arguments: ["A,B_000001", "Ω 🌡_000001"])
    func plots(sensor: String) throws {
        let text = try workspace.run("describe", "out", "--sensor", sensor).output
        let plots = try #require(text.range(of: "\(sensor) in ").map { text[$0.lowerBound...] })
        for title in ["temperature (°C)", "humidity (%RH)", "pressure (hPa)", "voltage (V)"] {
            let lines = plots.split(separator: "\n")
            let index = try #require(lines.firstIndex { $0.hasPrefix(title) }, "no plot of \(title)")
            let plot = lines[(index + 1)...].prefix(4)
            #expect(plot.allSatisfy { line in line.unicodeScalars.contains { (0x2800...0x28ff).contains($0.value) } })
        }
    }

    @Test("marks the events of the day with the letters of their types, below the metrics that they change")
    func marks() throws {
        try workspace.write(Samples.days, to: "days.yaml")
        try workspace.generate("days.yaml", to: "days", "--format", "sqlite")
        let text = try workspace.run("describe", "days", "--sensor", "DAY_000002", "--day", "2").output
        #expect(text.contains("DAY_000002 in Oslo, 2025-01-02 UTC, day 2 of 3:"))
        #expect(text.contains("anomalies: s spike, t trend, p pattern, m missing_data, n noise"))
        let events = try workspace.events(of: "DAY_000002", in: "days", seconds: 86_400..<172_800)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for metric in ["temperature", "humidity", "pressure", "voltage"] {
            let title = try #require(lines.firstIndex { $0.hasPrefix(metric + " (") })
            let (plot, below) = (lines[(title + 1)...].prefix(4), lines[(title + 5)...])
            let width = try #require(plot.map(\.count).max()) - 10
            let marks = below.prefix { !$0.isEmpty && !$0.contains("─") }.map { $0.dropFirst(10) }
            var marked: [String: Set<Int>] = [:]
            for line in marks {
                let letters = Set(line).subtracting([" "])
                #expect(letters.count == 1, "\(line)")
                let type = events.map(\.anomaly_type).first { $0.first == letters.first } ?? "?"
                marked[type] = Set(line.enumerated().filter { $0.element != " " }.map(\.offset))
            }
            var covered: [String: Set<Int>] = [:]
            for event in events where event.changes(metric) {
                for second in stride(from: max(event.start, 86_400), to: min(event.end, 172_800), by: 60) {
                    covered[event.anomaly_type, default: []].insert((second - 86_400) / 60 * width / 1_440)
                }
            }
            #expect(Set(marked.keys) == Set(covered.keys), "\(metric)")
            for (type, columns) in marked {
                // The others have readings that happen to be what they would be anyway.
                if ["spike", "missing_data"].contains(type) {
                    #expect(columns == covered[type], "\(metric), \(type)")
                } else {
                    #expect(columns.isSubset(of: covered[type] ?? []), "\(metric), \(type)")
                }
            }
        }
    }

    @Test("marks nothing where there are no anomalies")
    func healthy() throws {
        try workspace.generate("nasty.yaml", to: "healthy", "--set", "anomalies.enabled=false")
        let text = try workspace.run("describe", "healthy").output
        #expect(text.contains("temperature (°C)"))
        #expect(!text.contains("anomalies: "))
        let lines = text.split(separator: "\n")
        let last = try #require(lines.firstIndex { $0.hasPrefix("voltage (V)") })
        // Four lines of plot, and the axis of time: no marks between.
        #expect(lines[last + 5].contains("┬"))
        #expect(lines[last + 6].contains("UTC 00:00 "))
    }

    @Test("prints the manifest as one line of JSON")
    func json() throws {
        let outcome = try workspace.run("describe", "out", "--json")
        #expect(outcome.output.split(separator: "\n").count == 1)
        let printed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? NSDictionary
        let stored = try JSONSerialization.jsonObject(with: workspace.bytes("out/manifest.json")) as? NSDictionary
        #expect(printed != nil && printed == stored)
    }

    /// Recipes whose readings, times or counts are at an end of their ranges.
    static let extremes = [
        "one reading": "dataset: {duration: 1s}",
        "one millisecond": "dataset: {duration: 5ms}\nsimulation: {interval: 1ms}",
        "a reading a day": "dataset: {duration: 40d}\nsimulation: {interval: 1d}",
        "thirds of a second": "dataset: {duration: 20s}\nsimulation: {interval: 1/3s}",
        "the beginning of time": "dataset: {start: 1900-01-01, duration: 5m}",
        "the end of time": """
        dataset: {start: 2199-12-31T23:30:00Z, duration: 30m}
        simulation: {interval: 7s}
        anomalies: {probability: 0.3, types: {trend: {duration: 5m}, missing_data: {duration: 5m}}}
        """,
        "a constant beside placeholders": """
        dataset: {duration: 30m}
        normal_parameters: {temperature: {mean: 20, std_dev: 0}}
        anomalies: {probability: 0.2, types: {missing_data: {duration: 1m, modes: [sentinel, rail]}}}
        """,
        "a constant beside spikes": """
        dataset: {duration: 30m}
        normal_parameters: {humidity: {mean: 50, std_dev: 0}}
        anomalies: {probability: 0.2, types: {spike: {magnitude: 10000}}}
        """,
        "nothing but gaps": """
        dataset: {duration: 10s}
        anomalies: {probability: 0.9, types: {missing_data: {duration: 10m}}}
        """,
        "the finest steps": """
        dataset: {duration: 5m}
        normal_parameters: {temperature: {resolution: 0.000001}, voltage: {mean: 1, std_dev: 0, resolution: 0.00001}}
        """,
        "no anomalies": "dataset: {duration: 5m}\nanomalies: {enabled: false}",
    ]

    @Test("comes back with text and picture at the ends of all ranges", arguments: extremes.keys.sorted())
    func extreme(name: String) throws {
        try workspace.write(try #require(Self.extremes[name]), to: "extreme.yaml")
        try workspace.generate("extreme.yaml", to: "extreme")
        for command in ["describe", "verify", "audit"] {
            let outcome = try workspace.run(command, "extreme")
            #expect(outcome.status == 0 && outcome.errors == "", "\(command): \(outcome)")
        }
        let outcome = try workspace.run("describe", "extreme", "--plot", "extreme.svg")
        #expect(outcome.status == 0 && outcome.errors == "", "\(outcome)")
        let parsed = try workspace.shell("python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse(\"extreme.svg\")'")
        #expect(parsed.status == 0, "\(parsed.errors)")
        #expect(try workspace.text("extreme.svg").components(separatedBy: "<g class=\"panel\"").count == 5)
    }

    @Test("has a dash for what no reading tells")
    func nothing() throws {
        let recipe = """
            dataset: {duration: 1s}
            metrics: {co2: {mean: 1, std_dev: 0.1}}
            anomalies: {probability: 0.99, types: {missing_data: {modes: [omit], duration: 5m}}}
            """
        try workspace.write(recipe, to: "none.yaml")
        try workspace.generate("none.yaml", to: "none", "--format", "csv")
        let lines = try workspace.run("describe", "none").output.split(separator: "\n")
        let line = try #require(lines.first { $0.contains("co2 ") })
        #expect(line.split(separator: " ") == ["co2", "0", "–", "–", "–", "–", "0"], "\(line)")
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
