import CLinux

/// Has the system begin to write a file to the disk while the file grows, so that little is left to wait for at the end.
struct WriteBehind {
    /// Bytes that the system has been told of.
    private var begun: Int64 = 0

    /// Takes note that the file has `size` bytes; those that are new go to the disk when there are enough of them.
    mutating func grow(to size: Int64, descriptor: Int32) {
        guard size - begun >= Self.step else { return }
        Self.begin(descriptor, from: begun, count: size - begun)
        begun = size
    }

    /// Has the system begin to write bytes of a file; a count of 0 stands for all to the end.
    ///
    /// It starts writing and does not wait; only the flush at the end promises anything, so its status does not matter.
    static func begin(_ descriptor: Int32, from offset: Int64 = 0, count: Int64 = 0) {
        _ = sync_file_range(descriptor, Int(offset), Int(count), clinux_sync_file_range_write)
    }

    /// Seldom enough to cost nothing, and so often that the disk is never far behind.
    private static let step: Int64 = 8 << 20
}
