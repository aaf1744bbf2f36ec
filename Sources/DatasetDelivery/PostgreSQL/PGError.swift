/// What the codes of PostgreSQL's errors mean for a load.
///
/// Source: https://www.postgresql.org/docs/current/errcodes-appendix.html.
enum PGError {
    // PG_DIAG_SQLSTATE and its neighbours, which are character constants in C.
    static let fieldOfState = Int32(UInt8(ascii: "C"))
    static let fieldOfMessage = Int32(UInt8(ascii: "M"))
    static let fieldOfDetail = Int32(UInt8(ascii: "D"))

    /// Whether another attempt may succeed.
    static func kind(of state: String) -> DeliveryError.Kind {
        switch state {
        // Another session was first, or in the way.
        case uniqueViolation, "40001", "40P01", "55P03": .transient
        // The server ends, has crashed, starts, or has no connection left.
        case "57P01", "57P02", "57P03", "57P05", "53300": .transient
        default: state.hasPrefix("08") ? .transient : .refused
        }
    }

    static let uniqueViolation = "23505"
}

/// The passwords in a URL, which no message shows.
struct PGSecrets {
    private var texts: [String] = []

    init(_ url: String) {
        let rest = url.drop { $0 != "/" }.drop { $0 == "/" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        if let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") {
            texts.append(String(authority[authority.index(after: colon)..<at]))
        }
        if let question = rest.firstIndex(of: "?") {
            for pair in rest[question...].dropFirst().split(separator: "&") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2, ["password", "sslpassword"].contains(parts[0]) { texts.append(String(parts[1])) }
            }
        }
        texts.removeAll { $0.isEmpty }
    }

    /// A message without them.
    func hide(_ message: String) -> String {
        let line = message.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
        return texts.reduce(line) { $0.replacing($1, with: "***") }
    }
}
