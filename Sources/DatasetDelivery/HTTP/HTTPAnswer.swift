/// What a server has answered.
struct HTTPAnswer {
    /// The status: 200 to 299 where it has done what it was asked.
    let status: Int
    /// The body, up to some megabytes, where it was not handed on.
    let text: String
    /// The lines before the body: `NAME: VALUE`.
    let head: [String]
    /// How many seconds it asks to be left alone.
    let retrySeconds: Double?

    /// Whether it has done what it was asked.
    var isSuccess: Bool { 200..<300 ~= status }

    /// Whether the same request may succeed later: it is busy, or stands behind something that is.
    var isTransient: Bool { [408, 425, 429, 500, 502, 503, 504].contains(status) }

    /// The value of a line before the body; nil where there is none of the name.
    func header(_ name: String) -> String? {
        head.first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            .map { $0.dropFirst(name.count + 1).trimming { $0 == " " } }
    }

    /// The beginning of the body, in one line.
    var excerpt: String {
        let line = text.prefix(600).split(whereSeparator: \.isNewline).joined(separator: " ")
            .trimming { $0 == " " }
        return line.count > 300 ? line.prefix(300) + "…" : line
    }
}

extension StringProtocol {
    /// Without the characters at either end for which a condition holds.
    fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> String {
        String(String(drop(while: isTrimmed).reversed()).drop(while: isTrimmed).reversed())
    }
}

/// Why there is no answer.
struct HTTPFailure: Error, CustomStringConvertible {
    /// What happened, as the library for HTTP puts it.
    let reason: String
    /// Whether it will happen again: there is no such host, or it is not who it says.
    let isLasting: Bool
    /// Whether nothing was sent: there was no connection.
    var isUnsent = false

    var description: String { reason }
}
