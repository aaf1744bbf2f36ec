@_exported import Glibc

/// Something that reads what anyone may have written.
protocol FuzzTarget: Sendable {
    /// What it is called on the command line, and its folder of inputs.
    static var name: String { get }

    /// Reads an input; ends the process if it does not do so as it should.
    func run(_ input: [UInt8])
}

extension FuzzTarget {
    /// The parts of an input that stand between record separators, which no text of this project may hold.
    func parts(of input: [UInt8]) -> [[UInt8]] {
        input.split(separator: 0x1E, omittingEmptySubsequences: false).map(Array.init)
    }
}

/// Ends the process, as an assertion does.
func fail(_ message: String) -> Never {
    let line = Array("fuzzing: \(message)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    abort()
}

/// Ends the process unless a property holds.
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fail(message()) }
}

/// Whether a message is one line that a terminal shows as it is.
func requireOneLine(_ message: String) {
    require(!message.isEmpty, "a message is empty")
    require(message.utf8.count <= 10_000, "a message of \(message.utf8.count) bytes")
    for scalar in message.unicodeScalars where scalar.properties.generalCategory == .control {
        fail("U+\(String(scalar.value, radix: 16)) in the message \(message.debugDescription)")
    }
}
