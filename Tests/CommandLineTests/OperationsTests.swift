import Foundation
import Testing

/// What `container/` has for those who run it: image, manifests and unit, rules of alerts, a dashboard.
@Suite("Files for those who run it", .timeLimit(.minutes(30)))
struct OperationsTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    private struct Dashboard: Decodable {
        struct Panel: Decodable {
            struct Target: Decodable { var expr: String }

            var id: Int
            var title: String
            var targets: [Target]
        }

        var panels: [Panel]
    }

    private static let folder = Locations.package.appending(path: "container")

    /// The expressions of the dashboard as Prometheus gets them.
    private static func expressions() throws -> [String] {
        let data = try Data(contentsOf: folder.appending(path: "grafana/dashboard.json"))
        let panels = try JSONDecoder().decode(Dashboard.self, from: data).panels
        #expect(panels.count > 8 && Set(panels.map(\.id)).count == panels.count)
        return panels.flatMap(\.targets).map(\.expr)
            .map { $0.replacing("$__rate_interval", with: "5m").replacing("$__range", with: "1h") }
    }

    @Test("are understood by Prometheus, and alerts fire when they should")
    func promtool() throws {
        let rules = Self.folder.appending(path: "prometheus").path()
        let checked = try workspace.shell(
            "cd \(rules) && promtool check rules alerts.yaml && promtool test rules alerts-test.yaml"
        )
        #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
        let lines = try Self.expressions().enumerated().map { "  - {record: 'r:\($0)', expr: '\($1)'}" }
        try workspace.write(
            "groups:\n- name: dashboard\n  rules:\n" + lines.joined(separator: "\n") + "\n",
            to: "dashboard.yaml"
        )
        let parsed = try workspace.shell("promtool check rules dashboard.yaml")
        #expect(parsed.status == 0, "\(parsed.output)\(parsed.errors)")
    }

    @Test("agree with one another and with the program: users, paths, ports, probes, recipes, commands")
    func deployments() throws {
        let arguments = [Locations.package.path(), Locations.tool.path()]
        let findings: Findings = try workspace.read(with: "deployments", arguments)
        #expect(findings.problems == [])
        #expect(findings["documents"] == 3)
    }

    @Test("name metrics that a live run has")
    func names() throws {
        let port = try workspace.freePort()
        let recipe = """
            dataset: {name: live}
            simulation: {interval: 100ms}
            anomalies: {probability: 0.5}
            live: {feeds: ["http://127.0.0.1:1/"]}
            monitoring: {enabled: true, port: \(port)}
            """
        try workspace.write(recipe, to: "live.yaml")
        let run = try workspace.start("recipe", "live.yaml", "--realtime", "--backfill", "1m")
        _ = try workspace.answer(with: "gen_dataset_sensor_anomalous{", at: "/metrics", port: port)
        _ = try workspace.answer(with: "gen_dataset_feed_connected{", at: "/metrics", port: port)
        let exposed = try workspace.answer(with: "gen_dataset_lateness_seconds{", at: "/metrics", port: port)
        run.send(SIGTERM)
        _ = try run.outcome()
        let alerts = try String(contentsOf: Self.folder.appending(path: "prometheus/alerts.yaml"), encoding: .utf8)
        let text = try Self.expressions().joined(separator: "\n") + alerts
        let names = Set(text.matches(of: /gen_dataset_[a-z_]+/).map { String($0.output) })
        #expect(names.count > 12)
        for name in names.sorted() { #expect(exposed.contains("\n\(name)"), "\(name) is no metric") }
    }
}
