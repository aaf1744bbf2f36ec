import DatasetMonitoring
import Logging
import Testing
import synthetic_monitor

/// How a server begins and ends.
@Suite struct LifecycleTests {
    @Test func aTakenPortIsAnErrorBeforeTheWorkBegins() async throws {
        try await Served.run { server in
            let error = await #expect(throws: MonitoringError.self) {
                try await Served.run {
                    $0.port = server.port
                } test: { _ in
                    Issue.record("the work began")
                }
            }
            #expect(error?.description.contains("port \(server.port): another program listens there") == true)
            #expect(error?.description.contains("monitoring.port") == true)
        }
    }

    @Test(arguments: [
        ("192.0.2.1", "this machine has no such address"), ("no.such.host.invalid", "no address of this name"),
    ])
    func aHostThatIsNotOursIsAnError(host: String, reason: String) async throws {
        let error = await #expect(throws: MonitoringError.self) {
            try await Served.run {
                $0.host = host
            } test: { _ in
            }
        }
        let text = error?.description ?? ""
        #expect(text.contains(reason) && !text.contains("errno") && !text.contains("SocketAddress"), "\(text)")
    }

    @Test func settingsChangeWhileItServes() async throws {
        var configuration = MonitoringConfiguration()
        configuration.port = 0
        let server = MonitoringServer(
            run: SyntheticRun(),
            configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await server.serve(during: { address in
            let served = Served(port: address.port)
            #expect(try await served.ask("/statusz").status == 200)
            var other = configuration
            other.token = BearerToken("sesame")
            other.allowedHosts = ["sensors.example"]
            #expect(server.takeOn(other))
            #expect(try await served.ask("/statusz").status == 401)
            #expect(try await served.ask(host: "sensors.example").status == 401)
            other.port = 1
            #expect(!server.takeOn(other))
            let text = try await served.ask("/metrics", headers: ["Authorization: Bearer sesame"]).text
            #expect(text.contains(#"gen_dataset_http_requests_total{code="200"} 1"#))
        })
    }

    @Test func theServerEndsWithTheWorkAndFreesThePort() async throws {
        let (port, idle) = try await Served.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send(Served.request("/healthz"))
            #expect(await connection.reply()?.status == 200)
            return (server.port, connection)
        }
        #expect(await idle.isClosedByServer())
        #expect(throws: ConnectionFailure.self) { try RawConnection(port: port) }
        try await Served.run {
            $0.port = port
        } test: { server in
            let reply = try await server.ask("/healthz")
            #expect(reply.status == 200)
        }
    }

    @Test func errorsOfTheWorkComeThrough() async throws {
        struct Failed: Error {}
        await #expect(throws: Failed.self) { try await Served.run { _ in throw Failed() } }
    }

    @Test func clientsInTheMiddleOfARequestDoNotHoldTheProgramUp() async throws {
        let begin = ContinuousClock.now
        let connections = try await Served.run { server in
            let connections = try (0..<5).map { _ in try RawConnection(port: server.port) }
            for connection in connections { connection.send("GET /statusz HTTP/1.1\r\nHost: loc") }
            try await Task.sleep(for: .milliseconds(50))
            return connections
        }
        #expect(ContinuousClock.now - begin < .seconds(20), "a connection may take 30 s for an answer")
        #expect(connections.count == 5)
    }
}
