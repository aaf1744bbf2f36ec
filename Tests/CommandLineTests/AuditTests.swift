import Foundation
import Testing

@Suite("audit", .timeLimit(.minutes(30)))
struct AuditTests {
    private let workspace: Workspace

    private struct Report: Decodable, Equatable {
        struct Finding: Decodable, Equatable {
            var kind: String
            var count: Int
        }
        struct OneLiner: Decodable, Equatable {
            var anomaly_type: String
            var events: Int
            var one_liner: String
            var f1: Double
            var chance_f1: Double
        }
        struct Leak: Decodable, Equatable {
            var subject: String
            var auc: Double?
        }
        var exact: Bool
        var rows: Int
        var findings: [Finding]
        var one_liners: [OneLiner]
        var leaks: [Leak]
    }

    init() throws {
        workspace = try Workspace()
        try workspace.write(Samples.nasty, to: "nasty.yaml")
        let plain = "outputs={csv: {compression: none}, jsonl: {}, sqlite: {}}"
        try workspace.generate("nasty.yaml", to: "set", "--set", plain)
    }

    /// Changes the lines of a file of the dataset; then `audit` must refuse it and say why.
    private func expectRefusal(
        of name: String,
        saying words: String,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout [String]) throws -> Void
    ) throws {
        let good = try workspace.bytes("set/\(name)")
        var lines = try workspace.text("set/\(name)").components(separatedBy: "\n")
        try change(&lines)
        try workspace.write(lines.joined(separator: "\n"), to: "set/\(name)")
        let outcome = try workspace.run("audit", "set", "--quiet")
        #expect(outcome.status == 76, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.output == "", sourceLocation: sourceLocation)
        let errors = outcome.errorLines
        #expect(errors.allSatisfy { $0.hasPrefix("error: set: ") }, "\(errors)", sourceLocation: sourceLocation)
        #expect(errors.contains { $0.contains(words) }, "\(errors)", sourceLocation: sourceLocation)
        let text = try workspace.run("audit", "set").output
        #expect(text.contains("labels are not exact"), sourceLocation: sourceLocation)
        try workspace.write(good, to: "set/\(name)")
    }

    @Test("finds an untouched dataset exact, on at most 100 columns")
    func untouched() throws {
        let outcome = try workspace.run("audit", "set")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors == "")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.last == "labels are exact")
        #expect(lines.allSatisfy { $0.count <= 100 })
        for word in ["spike", "trend", "pattern", "missing_data", "noise", "x is missing", "median gap"] {
            #expect(outcome.output.contains(word), "\(word)")
        }
        let quiet = try workspace.run("audit", "set/", "--quiet")
        #expect(quiet.status == 0 && quiet.output == "" && quiet.errors == "")
    }

    @Test("gives the same figures for every format, as one JSON object")
    func json() throws {
        let reports: [Report] = try ["csv", "sqlite", "jsonl"]
            .map { format in
                let outcome = try workspace.run("audit", "set", "--json", "--format", format)
                #expect(outcome.status == 0, "\(outcome.errors)")
                return try outcome.decoded()
            }
        #expect(reports[0].exact && reports[0].findings.isEmpty)
        #expect(reports[0].one_liners.count == 5)
        #expect(reports.allSatisfy { $0 == reports[0] })
        for leak in reports[0].leaks { #expect((leak.auc ?? 0.5) < 0.6, "\(leak)") }
    }

    @Test("gives the same figures for zstd files, and names a damaged one")
    func frames() throws {
        let outputs = "outputs={csv: {compression: zstd}, jsonl: {compression: zstd}, sqlite: {}}"
        try workspace.generate("nasty.yaml", to: "packed", "--set", outputs)
        let expected: Report = try workspace.run("audit", "set", "--json", "--format", "csv").decoded()
        for format in ["csv", "jsonl"] {
            let outcome = try workspace.run("audit", "packed", "--json", "--format", format)
            #expect(try outcome.decoded() as Report == expected)
        }
        let good = try workspace.bytes("packed/readings.csv.zst")
        try workspace.write(good.dropLast(good.count / 2), to: "packed/readings.csv.zst")
        let outcome = try workspace.run("audit", "packed", "--format", "csv", "--quiet")
        #expect(outcome.status == 76)
        #expect(outcome.errors.contains("it ends in the middle"), "\(outcome.errors)")
    }

    @Test("finds fewer of the harder events, unless easy and hard have been mistaken for each other")
    func difficulty() throws {
        struct Report: Decodable {
            struct Difficulty: Decodable {
                var events: Int
                var recall: Double
            }
            struct Figure: Decodable {
                var anomaly_type: String
                var difficulties: [Difficulty]
                var falls: String
            }
            var difficulties: [Figure]
        }
        try workspace.write("dataset: {duration: 3d}\nanomalies: {probability: 0.05}\n", to: "days.yaml")
        try workspace.generate("days.yaml", to: "days", "--format", "csv")
        func figures() throws -> [Report.Figure] {
            let report: Report = try workspace.run("audit", "days", "--json").decoded()
            return report.difficulties
        }
        let right = try figures()
        // Of longer events three days have too few.
        #expect(right.allSatisfy { $0.falls != "no" }, "\(right)")
        let spikes = try #require(right.first { $0.anomaly_type == "spike" })
        #expect(spikes.falls == "yes")
        #expect(spikes.difficulties.count == 3 && spikes.difficulties.allSatisfy { $0.events >= 20 })
        #expect(spikes.difficulties[0].recall > spikes.difficulties[2].recall + 0.3)
        let events = try workspace.text("days/events.csv")
        let words = events.replacing("easy", with: "\u{1}").replacing("hard", with: "easy")
            .replacing("\u{1}", with: "hard")
        try workspace.write(words, to: "days/events.csv")
        let wrong = try figures()
        #expect(wrong.first { $0.anomaly_type == "spike" }?.falls == "no")
        #expect(try workspace.run("audit", "days").output.contains("found at 1 false alarm in 1,000"))
    }

    @Test("names what is wrong, with an example")
    func changes() throws {
        try expectRefusal(of: "readings.csv", saying: "labelled readings outside any event: 1, reading ") { lines in
            let row = try #require(lines.firstIndex { $0.contains(",0,0,,") })
            lines[row] = lines[row].replacingOccurrences(of: ",0,0,,", with: ",1,1,spike,")
        }
        try expectRefusal(of: "readings.csv", saying: "differ from the healthy twin: 1, reading ") { lines in
            // A step of 0.0625 °C of the sensor whose name has no comma.
            let row = try #require(lines.firstIndex { $0.contains(",Ω") && $0.contains(",0,0,,") })
            var fields = lines[row].components(separatedBy: ",")
            fields[3] = fields[3] == "-5.0000" ? "-5.0625" : "-5.0000"
            lines[row] = fields.joined(separator: ",")
        }
        try expectRefusal(of: "readings.csv", saying: "missing rows: 1, reading ") { lines in
            lines.remove(at: try #require(lines.firstIndex { $0.contains(",0,0,,") }))
        }
        try expectRefusal(of: "events.csv", saying: "end is 2025-01-05T23:00:00.000000, but") { lines in
            let row = try #require(lines.firstIndex { $0.contains(",trend,") && $0.hasSuffix(",0") })
            var fields = lines[row].components(separatedBy: ",")
            let end = try #require(fields.lastIndex { $0.hasPrefix("2025-01-05T") })
            fields[end] = "2025-01-05T23:00:00.000000"
            lines[row] = fields.joined(separator: ",")
        }
        #expect(try workspace.run("audit", "set").status == 0)
    }

    @Test("counts what is wrong in the JSON object, too")
    func findings() throws {
        let lines = try workspace.text("set/readings.csv").components(separatedBy: "\n")
        try workspace.write(lines.dropLast(3).joined(separator: "\n"), to: "set/readings.csv")
        let outcome = try workspace.run("audit", "set", "--json")
        #expect(outcome.status == 76)
        let report: Report = try outcome.decoded()
        #expect(!report.exact)
        #expect(report.findings == [Report.Finding(kind: "missing_row", count: 2)])
    }

    @Test("says which dataset, readings or events there are not")
    func absent() throws {
        let nowhere = try workspace.run("audit", "nowhere")
        #expect(nowhere.status == 66)
        #expect(nowhere.errorLines.count == 1 && nowhere.errors.contains("nowhere"))
        #expect(try workspace.run("audit", "set", "--format", "feather").status == 64)
        try workspace.remove("set/readings.csv")
        #expect(try workspace.run("audit", "set", "--format", "csv").status == 66)
        #expect(try workspace.run("audit", "set").status == 0)
        try workspace.remove("set/events.csv")
        #expect(try workspace.run("audit", "set").status == 66)
        try workspace.remove("set/recipe.yaml")
        #expect(try workspace.run("audit", "set").status == 66)
    }
}
