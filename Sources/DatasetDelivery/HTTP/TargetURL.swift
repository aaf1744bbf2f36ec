import DatasetGen

/// The URL of a target: `SCHEME://USER@HOST:PORT/PATH?NAME=VALUE`.
struct TargetURL: Sendable {
    let scheme: String
    let user: String?
    /// What a URL should not have, as other users of the machine see it.
    let password: String?
    let host: String
    let port: Int?
    /// The path as it stands, with its first slash; empty where there is none.
    let pathText: String
    /// The parts of the path, decoded.
    let path: [String]
    /// In their order, decoded.
    let parameters: [(name: String, value: String)]

    /// - Throws: ``DeliveryError`` of the kind `usage`, when a text is no such URL.
    init(_ text: String) throws(DeliveryError) {
        func fail(_ reason: String) -> DeliveryError {
            DeliveryError(.usage, "the URL of the target \(reason)")
        }
        guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
            throw fail("has no host: SCHEME://HOST:PORT/…")
        }
        scheme = text[..<colon].lowercased()
        let rest = text[colon...].dropFirst(3)
        guard !rest.contains("#") else { throw fail("has a #; a name with one is written %23") }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let tail = rest[authority.endIndex...]
        let pathText = tail.prefix { $0 != "?" }
        self.pathText = String(pathText)
        let at = authority.lastIndex(of: "@")
        if let at {
            let user = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(user[0]) else { throw fail("has a user that is not percent-encoded right") }
            self.user = name.isEmpty ? nil : name
            password = try user.count < 2 ? nil : Self.decoded(user[1]).orThrow(fail("has a broken password"))
        } else {
            (user, password) = (nil, nil)
        }
        var place = at.map { authority[authority.index(after: $0)...] } ?? authority
        var host = ""
        if place.hasPrefix("["), let end = place.firstIndex(of: "]") {
            host = String(place[...end])
            place = place[place.index(after: end)...]
        } else {
            host = String(place.prefix { $0 != ":" })
            place = place.dropFirst(host.count)
        }
        self.host = host.isEmpty ? "127.0.0.1" : host
        if place.hasPrefix(":") {
            guard let port = Int(place.dropFirst()), 1...65_535 ~= port else {
                throw fail("has the port \(String(place.dropFirst()).quoted); ports are 1 to 65535")
            }
            self.port = port
        } else {
            guard place.isEmpty else { throw fail("has a host that is none") }
            port = nil
        }
        var path: [String] = []
        for part in pathText.split(separator: "/") {
            path.append(try Self.decoded(part).orThrow(fail("has a path that is not percent-encoded right")))
        }
        self.path = path
        var parameters: [(name: String, value: String)] = []
        for pair in tail[pathText.endIndex...].dropFirst().split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = Self.decoded(parts[0]), let value = Self.decoded(parts[1]) else {
                throw fail("has \(String(pair).quoted); a parameter is NAME=VALUE")
            }
            guard !parameters.contains(where: { $0.name == name }) else { throw fail("has \(name) twice") }
            parameters.append((name, value))
        }
        self.parameters = parameters
    }

    /// The value of a parameter.
    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// Throws unless all parameters are known ones.
    func checkParameters(_ known: [String]) throws(DeliveryError) {
        guard let other = parameters.first(where: { !known.contains($0.name) }) else { return }
        let hint =
            Suggestion.nearest(to: other.name, among: known).map { "did you mean \($0)?" }
            ?? (known.isEmpty ? "it has none" : "it has " + known.joined(separator: ", "))
        throw DeliveryError(.usage, "\(scheme): has no parameter \(other.name.quoted); \(hint)")
    }

    private static func decoded(_ text: some StringProtocol) -> String? { try? PercentText.decoded(text) }
}

extension Optional {
    fileprivate func orThrow(_ error: DeliveryError) throws(DeliveryError) -> Wrapped {
        guard let self else { throw error }
        return self
    }
}
