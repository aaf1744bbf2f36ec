import Foundation
import Testing

/// How far a one-line detector comes with the data that anomaly detectors are trained on: a day of `ml-training.yaml`.
@Suite("Difficulty", .timeLimit(.minutes(30)))
struct DifficultyTests {
    private struct Report: Decodable {
        struct OneLiner: Decodable {
            var anomaly_type: String
            var events: Int
            var f1: Double
        }
        struct Edges: Decodable {
            var anomaly_type: String
            var either_share: Double
        }
        struct Leak: Decodable {
            var subject: String
            var auc: Double?
        }
        var exact: Bool
        var one_liners: [OneLiner]
        var edge_steps: [Edges]
        var leaks: [Leak]
    }

    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private func report(_ options: String...) throws -> Report {
        let output = ["recipe", "ml-training.yaml", "--duration", "1d", "--format", "csv", "-o", "out", "--quiet"]
        let generated = try workspace.run(output + options)
        #expect(generated.status == 0, "\(generated.errors)")
        let audited = try workspace.run("audit", "out", "--json")
        #expect(audited.status == 0, "\(audited.errors)")
        return try JSONDecoder().decode(Report.self, from: Data(audited.output.utf8))
    }

    @Test("no one-liner masters the default mix, and nothing gives the labels away")
    func mixed() throws {
        let report = try report()
        #expect(report.exact)
        #expect(report.one_liners.count == 5)
        for figure in report.one_liners where figure.anomaly_type != "missing_data" {
            #expect(figure.events >= 30, "\(figure.anomaly_type)")
            #expect(figure.f1 < 0.9, "\(figure.anomaly_type): \(figure.f1)")
        }
        for edges in report.edge_steps where ["trend", "pattern", "noise"].contains(edges.anomaly_type) {
            #expect(edges.either_share < 0.2, "\(edges.anomaly_type): \(edges.either_share)")
        }
        for leak in report.leaks { #expect(leak.auc ?? 0.5 < 0.6, "\(leak.subject)") }
    }

    @Test("a one-liner finds the easy ones")
    func easy() throws {
        for figure in try report("--set", "anomalies.difficulty=easy").one_liners {
            #expect(figure.f1 > 0.95, "\(figure.anomaly_type): \(figure.f1)")
        }
    }
}
