import DatasetGen

/// The URL of a broker: `scheme://user@host:port,host:port/path?name=value&name=value`.
///
/// It has no password: those are in the environment, as whoever sees a command sees its URL.
package struct BrokerURL: Sendable {
    /// A place where a broker listens.
    struct Host: Hashable, Sendable {
        /// Its name, or its address without brackets.
        let name: String
        let port: Int

        var text: String { name.contains(":") ? "[\(name)]:\(port)" : "\(name):\(port)" }
    }

    /// What stands before the colon.
    let scheme: String
    let user: String?
    let hosts: [Host]
    /// What stands behind the first slash after the hosts.
    let path: String
    /// What stands behind the question mark, in its order.
    let parameters: [(name: String, value: String)]

    /// - Parameters:
    ///   - text: the URL.
    ///   - port: the port where it names none.
    ///   - example: a URL as it should be.
    ///   - password: the variable of the environment that has the password.
    /// - Throws: ``DeliveryError`` that shows no password.
    init(_ text: String, port: Int, example: String, password: String) throws(DeliveryError) {
        let (head, query) = Self.split(text, at: "?")
        guard let colon = head.firstIndex(of: ":"), head[colon...].hasPrefix("://") else {
            throw DeliveryError(.usage, "the target is no URL such as \(example)")
        }
        scheme = head[..<colon].lowercased()
        let (authority, path) = Self.split(String(head[colon...].dropFirst(3)), at: "/")
        var places = authority
        if let at = authority.lastIndex(of: "@") {
            let user = authority[..<at]
            guard !user.contains(":") else {
                throw DeliveryError(
                    .usage,
                    "a password in a URL is seen by others: it belongs in the variable \(password) of the environment"
                )
            }
            self.user = try Self.decode(String(user))
            places = String(authority[authority.index(after: at)...])
        } else {
            user = nil
        }
        var hosts: [Host] = []
        for place in places.split(separator: ",", omittingEmptySubsequences: false) {
            hosts.append(try Self.host(String(place), port: port, example: example))
        }
        self.hosts = hosts
        self.path = try Self.decode(path ?? "")
        var parameters: [(name: String, value: String)] = []
        for pair in (query ?? "").split(separator: "&") {
            let (name, value) = Self.split(String(pair), at: "=")
            guard let value, !name.isEmpty else {
                throw DeliveryError(.usage, "behind the question mark of a URL stand pairs such as name=value")
            }
            guard !parameters.contains(where: { $0.name == name }) else {
                throw DeliveryError(.usage, "the URL has \(name.quoted) twice")
            }
            parameters.append((name, try Self.decode(value)))
        }
        self.parameters = parameters
    }

    /// The URL as messages show it: without user and parameters.
    var name: String { "\(scheme)://\(hosts.map(\.text).joined(separator: ","))/\(path)" }

    /// The value of a parameter.
    func value(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The value of a parameter that is one of some words; the first of them where it is not given.
    func word(_ name: String, of words: [String]) throws(DeliveryError) -> String {
        guard let value = value(name) else { return words[0] }
        guard words.contains(value) else {
            throw DeliveryError(
                .usage,
                "\(name)=\(value.onOneLine) in the URL: one of \(words.joined(separator: ", "))"
            )
        }
        return value
    }

    /// Throws where a parameter is none of some names.
    func check(parameters names: [String]) throws(DeliveryError) {
        for parameter in parameters where !names.contains(parameter.name) {
            let nearest = Suggestion.nearest(to: parameter.name, among: names)
            let hint = nearest.map { "did you mean \($0)?" } ?? "there are \(names.joined(separator: ", "))"
            throw DeliveryError(.usage, "the URL has an unknown parameter \(parameter.name.quoted); \(hint)")
        }
    }

    private static func host(_ text: String, port: Int, example: String) throws(DeliveryError) -> Host {
        var (name, number) = (text, String?.none)
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            name = String(text[text.index(after: text.startIndex)..<end])
            let rest = text[text.index(after: end)...]
            if rest.hasPrefix(":") { number = String(rest.dropFirst()) }
            if !rest.isEmpty, number == nil { name = "" }
        } else if let colon = text.firstIndex(of: ":") {
            name = String(text[..<colon])
            number = String(text[text.index(after: colon)...])
        }
        let isName = !name.isEmpty && name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7f }
        let place = number.map { Int($0) ?? 0 } ?? port
        guard isName, 1...65_535 ~= place else {
            throw DeliveryError(.usage, "\(text.quoted) is no host, or no port from 1 to 65535, as in \(example)")
        }
        return Host(name: name, port: place)
    }

    private static func split(_ text: String, at separator: Character) -> (String, String?) {
        guard let place = text.firstIndex(of: separator) else { return (text, nil) }
        return (String(text[..<place]), String(text[text.index(after: place)...]))
    }

    private static func decode(_ text: String) throws(DeliveryError) -> String {
        do throws(PercentText.Fault) {
            return try PercentText.decoded(text)
        } catch {
            let reason =
                switch error {
                case .digits: "a % in a URL is followed by two digits, as %25 is a % itself"
                case .encoding: "what stands behind % in the URL is no text in UTF-8"
                }
            throw DeliveryError(.usage, reason)
        }
    }
}
