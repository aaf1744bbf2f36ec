import Foundation

/// How a process ended, and what it wrote.
struct Outcome {
    /// The exit status; the negative number of the signal that ended the process.
    var status: Int32
    /// Standard output.
    var output: String
    /// Standard error.
    var errors: String

    /// The lines of standard error.
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

    /// The notes on standard output, but for that on twins of omitted readings.
    var notes: [Substring] {
        output.split(separator: "\n").filter { $0.hasPrefix("note") && !$0.contains("twins of omitted") }
    }

    /// Decodes standard output, which must be one JSON value and a newline.
    func decoded<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(output.utf8))
    }
}
