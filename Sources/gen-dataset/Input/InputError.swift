#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Why a file that the user or a recipe names cannot be read.
struct InputError: Error, CustomStringConvertible {
    /// What messages call the file.
    let name: String
    /// What is wrong with it.
    let reason: String
    /// The process's status if nothing else is wrong.
    let status: ExitStatus

    init(_ name: String, reason: String, status: ExitStatus = .inputNotFound) {
        (self.name, self.reason, self.status) = (name, reason, status)
    }

    /// The system's reason.
    init(_ name: String, code: Int32) {
        self.init(name, reason: String(cString: strerror(code)))
    }

    /// The reason alone: whoever reports it names the file.
    var description: String { reason }
}

extension Failure {
    /// What an unreadable file means to the user.
    init(_ error: InputError) {
        self.init("cannot read \(error.name): \(error.reason)", status: error.status)
    }
}
