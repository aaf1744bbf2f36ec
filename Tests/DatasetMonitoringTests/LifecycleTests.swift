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
            #expect(error?.description.contains("port \(server.port)") == true)
            #expect(error?.description.contains("monitoring.port") == true)
        }
    }

    @Test func aHostThatIsNotOursIsAnError() async throws {
        await #expect(throws: MonitoringError.self) {
            try await Served.run {
                $0.host = "192.0.2.1"
            } test: { _ in
            }
        }
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
