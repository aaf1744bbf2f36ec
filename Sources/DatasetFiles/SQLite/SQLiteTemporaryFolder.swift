#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where SQLite puts what it sorts while it builds an index.
///
/// Source: section 5 of https://sqlite.org/tempfiles.html.
enum SQLiteTemporaryFolder {
    /// The first folder of SQLite's list that it can write into.
    static var path: String {
        let names: [String] = ["SQLITE_TMPDIR", "TMPDIR"]
        let named = names.compactMap { (name: String) -> String? in
            unsafe getenv(name).map { unsafe String(cString: $0) }
        }
        let candidates = named + ["/var/tmp", "/usr/tmp", "/tmp"]
        return candidates.first { unsafe FileSystem.isFolder(following: $0) && access($0, W_OK | X_OK) == 0 } ?? "."
    }

    /// What SQLite sorts in memory before it writes anything.
    static let memoryBytes: Int64 = 16 << 20
}
