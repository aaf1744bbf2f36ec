import DatasetFiles
import DatasetGen
import Foundation
import Synchronization

/// The system's calls, and notes of all that they changed.
struct RecordingCalls: FileCalls {
    private struct OpenedFile {
        var path: String
        var position = 0
    }

    private final class Notes: Sendable {
        let changes = Mutex<[DiskChange]>([])
        let files = Mutex<[Int32: OpenedFile]>([:])
    }

    private let system = SystemCalls()
    private let notes = Notes()

    /// What was changed, in order.
    var changes: [DiskChange] { notes.changes.withLock { $0 } }

    private func note(_ change: DiskChange) { notes.changes.withLock { $0.append(change) } }

    /// Notes a change unless the call has failed.
    private func noting<Status: SignedInteger>(_ change: DiskChange, _ call: () -> Status) -> Status {
        let status = call()
        if status >= 0 { note(change) }
        return status
    }

    private func path(of descriptor: Int32) -> String {
        notes.files.withLock { $0[descriptor]?.path ?? "" }
    }

    func open(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32 {
        let descriptor = system.open(path, flags, mode)
        guard descriptor >= 0 else { return descriptor }
        notes.files.withLock { $0[descriptor] = OpenedFile(path: path) }
        if flags & O_CREAT != 0 { note(.create(path)) }
        if flags & O_TRUNC != 0 { note(.resize(path, 0)) }
        return descriptor
    }

    func close(_ descriptor: Int32) -> Int32 {
        notes.files.withLock { $0[descriptor] = nil }
        return system.close(descriptor)
    }

    func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        let count = system.write(descriptor, bytes)
        guard count > 0 else { return count }
        let file = notes.files.withLock { files in
            let file = files[descriptor]
            files[descriptor]?.position += count
            return file
        }
        if let file { note(.write(file.path, file.position, Array(bytes[..<count]))) }
        return count
    }

    func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        let count = system.write(descriptor, bytes, at: offset)
        if count > 0 { note(.write(path(of: descriptor), offset, Array(bytes[..<count]))) }
        return count
    }

    func read(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        system.read(descriptor, room, at: offset)
    }

    func flush(_ descriptor: Int32) -> Int32 {
        noting(.flush(path(of: descriptor))) { system.flush(descriptor) }
    }

    func resize(_ descriptor: Int32, to size: Int) -> Int32 {
        notes.files.withLock { $0[descriptor]?.position = size }
        return noting(.resize(path(of: descriptor), size)) { system.resize(descriptor, to: size) }
    }

    func rename(_ path: String, to new: String) -> Int32 {
        noting(.rename(path, new)) { system.rename(path, to: new) }
    }

    func unlink(_ path: String) -> Int32 { noting(.remove(path)) { system.unlink(path) } }

    func makeFolder(_ path: String, _ mode: UInt32) -> Int32 {
        noting(.makeFolder(path)) { system.makeFolder(path, mode) }
    }

    func removeFolder(_ path: String) -> Int32 { noting(.remove(path)) { system.removeFolder(path) } }
}
