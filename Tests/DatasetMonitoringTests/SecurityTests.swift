import DatasetGen
import DatasetMonitoring
import Logging
import Synchronization
import Testing
import synthetic_monitor

/// Who may ask, and what must not get out.
@Suite struct SecurityTests {
    private static let secret = "s3cr3t-T0ken.~+/=="

    private static func run<Value>(
        host: String? = nil,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        test: (Served) async throws -> Value
    ) async throws -> Value {
        try await Served.run(logger: logger) {
            $0.token = BearerToken(secret)
            if let host { $0.host = host }
        } test: {
            try await test($0)
        }
    }

    @Test(arguments: ["/statusz", "/metricz", "/samplez", "/sensorz", "/db_stats", "/metrics", "/openapi.json"])
    func dataNeedTheToken(path: String) async throws {
        try await Self.run { server in
            let reply = try await server.ask(path)
            #expect(reply.status == 401)
            #expect(reply.headers["www-authenticate"] == #"Bearer realm="gen-dataset""#)
            #expect(reply.json["error"] == "unauthorized")
            #expect(try await server.ask(path, headers: ["Authorization: Bearer \(Self.secret)"]).status == 200)
            #expect(try await server.ask(path, headers: ["authorization: bearer \(Self.secret)"]).status == 200)
        }
    }

    @Test(arguments: [
        "Bearer", "Bearer ", "Bearer x", "Bearer s3cr3t-T0ken.~+/=", "Bearer s3cr3t-T0ken.~+/===",
        "Basic s3cr3t-T0ken.~+/==", "s3cr3t-T0ken.~+/==",
    ])
    func wrongTokensAreRefused(authorization: String) async throws {
        try await Self.run { server in
            let reply = try await server.ask("/statusz", headers: ["Authorization: \(authorization)"])
            #expect(reply.status == 401)
        }
    }

    @Test func healthAndThePageNeedNoToken() async throws {
        try await Self.run { server in
            #expect(try await server.ask("/healthz").status == 200)
            let page = try await server.ask("/")
            #expect(page.status == 200)
            #expect(!page.text.contains("LOAD_"))
        }
    }

