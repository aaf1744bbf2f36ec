import DatasetGen

/// A program that takes readings over HTTP: many lines of JSON in a request.
package struct HTTPReceiver: MessageBroker {
    package let name: String
    private let server: HTTPServer
    private let requests: HTTPRequests

    package init(url text: String, _ source: MessageSource) throws(DeliveryError) {
        let url = try TargetURL(text)
        if url.password != nil {
            throw DeliveryError(
                .usage,
                "a password in a URL is seen by others: it belongs in the variable \(Self.variable)_PASSWORD of the environment"
            )
        }
        let isEncrypted = url.scheme == "https"
        server = try HTTPServer(
            url,
            port: isEncrypted ? 443 : 80,
            isEncrypted: isEncrypted,
            variable: Self.variable,
            token: source.token
        )
        let path = url.pathText.isEmpty ? "/" : url.pathText
        name = "\(url.scheme)://\(server.name)\(path)"
        let format = url["format"] ?? HTTPRequests.Body.lines.rawValue
        guard let body = HTTPRequests.Body(rawValue: format) else {
            let formats = HTTPRequests.Body.allCases.map(\.rawValue).joined(separator: " or ")
            throw DeliveryError(.usage, "\(name): format is \(format.quoted); it is \(formats)")
        }
        let batch = url["batch"] ?? "1000"
        guard let limit = Int(batch), 1...100_000 ~= limit else {
            throw DeliveryError(.usage, "\(name): batch is \(batch.quoted); it is 1 to 100000 readings")
        }
        requests = HTTPRequests(
            path: path,
            query: url.parameters.filter { !Self.own.contains($0.name) }.map { ($0.name, $0.value) },
            headers: [body == .lines ? "Content-Type: application/x-ndjson" : "Content-Type: application/json"]
                + (try Self.header().map { [$0] } ?? []),
            messageLimit: limit,
            body: body,
            isCompressed: try Self.isCompressed(url),
            isIdempotent: false
        )
    }

    private static let variable = "HTTP"

    /// Parameters that are not the receiver's.
    private static let own = ["format", "batch", "gzip"]

    /// A line of the environment that requests have.
    private static func header() throws(DeliveryError) -> String? {
        guard let line = Secret.value(of: variable + "_HEADER") else { return nil }
        let name = line.prefix { $0 != ":" }
        let isName = !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        guard isName, name.count < line.count, !line.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            throw DeliveryError(.usage, "\(variable)_HEADER is no line of a request, such as X-API-Key: KEY")
        }
        return line
    }

    private static func isCompressed(_ url: TargetURL) throws(DeliveryError) -> Bool {
        switch url["gzip"] {
        case nil, "false": false
        case "true": true
        case let other?: throw DeliveryError(.usage, "gzip is \(other.quoted); it is true or false")
        }
    }

    package static var keepsMessages: Bool { false }
    package static var takesToken: Bool { true }

    package func check(mayAppend: Bool, mayCreate: Bool) {}

    package func connect() throws(DeliveryError) -> HTTPMessageConnection {
        HTTPMessageConnection(try server.connect(timeout: 60), requests)
    }
}
