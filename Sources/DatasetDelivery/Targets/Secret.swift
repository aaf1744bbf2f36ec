#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What says who one is, where the environment holds it.
enum Secret {
    /// The value of a variable; nil where there is none, or an empty one.
    static func value(of variable: String) -> String? {
        let value = unsafe getenv(variable).map { unsafe String(cString: $0) }
        return value.flatMap { $0.isEmpty ? nil : $0 }
    }
}
