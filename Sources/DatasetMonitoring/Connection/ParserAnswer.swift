import DatasetGen
import NIOHTTP1

/// What a client is told whose request is not HTTP.
struct ParserAnswer {
    let head: HTTPResponseHead
    let body: [UInt8]

    /// What RFC 9112, §3.2 demands for a request of HTTP/1.1 with no `Host` or several.
    static let hostMissing = ParserAnswer(
        .badRequest,
        Problem("bad_request", "a request of HTTP/1.1 has one header field Host")
    )

    init(_ error: HTTPParserError) {
        let (status, problem): (HTTPResponseStatus, Problem) =
            switch error {
            case .headerOverflow:
                (
                    .requestHeaderFieldsTooLarge,
                    Problem("headers_too_large", "the request's header fields are too large or too many")
                )
            case .invalidMethod:
                (.methodNotAllowed, .methodNotAllowed)
            default:
                (.badRequest, Problem("bad_request", "this is not an HTTP/1.1 request"))
            }
        self.init(status, problem)
    }

    private init(_ status: HTTPResponseStatus, _ problem: Problem) {
        body = Array(problem.json.compactText.utf8)
        var headers = SecurityHeaders.data
        headers.add(name: "content-type", value: "application/json")
        headers.add(name: "content-length", value: String(body.count))
        headers.add(name: "connection", value: "close")
        if status == .methodNotAllowed { headers.add(name: "allow", value: Endpoint.allowedMethods) }
        head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    }
}
