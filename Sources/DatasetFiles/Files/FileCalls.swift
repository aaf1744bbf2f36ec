#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The calls by which the system changes files and folders, with the results and the `errno` of those calls.
///
/// All that a run changes on the disk goes through here, but for what SQLite writes. ``SystemCalls`` is the system; tests
/// put in its place one that fails at a call of their choice, or that takes notes of what a crash would leave behind.
package protocol FileCalls: Sendable {
    /// open(2).
    func open(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32
    /// close(2).
    func close(_ descriptor: Int32) -> Int32
    /// write(2).
    func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
    /// pwrite(2).
    func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int
    /// pread(2).
    func read(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer, at offset: Int) -> Int
    /// fsync(2).
    func flush(_ descriptor: Int32) -> Int32
    /// ftruncate(2).
    func resize(_ descriptor: Int32, to size: Int) -> Int32
    /// rename(2).
    func rename(_ path: String, to new: String) -> Int32
    /// unlink(2).
    func unlink(_ path: String) -> Int32
    /// mkdir(2).
    func makeFolder(_ path: String, _ mode: UInt32) -> Int32
    /// rmdir(2).
    func removeFolder(_ path: String) -> Int32
}

/// The system's own calls.
package struct SystemCalls: FileCalls {
    /// They have no state.
    package init() {}

    package func open(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32 {
        unsafe Glibc.open(path, flags, mode)
    }

    package func close(_ descriptor: Int32) -> Int32 { Glibc.close(descriptor) }

    package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    }

    package func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        unsafe Glibc.pwrite(descriptor, bytes.baseAddress, bytes.count, offset)
    }

    package func read(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        unsafe Glibc.pread(descriptor, room.baseAddress, room.count, offset)
    }

    package func flush(_ descriptor: Int32) -> Int32 { Glibc.fsync(descriptor) }

    package func resize(_ descriptor: Int32, to size: Int) -> Int32 { Glibc.ftruncate(descriptor, size) }

    package func rename(_ path: String, to new: String) -> Int32 { unsafe Glibc.rename(path, new) }

    package func unlink(_ path: String) -> Int32 { unsafe Glibc.unlink(path) }

    package func makeFolder(_ path: String, _ mode: UInt32) -> Int32 { unsafe Glibc.mkdir(path, mode) }

    package func removeFolder(_ path: String) -> Int32 { unsafe Glibc.rmdir(path) }
}
