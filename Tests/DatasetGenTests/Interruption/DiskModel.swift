import Foundation

/// A change of what is on a disk, or a wait until changes are safe.
enum DiskChange {
    case create(String)
    case write(String, Int, [UInt8])
    case resize(String, Int)
    case flush(String)
    case rename(String, String)
    case remove(String)
    case makeFolder(String)

    /// A write that a crash has cut short; nil for all others.
    var torn: DiskChange? {
        guard case .write(let path, let offset, let bytes) = self, bytes.count > 1 else { return nil }
        return .write(path, offset, Array(bytes[..<(bytes.count / 2)]))
    }
}

/// A disk in memory that knows what it would hold after a crash.
struct DiskModel {
    /// What a crash leaves.
    enum Crash: CaseIterable {
        /// The process is killed: all that was written.
        case kill
        /// The power fails: nothing but what was flushed, names in folders included.
        case powerCut
    }

    private final class Node {
        /// Nil for a folder.
        var bytes: [UInt8]?
        var safeBytes: [UInt8] = []
        var names: [String: Node] = [:]
        var safeNames: [String: Node] = [:]

        init(isFolder: Bool) { bytes = isFolder ? nil : [] }
    }

    private let home: String
    private let root = Node(isFolder: true)

    /// An empty folder.
    init(home: String) { self.home = home }

    /// Makes a change.
    func apply(_ change: DiskChange) {
        switch change {
        case .create(let path): if node(path) == nil { set(path, Node(isFolder: false)) }
        case .makeFolder(let path): set(path, Node(isFolder: true))
        case .remove(let path): set(path, nil)
        case .rename(let path, let new):
            let moved = node(path)
            set(path, nil)
            set(new, moved)
        case .resize(let path, let size): resize(path, size)
        case .write(let path, let offset, let bytes):
            if let node = node(path), node.bytes!.count < offset + bytes.count { resize(path, offset + bytes.count) }
            node(path)?.bytes?.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        case .flush(let path):
            guard let node = node(path) else { return }
            if let bytes = node.bytes { node.safeBytes = bytes } else { node.safeNames = node.names }
        }
    }

    /// Puts what a crash leaves into a real folder.
    func write(after crash: Crash, to folder: String) throws { try write(root, after: crash, to: folder) }

    private func write(_ node: Node, after crash: Crash, to path: String) throws {
        if let bytes = node.bytes {
            try Data(crash == .kill ? bytes : node.safeBytes).write(to: URL(fileURLWithPath: path))
            return
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, child) in crash == .kill ? node.names : node.safeNames {
            try write(child, after: crash, to: path + "/" + name)
        }
    }

    private func resize(_ path: String, _ size: Int) {
        guard let node = node(path), let bytes = node.bytes else { return }
        node.bytes = bytes.prefix(size) + [UInt8](repeating: 0, count: max(0, size - bytes.count))
    }

    private func parts(_ path: String) -> [Substring] {
        precondition(path.hasPrefix(home), "\(path) is on another disk")
        return path.dropFirst(home.count).split(separator: "/")
    }

    private func node(_ path: String) -> Node? { parts(path).reduce(root) { $0?.names[String($1)] } }

    private func set(_ path: String, _ node: Node?) {
        let parts = parts(path)
        let folder = parts.dropLast().reduce(root) { $0?.names[String($1)] }
        folder?.names[String(parts.last!)] = node
    }
}
