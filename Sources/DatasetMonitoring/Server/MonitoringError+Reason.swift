import Glibc
import NIOCore

extension MonitoringError {
    /// The error of a server that cannot listen, by what the system or the network library says.
    init(_ error: any Error, at configuration: MonitoringConfiguration) {
        self = .cannotListen(
            host: configuration.host,
            port: configuration.port,
            reason: Self.reason(of: error)
        )
    }

    /// Whether the system has no addresses of this kind: then there may be another kind.
    static func lacksAddresses(_ error: any Error) -> Bool {
        (error as? IOError).map { [EAFNOSUPPORT, EADDRNOTAVAIL].contains($0.errnoCode) } ?? true
    }

    private static func reason(of error: any Error) -> String {
        guard let error = error as? IOError else { return "no address of this name is known here" }
        switch error.errnoCode {
        case EADDRINUSE: return "another program listens there"
        case EADDRNOTAVAIL: return "this machine has no such address"
        case EAFNOSUPPORT: return "this machine has no addresses of this kind"
        case EACCES, EPERM: return "this user may not listen there, as ports below 1024 need a permission"
        case EMFILE, ENFILE: return "too many files are open"
        default: return unsafe strerror(error.errnoCode).map { unsafe String(cString: $0) } ?? "the system refuses"
        }
    }
}
