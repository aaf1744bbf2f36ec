import DatasetGen
import NIOHTTP1

/// What an endpoint says.
struct Answer {
    var status: HTTPResponseStatus = .ok
    var contentType = "application/json"
    var body: [UInt8]
    /// Fields beyond those that every answer has.
    var fields: HTTPHeaders = [:]

    init(_ json: JSONValue, status: HTTPResponseStatus = .ok) {
        self.status = status
        body = Array(json.compactText.utf8)
        body.append(0x0a)
    }

    init(_ problem: Problem, status: HTTPResponseStatus, fields: HTTPHeaders = [:]) {
        self.init(problem.json, status: status)
        self.fields = fields
    }

    init(_ body: [UInt8], contentType: String) {
        self.body = body
        self.contentType = contentType
    }
}
