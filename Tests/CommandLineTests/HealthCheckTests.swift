import Foundation
import Testing

@Suite("The container's health check", .timeLimit(.minutes(30)))
struct HealthCheckTests {
    private let workspace: Workspace

    init() throws {
        workspace = try Workspace()
    }

    /// Runs the health check as if `arguments` were the command line of the container's first process.
    private func check(_ arguments: String, environment: String = "") throws -> Int32 {
        let line = (["/usr/local/bin/gen-dataset"] + arguments.split(separator: " ").map(String.init))
            .joined(separator: "\0")
        try workspace.write(line + "\0", to: "cmdline")
        let script = Locations.package.appending(path: "container/healthcheck").path()
        return
            try workspace.shell(
                """
                mkdir -p bin; ln -sf "$TOOL" bin/gen-dataset
                env PATH="$PWD/bin:$PATH" PROCESS="$PWD" \(environment) bash \(script)
                """
            )
            .status
    }

    /// A server that answers every request with a status; the port that it has is in the file `port`.
    private func serve(_ status: Int) throws -> RunningProcess {
        try workspace.write(
            """
            import http.server, os
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    self.send_response(\(status) if self.path == "/well" else 404); self.end_headers()
                def log_message(self, *_): pass
            server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
            open("new", "w").write(str(server.server_port)); os.rename("new", "port")
            server.serve_forever()
            """,
            to: "server.py"
        )
        let server = try RunningProcess(
            URL(filePath: "/usr/bin/env"),
            ["python3", "server.py"],
            in: workspace.folder,
            environment: [:]
        )
        for _ in 0..<200 where !workspace.exists("port") { usleep(50_000) }
        return server
    }

    @Test("asks where the recipe says that the run listens", arguments: [200, 503])
    func port(status: Int) throws {
        let server = try serve(status)
        defer { server.send(SIGKILL) }
        let port = try workspace.text("port")
        try workspace.write(
            "monitoring: {enabled: true, host: 0.0.0.0, port: \(port), health_check_path: /well}",
            to: "live.yaml"
        )
        let expected: Int32 = status == 200 ? 0 : 1
        #expect(try check("recipe live.yaml --realtime") == expected)
        try workspace.write("monitoring: {port: 1, health_check_path: /well}", to: "live.yaml")
        #expect(try check("recipe live.yaml --realtime --monitor --set monitoring.port=\(port)") == expected)
        #expect(
            try check(
                "recipe --realtime",
                environment: "CONFIG_FILE=live.yaml MONITORING_ENABLED=On MONITORING_PORT=\(port)"
            )
                == expected
        )
        // Nobody listens there.
        #expect(try check("recipe live.yaml --realtime --monitor") != 0)
    }

    @Test("has nobody to ask where monitoring is off, and does not stumble over what a cluster sets")
    func off() throws {
        try workspace.write("", to: "live.yaml")
        #expect(try check("recipe live.yaml --realtime") == 0)
        #expect(try check("recipe live.yaml --realtime", environment: "MONITORING_PORT=tcp://10.0.0.7:9090") == 0)
    }

    @Test("the pods of the manifest are told of no other services")
    func manifest() throws {
        let manifest = try String(
            contentsOf: Locations.package.appending(path: "container/kubernetes/gen-dataset.yaml"),
            encoding: .utf8
        )
        #expect(manifest.contains("      enableServiceLinks: false\n"))
    }
}
