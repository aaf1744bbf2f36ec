import Testing

@Suite("The host of the monitoring server") struct MonitoringHostTests {
    private func check(_ host: String) throws -> Outcome {
        let workspace = try Workspace()
        try workspace.write("monitoring:\n  host: \"\(host)\"\n", to: "r.yaml")
        return try workspace.run("recipes", "check", "r.yaml")
    }

    @Test(
        "may be an address, a name or all addresses",
        arguments: [
            "127.0.0.1", "0.0.0.0", "::", "::1", "[::1]", "fe80::1%eth0", "*", "localhost", "my-host.lan",
            "::ffff:10.0.0.1",
        ]
    )
    func accepts(host: String) throws {
        let outcome = try check(host)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test(
        "that can be none is refused with what would be right",
        arguments: [
            "http://127.0.0.1": "without http://", "https://[::1]:80/": "without http://",
            "127.0.0.1:9000": "the port is written in monitoring.port",
            "[::1]:9000": "the port is written in monitoring.port",
            "localhost:80": "the port is written in monitoring.port", "256.0.0.1": "expected an address",
            "127.1": "expected an address", "a b": "expected an address", "1:2:3": "expected an address",
            "::1::2": "expected an address", "a/b": "without a path", "-x.lan": "expected an address",
        ]
    )
    func refuses(host: String, hint: String) throws {
        let outcome = try check(host)
        #expect(outcome.status == 65)
        #expect(
            outcome.errors.contains("r.yaml:2:3: monitoring.host: ") && outcome.errors.contains(hint),
            "\(outcome.errors)"
        )
    }

    @Test("has names beside it, also by a variable")
    func names() throws {
        let workspace = try Workspace()
        try workspace.write("monitoring: {allowed_hosts: [a.example, B]}\n", to: "r.yaml")
        #expect(try workspace.run("recipes", "check", "r.yaml").status == 0)
        try workspace.write("monitoring: {allowed_hosts: [a.example, 'http://b']}\n", to: "r.yaml")
        #expect(try workspace.run("recipes", "check", "r.yaml").errors.contains("allowed_hosts.1: "))
        try workspace.write("", to: "r.yaml")
        let outcome = try workspace.run(
            ["recipes", "check", "r.yaml"],
            environment: ["MONITORING_ALLOWED_HOSTS": "a.example, b.example:80"]
        )
        #expect(outcome.status == 65 && outcome.errors.contains("MONITORING_ALLOWED_HOSTS"), "\(outcome.errors)")
    }

    @Test("goes with a token that can be sent, which no message shows")
    func token() throws {
        let workspace = try Workspace()
        try workspace.write("monitoring: {token: \"open sesame\"}\n", to: "r.yaml")
        let outcome = try workspace.run("recipes", "check", "r.yaml")
        #expect(outcome.status == 65 && !outcome.errors.contains("sesame"), "\(outcome.errors)")
        #expect(outcome.errors.contains("letters, digits and -._~+/"))
    }
}
