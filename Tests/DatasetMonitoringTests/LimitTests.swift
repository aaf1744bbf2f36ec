import DatasetGen
import DatasetMonitoring
import Testing
import synthetic_monitor

/// What a client may not do.
@Suite struct LimitTests {
    @Test func hugeHeadersAreRefused() async throws {
        try await Served.run { server in
            let long = try RawConnection(port: server.port)
            long.send(Served.request("/healthz", headers: ["X-Long: " + String(repeating: "x", count: 20_000)]))
            #expect(await long.reply()?.status == 431)
            #expect(await long.isClosedByServer())
            let many = try RawConnection(port: server.port)
            many.send(Served.request("/healthz", headers: (0..<150).map { "X-\($0): 1" }))
            #expect(await many.reply()?.status == 431)
            let target = try RawConnection(port: server.port)
            target.send(Served.request("/samplez?sensor=" + String(repeating: "x", count: 8_000)))
            #expect(await target.reply()?.status == 400)
            #expect(try await server.ask("/healthz").status == 200)
        }
    }

    @Test func endlessHeadersAreCutOff() async throws {
        try await Served.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send("GET /healthz HTTP/1.1\r\n")
            var sent = 0
            while sent < 4_000_000, connection.send("X-\(sent): " + String(repeating: "y", count: 1_000) + "\r\n") {
                sent += 1_000
            }
            let status = await connection.reply()?.status
            #expect(status == 431 || status == nil && sent < 4_000_000)
            #expect(try await server.ask("/healthz").status == 200)
        }
    }

    @Test(arguments: [
        ["Content-Length: 5", "\r\nhello"],
        ["Content-Length: 99999999999", "\r\nhello"],
        ["Transfer-Encoding: chunked", "\r\n5\r\nhello\r\n0\r\n\r\n"],
    ])
    func bodiesAreNotTaken(request: [String]) async throws {
        try await Served.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(request[0])\r\n\(request[1])")
            let reply = await connection.reply()
            #expect(reply?.status == 413)
            #expect(reply?.headers["connection"] == "close")
            #expect(await connection.isClosedByServer())
        }
    }

    @Test(arguments: [
        "NONSENSE\r\n\r\n", "GET /healthz\r\n\r\n", "GET /healthz HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET http://[::/healthz HTTP/1.1\r\n\r\n",
    ])
    func nonsenseIsRefused(request: String) async throws {
        try await Served.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send(request)
            let reply = await connection.reply()
            #expect(reply == nil || (400..<500).contains(reply?.status ?? 0))
            #expect(await connection.isClosedByServer())
            #expect(try await server.ask("/healthz").status == 200)
        }
    }

    @Test func noiseDoesNotHarm() async throws {
        try await Served.run {
            $0.limits.requestBurst = 10_000
        } test: { server in
            let valid = Array(Served.request("/samplez?limit=3", headers: ["Accept: */*"]).utf8)
            for seed in 0..<200 {
                var bytes = valid
                for change in 0..<(1 + seed % 5) {
                    let bits = Noise.bits(seed, change)
                    bytes[Int(bits >> 16) % bytes.count] = UInt8(truncatingIfNeeded: bits)
                }
                try RawConnection(port: server.port)
                    .send(seed.isMultiple(of: 3) ? Array(bytes.dropLast(seed % 40)) : bytes)
            }
            #expect(try await server.ask("/healthz").status == 200)
        }
    }

    @Test(arguments: [
        "", "GET /healthz HTT", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        "POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
    ])
    func slowClientsAreCutOff(beginning: String) async throws {
        try await Served.run {
            $0.limits.answerTimeout = .milliseconds(400)
        } test: { server in
            let connection = try RawConnection(port: server.port, timeout: 4)
            connection.send(beginning)
            // A byte now and then keeps nobody connected.
            var isCut = false
            for _ in 0..<60 where !isCut && !beginning.isEmpty {
                isCut = !connection.send("x")
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(isCut || beginning.isEmpty)
            #expect(await connection.isClosedByServer())
        }
    }

    @Test func clientsThatDoNotReadAreCutOff() async throws {
        try await Served.run {
            $0.limits.answerTimeout = .milliseconds(500)
            $0.limits.requestBurst = 1e6
        } test: { server in
            let connection = try RawConnection(port: server.port, timeout: 4, receiveBuffer: 4_096)
            // Pages of 40 kB fill what the kernel keeps for both sides, some megabytes; then the server's patience ends.
            connection.send(String(repeating: Served.request("/"), count: 600))
            try await Task.sleep(for: .seconds(2))
            var answers = 0
            while await connection.reply() != nil { answers += 1 }
            #expect(answers < 600)
            #expect(try await server.ask("/healthz").status == 200)
        }
    }

    @Test func idleConnectionsAreClosedAndBusyOnesAreKept() async throws {
        try await Served.run {
            $0.limits.answerTimeout = .milliseconds(1_200)
        } test: { server in
            let (idle, busy) = (try RawConnection(port: server.port), try RawConnection(port: server.port))
            #expect(await busy.replies(to: Served.request("/healthz"), times: 8, every: 0.2) == 8)
            #expect(await idle.isClosedByServer())
            #expect(await busy.isClosedByServer())
        }
    }

    @Test func aClientsConnectionsAreCounted() async throws {
        try await Served.run {
            $0.limits.connectionsPerClient = 3
        } test: { server in
            func connected() throws -> RawConnection {
                let connection = try RawConnection(port: server.port)
                connection.send(Served.request("/healthz"))
                return connection
            }
            var open = [try connected(), try connected(), try connected()]
            for connection in open { #expect(await connection.reply()?.status == 200) }
            #expect(try await connected().isClosedByServer())
            open.removeAll()
            // The server learns of the closed connections when its event loop next runs.
            for _ in 0..<50 {
                if try await connected().reply()?.status == 200 { return }
                try await Task.sleep(for: .milliseconds(20))
            }
            Issue.record("connections that are closed still count")
        }
    }

    @Test func connectionsBeyondTheLimitWait() async throws {
        try await Served.run {
            $0.limits.connections = 2
            $0.limits.answerTimeout = .milliseconds(600)
        } test: { server in
            let connections = try (0..<4).map { _ in try RawConnection(port: server.port) }
            for connection in connections {
                connection.send(Served.request("/healthz", headers: ["Connection: close"]))
            }
            for connection in connections { #expect(await connection.reply()?.status == 200) }
        }
    }

    @Test func requestsBeyondTheRateAreHeldBackAndRefused() async throws {
        try await Served.run {
            $0.limits.requestsPerSecond = 0.001
            $0.limits.requestBurst = 3
            $0.limits.holdTime = .milliseconds(200)
        } test: { server in
            for _ in 0..<3 { #expect(try await server.ask("/metricz").status == 200) }
            let begin = ContinuousClock.now
            let reply = try await server.ask("/metricz")
            #expect(reply.status == 429)
            #expect(reply.headers["retry-after"] == "1")
            #expect(ContinuousClock.now - begin >= .milliseconds(200))
            #expect(try await server.ask("/healthz").status == 200)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await Served.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send((1...20).map { Served.request("/samplez?limit=\($0)") }.joined())
            for count in 1...20 { #expect(await connection.reply()?.json["count"]?.integerValue == Int64(count)) }
        }
    }

    @Test(arguments: [
        "GET /healthz HTTP/1.0\r\n\r\n", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Close\r\n\r\n",
    ])
    func connectionsEndWhenTheClientAsksForIt(request: String) async throws {
        try await Served.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send(request)
            let reply = await connection.reply()
            #expect(reply?.status == 200)
            #expect(reply?.headers["connection"] == "close")
            #expect(await connection.isClosedByServer())
        }
    }
}

/// Bits that look random, the same in every run.
private enum Noise {
    static func bits(_ first: Int, _ second: Int) -> UInt32 {
        var bits = UInt32(truncatingIfNeeded: first &* 2_654_435 &+ second &* 40_503 &+ 1)
        for (shift, factor) in [(16, 0x85eb_ca6b), (13, 0xc2b2_ae35)] as [(UInt32, UInt32)] {
            bits = (bits ^ bits >> shift) &* factor
        }
        return bits ^ bits >> 16
    }
}
