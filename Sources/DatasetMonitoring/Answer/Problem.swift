import DatasetGen

/// What is wrong with a request, for programs and for people.
struct Problem: Error, Hashable {
    /// A word for programs.
    let code: String
    /// A sentence that says what would be right.
    let message: String

    init(_ code: String, _ message: String) {
        self.code = code
        self.message = message
    }

    var json: JSONValue { ["error": .string(code), "message": .string(message)] }

    static let unknownSensor = Problem(
        "unknown_sensor",
        "this run has no such sensor; /sensorz?q= finds those that it has"
    )

    static let methodNotAllowed = Problem("method_not_allowed", "use GET or HEAD")
}