    @Test func noSecretIsInAnyAnswerOrLog() async throws {
        let log = RecordedLog()
        var logger = Logger(label: "test") { _ in log }
        logger.logLevel = .trace
        try await Self.run(logger: logger) { server in
            let header = ["Authorization: Bearer \(Self.secret)"]
            for path in ["/", "/healthz", "/statusz", "/metricz", "/samplez", "/db_stats", "/metrics", "/openapi.json"]
            {
                let reply = try await server.ask(path, headers: header)
                #expect(!reply.text.contains(Self.secret))
                #expect(!reply.text.contains("hush-hush"), "the settings hold it under the key token")
            }
            #expect(
                !(try await server.ask("/statusz?token=\(Self.secret)", headers: header).text.contains(Self.secret))
            )
            #expect(
                try await server.ask("/statusz", headers: header).json["configuration"]?["monitoring"]?["token"]
                    == "(set)"
            )
        }
        #expect(!log.text.isEmpty)
        #expect(!log.text.contains(Self.secret))
        #expect(!"\(try #require(BearerToken(Self.secret)))".contains(Self.secret))
    }

    @Test(arguments: ["", "two words", "ümlaut", "a\r\nb", "=", "quo\"te"])
    func tokensThatNoHeaderCanCarryAreRefused(text: String) {
        #expect(BearerToken(text) == nil)
    }

    @Test(arguments: ["/", "/healthz", "/nowhere", "/samplez?limit=0"])
    func answersTellBrowsersToBeCareful(path: String) async throws {
        try await Served.run { server in
            let headers = try await server.ask(path).headers
            #expect(headers["x-content-type-options"] == "nosniff")
            #expect(headers["referrer-policy"] == "no-referrer")
            #expect(headers["x-frame-options"] == "DENY")
            #expect(headers["cache-control"] == "no-store")
            #expect(headers["cross-origin-resource-policy"] == "same-origin")
            #expect(headers["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
            #expect(headers["content-security-policy"]?.contains("unsafe") == false)
            #expect(headers["access-control-allow-origin"] == nil)
            #expect(headers["server"] == nil)
        }
    }

    @Test func thePageUsesNothingFromOutside() async throws {
        try await Served.run { server in
            let reply = try await server.ask("/")
            #expect(reply.headers["content-type"] == "text/html; charset=utf-8")
            let text = reply.text.replacing("http://www.w3.org/2000/svg", with: "")
            for outside in ["http://", "https://", "//cdn", "@import", "url("] {
                #expect(!text.contains(outside), "\(outside)")
            }
            for inline in [" style=", " onclick=", " onload=", "innerHTML", "javascript:", "eval("] {
                #expect(!text.contains(inline), "\(inline)")
            }
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost", "0.0.0.0", "*"])
    func pagesOfTheWebReachNoServerWhereverItListens(host: String) async throws {
        try await Served.run {
            $0.host = host
        } test: { server in
            for host in [
                "evil.example", "evil.example:\(server.port)", "localhost.evil.example", "127.0.0.1.nip.io", "127.1",
                "0x7f.1", "[evil.example]", "[::1", "1.2.3.4.5", "256.1.1.1",
            ] {
                let reply = try await server.ask(host: host)
                #expect(reply.status == (host == "[::1" ? 200 : 421), "\(host)")
                guard reply.status == 421 else { continue }
                #expect(reply.json["message"]?.stringValue?.contains("monitoring.allowed_hosts") == true)
            }
            for host in [
                "localhost", "localhost:\(server.port)", "127.0.0.1:1", "[::1]:80", "LOCALHOST", "localhost.",
                "10.1.2.3",
                "[fe80::1]", "[2001:db8::7]:8080",
            ] {
                let reply = try await server.ask(host: host)
                #expect(reply.status == 200, "\(host)")
            }
        }
    }

    @Test func namesThatAreListedAreAnswered() async throws {
        try await Served.run {
            $0.allowedHosts = ["sensors.example.com", "gen-dataset"]
        } test: { server in
            for host in ["sensors.example.com", "Sensors.Example.com:443", "sensors.example.com.", "gen-dataset:8080"] {
                let reply = try await server.ask(host: host)
                #expect(reply.status == 200, "\(host)")
            }
            for host in ["example.com", "a.sensors.example.com", "sensors.example.com.evil.example"] {
                let reply = try await server.ask(host: host)
                #expect(reply.status == 421, "\(host)")
            }
        }
    }

    @Test func healthHasNoWordOfTheSettings() async throws {
        var run = SyntheticRun()
        run.situation.problems = [
            RunProblem(
                "recipe.yaml:3:9: port: 99999 is not one",
                openText: "the recipe is not applied",
                severity: .degraded
            )
        ]
        try await Served.run(run) {
            $0.token = BearerToken(Self.secret)
        } test: { server in
            let health = try await server.ask("/healthz")
            #expect(health.status == 200 && health.json["status"] == "degraded")
            #expect(health.json["problems"]?.elements == ["the recipe is not applied"])
            let status = try await server.ask("/statusz", headers: ["Authorization: Bearer \(Self.secret)"])
            #expect(status.json["health"] == "degraded" && status.text.contains("99999"))
        }
    }

    @Test func openServersAreWarnedOf() async throws {
        let (open, guarded) = (RecordedLog(), RecordedLog())
        try await Served.run(logger: Logger(label: "test") { _ in open }) {
            $0.host = "0.0.0.0"
        } test: { server in
            let reply = try await server.ask(host: "127.0.0.1")
            #expect(reply.status == 200)
        }
        try await Self.run(host: "0.0.0.0", logger: Logger(label: "test") { _ in guarded }) { _ in }
        #expect(open.text.contains("monitoring.token"))
        #expect(!guarded.text.contains("monitoring.token"))
    }
}

/// A log in memory.
private final class RecordedLog: LogHandler {
    private let lines = Mutex("")

    var text: String { lines.withLock(\.self) }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .trace }
        set {}
    }
    subscript(metadataKey _: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        lines.withLock { $0 += "\(event.message) \(event.metadata ?? [:])\n" }
    }
}
