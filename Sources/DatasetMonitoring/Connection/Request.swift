import NIOHTTP1

/// What a client asks for.
struct Request: Sendable {
    let method: HTTPMethod
    /// The part of the target before the question mark.
    let path: String
    /// The part behind it; nil without one.
    let query: String?
    /// The host and the port that the client believes to ask; nil if it names none.
    let authority: String?
    let headers: HTTPHeaders

    /// Reads the target in its usual form, `/path?query`, or in that for proxies, `http://host/path?query`.
    ///
    /// Source: RFC 9112, section 3.2; the second form's host counts instead of the field's.
    init(_ head: HTTPRequestHead) {
        (method, headers) = (head.method, head.headers)
        var target = head.uri[...]
        var authority = head.headers.first(name: "host")
        if let scheme = ["http://", "https://"].first(where: { target.lowercased().hasPrefix($0) }) {
            let rest = target.dropFirst(scheme.count)
            let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
            authority = String(rest[..<end])
            target = rest[end...].hasPrefix("/") ? rest[end...] : "/" + rest[end...]
        }
        self.authority = authority
        let mark = target.firstIndex(of: "?")
        path = String(target[..<(mark ?? target.endIndex)])
        query = mark.map { String(target[target.index(after: $0)...]) }
    }
}

/// What it is answered.
struct Response: Sendable {
    var status: HTTPResponseStatus
    /// With the length of the body.
    var headers: HTTPHeaders
    /// Nothing where the request asks for the header alone.
    var body: [UInt8]
}
