import DatasetFiles
import DatasetGen
import Foundation
import Synchronization

/// The system's calls, one of which fails.
struct FaultyCalls: FileCalls {
    /// What becomes of the call.
    enum Fault: Sendable, Hashable, CustomStringConvertible {
        /// It fails with this `errno`; a disk that is full stays so.
        case failure(Int32)
        /// A write takes only a part of the bytes; other calls go well.
        case shortWrite

        static let all: [Fault] = [ENOSPC, EIO, EDQUOT, EINTR].map { .failure($0) } + [.shortWrite]

        /// Whether a run must get over it.
        var isHarmless: Bool { self == .failure(EINTR) || self == .shortWrite }

        var description: String {
            switch self {
            case .failure(let code): String(cString: strerror(code))
            case .shortWrite: "short write"
            }
        }
    }

    private let system = SystemCalls()
    private let fault: Fault
    /// The number of the call that fails.
    private let target: Int64
    private let counter = SharedCounter()

    /// Calls of which the one with the number `target` fails.
    init(_ fault: Fault, at target: Int64) {
        (self.fault, self.target) = (fault, target)
    }

    /// How many calls there were.
    var count: Int64 { counter.value }

    /// Whether the call that is made now fails.
    private func fails() -> Bool {
        guard counter.next() == target, case .failure(let code) = fault else { return false }
        errno = code
        return true
    }

    func open(_ path: String, _ flags: Int32, _ mode: UInt32) -> Int32 {
        fails() ? -1 : system.open(path, flags, mode)
    }

    func close(_ descriptor: Int32) -> Int32 {
        // Linux closes the file whatever it says.
        let status = system.close(descriptor)
        return fails() ? -1 : status
    }

    func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        part(of: bytes).map { system.write(descriptor, $0) } ?? -1
    }

    func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        part(of: bytes).map { system.write(descriptor, $0, at: offset) } ?? -1
    }

    /// The bytes that a write takes; nil if it fails.
    private func part(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let isTarget = counter.value == target
        if fails() { return nil }
        return isTarget && bytes.count > 1 ? UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]) : bytes
    }

    func read(_ descriptor: Int32, _ room: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        fails() ? -1 : system.read(descriptor, room, at: offset)
    }

    func flush(_ descriptor: Int32) -> Int32 { fails() ? -1 : system.flush(descriptor) }

    func resize(_ descriptor: Int32, to size: Int) -> Int32 { fails() ? -1 : system.resize(descriptor, to: size) }

    func rename(_ path: String, to new: String) -> Int32 { fails() ? -1 : system.rename(path, to: new) }

    func unlink(_ path: String) -> Int32 { fails() ? -1 : system.unlink(path) }

    func makeFolder(_ path: String, _ mode: UInt32) -> Int32 { fails() ? -1 : system.makeFolder(path, mode) }

    func removeFolder(_ path: String) -> Int32 { fails() ? -1 : system.removeFolder(path) }
}
