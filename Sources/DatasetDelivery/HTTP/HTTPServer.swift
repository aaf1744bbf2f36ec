import DatasetGen

/// A server that is spoken to over HTTP: where it is, and who asks.
struct HTTPServer: Sendable {
    /// `http://HOST:PORT`.
    let base: String
    /// Host and port.
    let name: String
    /// Whether it is on this machine.
    let isLocal: Bool
    /// What names of variables of the environment begin with that say who asks.
    let variable: String
    private let user: String?
    private let password: String?
    private let headers: [String]

    /// - Parameters:
    ///   - url: of the target.
    ///   - port: where the URL has none.
    ///   - isEncrypted: whether it is https.
    ///   - variable: what names of variables of the environment begin with: `NAME_PASSWORD` and `NAME_TOKEN`.
    ///   - token: that of `--token-file`.
    ///   - tokenScheme: how a token is announced.
    /// - Throws: ``DeliveryError`` where who asks is not said, or said twice.
    init(
        _ url: TargetURL,
        port: Int,
        isEncrypted: Bool,
        variable: String,
        token: String?,
        tokenScheme: String = "Bearer"
    ) throws(DeliveryError) {
        name = "\(url.host):\(url.port ?? port)"
        base = (isEncrypted ? "https://" : "http://") + name
        isLocal = url.host == "localhost" || url.host == "[::1]" || url.host.hasPrefix("127.")
        self.variable = variable
        user = url.user
        let password = url.password ?? Secret.value(of: variable + "_PASSWORD")
        self.password = password
        guard let token = token ?? Secret.value(of: variable + "_TOKEN") else {
            headers = []
            if url.user == nil, password != nil {
                throw DeliveryError(.usage, "\(variable)_PASSWORD is set, but the URL names no user: USER@HOST")
            }
            return
        }
        guard url.user == nil else {
            throw DeliveryError(.usage, "there is a token, and the URL names a user: either says who asks, not both")
        }
        guard !token.utf8.contains(where: { $0 < 0x21 || $0 > 0x7e }), !token.isEmpty else {
            throw DeliveryError(.usage, "the token is empty, or has blanks or other characters that no token has")
        }
        headers = ["Authorization: \(tokenScheme) \(token)"]
    }

    /// Whether what is sent is compressed: over a network it is, unless the URL says otherwise.
    func isCompressed(_ url: TargetURL) throws(DeliveryError) -> Bool {
        switch url["gzip"] {
        case nil: !isLocal
        case "true": true
        case "false": false
        case let other?: throw DeliveryError(.usage, "gzip is \(other.quoted); it is true or false")
        }
    }

    /// A connection of one's own.
    ///
    /// - Parameter timeout: seconds in which an answer has to be there.
    /// - Returns: the connection; nothing is sent yet.
    /// - Throws: ``DeliveryError`` where there is no libcurl.
    func connect(timeout: Int = 300) throws(DeliveryError) -> HTTPSession {
        do throws(HTTPFailure) {
            return HTTPSession(
                server: self,
                connection: try HTTPConnection(user: user, password: password, timeout: timeout),
                headers: headers
            )
        } catch {
            throw DeliveryError(.refused, error.reason)
        }
    }
}

/// One thread's requests to a server.
struct HTTPSession {
    let server: HTTPServer
    private let connection: HTTPConnection
    private let headers: [String]

    fileprivate init(server: HTTPServer, connection: HTTPConnection, headers: [String]) {
        (self.server, self.connection, self.headers) = (server, connection, headers)
    }

    /// Sends a body, in parts.
    ///
    /// - Returns: the answer, whatever its status.
    /// - Throws: ``DeliveryError`` where no answer comes.
    func post(
        _ parts: [[UInt8]],
        to path: String,
        _ query: [(String, String)] = [],
        headers others: [String] = [],
        isRepeatable: Bool = true,
        consume: ((Span<UInt8>) -> Void)? = nil
    ) throws(DeliveryError) -> HTTPAnswer {
        do throws(HTTPFailure) {
            return try connection.post(
                parts,
                to: url(path, query),
                headers: headers + others,
                isRepeatable: isRepeatable,
                consume: consume
            )
        } catch { throw failure(error) }
    }

    /// Asks for something.
    ///
    /// - Returns: the answer, whatever its status.
    /// - Throws: ``DeliveryError`` where no answer comes.
    func get(
        _ path: String,
        _ query: [(String, String)] = [],
        headers others: [String] = [],
        consume: ((Span<UInt8>) -> Void)? = nil
    ) throws(DeliveryError) -> HTTPAnswer {
        do throws(HTTPFailure) {
            return try connection.get(url(path, query), headers: headers + others, consume: consume)
        } catch { throw failure(error) }
    }

    /// The error of an answer that is no success.
    func refusal(_ answer: HTTPAnswer, of what: String) -> DeliveryError {
        let text =
            "\(server.name) answers \(answer.status) to \(what)"
            + (answer.excerpt.isEmpty ? "" : ": " + answer.excerpt)
        return DeliveryError(answer.isTransient ? .transient : .refused, text, waiting: answer.retrySeconds)
    }

    private func failure(_ failure: HTTPFailure) -> DeliveryError {
        DeliveryError(
            failure.isLasting ? .refused : .transient,
            "\(server.name): \(failure.reason)",
            isUnsent: failure.isUnsent
        )
    }

    private func url(_ path: String, _ query: [(String, String)]) -> String {
        let pairs = query.map { PercentText.encoded($0.0) + "=" + PercentText.encoded($0.1) }
        return server.base + path + (pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&"))
    }
}
