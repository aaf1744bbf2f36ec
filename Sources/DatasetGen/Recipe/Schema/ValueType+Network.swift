extension ValueType where Value == String {
    /// The address that a server listens at: an address of this machine, its name, or `*` for all addresses.
    static let listeningHost = host(
        expecting: "an address such as 127.0.0.1 or ::1, a name of this machine, or * for all addresses"
    ) { text in
        text == "*" || NetworkHost.isIPv4(text) || NetworkHost.isIPv6(text) || NetworkHost.isName(text)
    }

    /// A name by which a server is reached.
    static let hostName = host(expecting: "a name such as sensors.example.com") { NetworkHost.isName($0) }

    private static func host(
        expecting expectation: String,
        isHost: @escaping @Sendable (String) -> Bool
    ) -> ValueType {
        ValueType(expectation: expectation, schema: .anyScalar) { node, path, decoder in
            guard let text = node.text else {
                decoder.reportMismatch(node, expected: expectation, at: path)
                return nil
            }
            let host = withoutBrackets(text).lowercased()
            if isHost(host) { return host }
            let hint = hint(about: text).map { "; " + $0 } ?? ""
            decoder.report("expected \(expectation), found \(node.found)\(hint)", at: node.origin, path: path)
            return nil
        } encode: {
            .string($0)
        }
    }

    /// URLs have IPv6 addresses in brackets.
    private static func withoutBrackets(_ text: String) -> String {
        text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
    }

    /// What may have been meant by a text that is no host.
    private static func hint(about text: String) -> String? {
        if text.contains("://") { return "write the host alone, without http://, and the port in monitoring.port" }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isPort = parts.last.map { !$0.isEmpty && $0.allSatisfy(\.isNumber) } == true
        if isPort, parts.count == 2 || text.contains("]:") { return "the port is written in monitoring.port" }
        return text.contains("/") ? "write the host alone, without a path" : nil
    }

    /// The URL of a broker; no message shows a password.
    static let brokerURL = ValueType(
        expectation: "the URL of a broker, such as mqtt://localhost/sensors/{sensor_id}",
        schema: .pattern("^(mqtt|mqtts|kafka|nats|http|https|influx|influxs)://[^/]+")
    ) { node, path, decoder in
        let schemes = ["mqtt", "mqtts", "kafka", "nats", "http", "https", "influx", "influxs"]
        guard let text = node.text, schemes.contains(where: { text.hasPrefix($0 + "://") }) else {
            let known = schemes.map { $0 + "://" }.joined(separator: ", ")
            decoder.report("expected the URL of a broker, which begins with \(known)", at: node.origin, path: path)
            return nil
        }
        let authority = text.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" && $0 != "?" }
        if let at = authority.lastIndex(of: "@"), authority[..<at].contains(":") {
            let scheme = text.prefix { $0 != ":" }
            let encrypted = ["mqtts", "https", "influxs"].contains(scheme)
            let variable = (encrypted ? scheme.dropLast() : scheme).uppercased()
            decoder.report(
                "a recipe has no passwords: this one belongs in the variable \(variable)_PASSWORD of the environment",
                at: node.origin,
                path: path
            )
            return nil
        }
        return text
    } encode: {
        .string($0)
    }

    /// A token that a header field can carry (RFC 6750, section 2.1); no message shows it.
    static let bearerToken = ValueType(
        expectation: "letters, digits and -._~+/, with = at the end only",
        schema: .pattern("^[A-Za-z0-9._~+/-]+=*$")
    ) { node, path, decoder in
        let body = (node.text ?? "").reversed().drop { $0 == "=" }
        let isSendable = body.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._~+/".contains($0)) }
        guard !body.isEmpty, isSendable, let text = node.text, text.utf8.count <= 4_096 else {
            let expectation = "letters, digits and -._~+/, with = at the end only"
            decoder.report("the token cannot be sent; expected \(expectation)", at: node.origin, path: path)
            return nil
        }
        return text
    } encode: {
        .string($0)
    }
}
