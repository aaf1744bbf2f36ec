import CSQLite
import DatasetFiles
import DatasetGen
import Foundation
import Synchronization

/// Hands what SQLite does to files on to a test's calls, by the interface that SQLite has for its own tests.
///
/// Source: `xSetSystemCall` in https://sqlite.org/c3ref/vfs.html.
enum SQLiteCalls {
    private struct Registry {
        /// By the folder whose files they are for.
        var folders: [String: any FileCalls] = [:]
        /// By open files.
        var files: [Int32: any FileCalls] = [:]
    }

    private static let registry = Mutex(Registry())

    /// Has `calls` make all changes of files below a folder, from now on.
    static func redirect(_ folder: String, to calls: any FileCalls) {
        _ = installed
        registry.withLock { $0.folders[folder] = calls }
    }

    private static func calls(for path: String) -> (any FileCalls)? {
        registry.withLock { registry in registry.folders.first { path.hasPrefix($0.key + "/") }?.value }
    }

    private static func calls(for descriptor: Int32) -> (any FileCalls)? {
        registry.withLock { $0.files[descriptor] }
    }

    private typealias Open = @convention(c) (UnsafePointer<CChar>?, Int32, Int32) -> Int32
    private typealias Close = @convention(c) (Int32) -> Int32
    private typealias Write = @convention(c) (Int32, UnsafeRawPointer?, Int, Int) -> Int
    private typealias Resize = @convention(c) (Int32, Int) -> Int32
    private typealias Unlink = @convention(c) (UnsafePointer<CChar>?) -> Int32

    private static let open: Open = { path, flags, mode in
        let name = path.map { String(cString: $0) } ?? ""
        guard let calls = calls(for: name) else { return SystemCalls().open(name, flags, UInt32(mode)) }
        let descriptor = calls.open(name, flags, UInt32(mode))
        if descriptor >= 0 { registry.withLock { $0.files[descriptor] = calls } }
        return descriptor
    }

    private static let close: Close = { descriptor in
        let calls = registry.withLock { $0.files.removeValue(forKey: descriptor) }
        return (calls ?? SystemCalls()).close(descriptor)
    }

    private static let write: Write = { descriptor, bytes, count, offset in
        let buffer = UnsafeRawBufferPointer(start: bytes, count: count)
        return (calls(for: descriptor) ?? SystemCalls()).write(descriptor, buffer, at: offset)
    }

    private static let resize: Resize = { descriptor, size in
        (calls(for: descriptor) ?? SystemCalls()).resize(descriptor, to: size)
    }

    private static let unlink: Unlink = { path in
        let name = path.map { String(cString: $0) } ?? ""
        return (calls(for: name) ?? SystemCalls()).unlink(name)
    }

    /// Whether SQLite has been told; done once.
    private static let installed: Bool = {
        guard let system = sqlite3_vfs_find(nil), let set = system.pointee.xSetSystemCall else { return false }
        func install<Function>(_ name: String, _ function: Function) {
            _ = set(system, name, unsafeBitCast(function, to: sqlite3_syscall_ptr.self))
        }
        install("open", open)
        install("close", close)
        // Of the two, SQLite uses the one that it was built for.
        install("pwrite", write)
        install("pwrite64", write)
        install("ftruncate", resize)
        install("unlink", unlink)
        return true
    }()
}
