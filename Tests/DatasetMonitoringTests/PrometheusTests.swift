import DatasetGen
import DatasetMonitoring
import Testing
import synthetic_monitor

/// The text that Prometheus scrapes.
@Suite struct PrometheusTests {
    @Test func isTheTextFormat() async throws {
        try await Served.run { server in
            _ = try await server.ask("/nowhere")
            let reply = try await server.ask("/metrics")
            #expect(reply.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            let lines = reply.text.split(separator: "\n")
            #expect(lines.contains("# TYPE gen_dataset_readings_total counter"))
            #expect(lines.contains { $0.hasPrefix(#"gen_dataset_anomalous_readings_total{anomaly_type="spike"} "#) })
            #expect(lines.contains(#"gen_dataset_http_requests_total{code="404"} 1"#))
            let names = lines.filter { !$0.hasPrefix("#") }.map { $0.prefix { !"{ ".contains($0) } }
            let described = Set(lines.filter { $0.hasPrefix("# TYPE") }.map { $0.split(separator: " ")[2] })
            for name in names {
                let family = ["_sum", "_count"].first { name.hasSuffix($0) }.map { name.dropLast($0.count) } ?? name
                #expect(described.contains(family), "\(name)")
            }
        }
    }

    @Test func namesWithQuotesAreEscaped() async throws {
        var run = SyntheticRun()
        run.situation.name = "a \"b\"\n\\c"
        try await Served.run(run) { server in
            let text = try await server.ask("/metrics").text
            #expect(text.contains(#"{name="a \"b\"\n\\c",mode="live"} 1"#))
        }
    }

    @Test(
        .enabled(if: Tool("promtool") != nil, "promtool is not installed (Debian package prometheus)"),
        arguments: [nil, 30]
    )
    func promtoolFindsNothingToSay(metrics: Int?) async throws {
        let promtool = try #require(Tool("promtool"))
        var run = SyntheticRun(sensors: 100)
        run.situation.plannedReadings = 1_000_000
        if let metrics { run.schema = try .synthetic(metrics) }
        try await Served.run(run) { server in
            _ = try await server.ask("/healthz")
            let (status, output) = try promtool.run(["check", "metrics"], input: try await server.ask("/metrics").text)
            #expect(status == 0)
            #expect(output.isEmpty, "\(output)")
        }
    }
}
