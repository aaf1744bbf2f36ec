/// How messages become requests: many in the body of each.
struct HTTPRequests: Sendable {
    /// What a body is.
    enum Body: String, CaseIterable, Sendable {
        /// A message a line.
        case lines = "ndjson"
        /// A JSON array of messages.
        case array
    }

    let path: String
    let query: [(String, String)]
    let headers: [String]
    /// The most messages in a request.
    let messageLimit: Int
    var body = Body.lines
    let isCompressed: Bool
    /// Whether what is sent again replaces itself.
    let isIdempotent: Bool
}
