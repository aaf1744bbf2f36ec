import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Notices that a recipe's file has been edited, replaced, or that a link on the way to it has been moved.
///
/// An editor, a copy or a redirection first empties the file and then writes it: a change counts once two looks have seen the
/// same file.
struct RecipeWatcher {
    /// What a look has found.
    enum Finding: Equatable {
        /// The file is what it was.
        case unchanged
        /// The file is another one than at the last look: the next look tells whether it is whole.
        case settling
        /// The file has changed, and it was the same at two looks.
        case changed
        /// The file cannot be read any more, and why; told once.
        case lost(String)
        /// The file can be read again, and is what it was.
        case found
    }

    private let path: String
    /// The file that was read last; nil if it could not be.
    private var known: RecipeFile?
    /// Another one that the last look has seen.
    private var candidate: RecipeFile?
    /// How many looks have found nothing to read.
    private var failures = 0

    /// Watches a file from its present state on.
    init(_ path: String) {
        self.path = path
        known = try? RecipeFile(path)
    }

    /// Whether the next look should come soon.
    var isSettling: Bool { candidate != nil }

    /// Looks at the file.
    mutating func look() -> Finding {
        let file: RecipeFile
        do {
            file = try RecipeFile(path)
        } catch {
            candidate = nil
            failures += 1
            // A file that is replaced may be away for a moment.
            return failures == 2 ? .lost("\(error)") : .unchanged
        }
        let wasLost = failures >= 2
        failures = 0
        if file == known {
            candidate = nil
            return wasLost ? .found : .unchanged
        }
        guard file == candidate else {
            candidate = file
            return .settling
        }
        take(file)
        return .changed
    }

    /// Reads the file by `body`; nil if it has been written meanwhile.
    mutating func read<Value>(_ body: () throws -> Value) throws -> Value? {
        guard let before = try? RecipeFile(path) else { return try body() }
        let result = Result { try body() }
        guard let after = try? RecipeFile(path), after == before else {
            candidate = nil
            return nil
        }
        take(after)
        return try result.get()
    }

    private mutating func take(_ file: RecipeFile) {
        (known, candidate) = (file, nil)
    }
}

/// A recipe's file at one moment: which file it is, when it was written, and what is in it.
private struct RecipeFile: Equatable {
    /// Recipes are no longer than this, 16 MiB; what a longer file holds does not matter.
    private static let limit: Int64 = 16 << 20

    private let state: FileState
    private let contents: Data

    /// The file at a path, links followed.
    ///
    /// - Throws: why it cannot be read. A pipe or a device is none: opening it may wait for ever.
    init(_ path: String) throws {
        guard let state = FileState(ofPath: path) else { throw Unreadable(code: errno) }
        guard state.isRegular else { throw Unreadable(code: nil) }
        self.state = state
        guard unsafe access(path, R_OK) == 0 else { throw Unreadable(code: errno) }
        guard state.size <= Self.limit else {
            contents = Data()
            return
        }
        guard let contents = FileManager.default.contents(atPath: path) else { throw Unreadable(code: EIO) }
        self.contents = contents
    }

    private struct Unreadable: Error, CustomStringConvertible {
        var code: Int32?

        var description: String {
            guard let code, let text = unsafe strerror(code) else { return "it is no file" }
            return unsafe String(cString: text)
        }
    }
}
