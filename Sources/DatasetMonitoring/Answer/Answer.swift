import DatasetGen
import HTTPTypes

/// What an endpoint says.
struct Answer {
    var status: HTTPResponse.Status = .ok
    var contentType = "application/json"
    var body: [UInt8]
    /// Fields beyond those that every answer has.
    var fields: HTTPFields = [:]

    init(_ json: JSONValue, status: HTTPResponse.Status = .ok) {
        self.status = status
        body = Array(json.compactText.utf8)
        body.append(0x0a)
    }

    init(_ problem: Problem, status: HTTPResponse.Status, fields: HTTPFields = [:]) {
        self.init(problem.json, status: status)
        self.fields = fields
    }

    init(_ body: [UInt8], contentType: String) {
        self.body = body
        self.contentType = contentType
    }
}
