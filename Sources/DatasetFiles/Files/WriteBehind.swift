import CLinux

/// Has the system begin to write a file to the disk while the file grows, so that little is left to wait for at the end.
struct WriteBehind {
    /// Bytes that the system has been told of.
    private var begun: Int64 = 0

    /// Takes note that the file has `size` bytes; those that are new go to the disk when there are enough of them.
    mutating func grow(to size: Int64, descriptor: Int32) {
        guard size - begun >= Self.step else { return }
        // It starts writing and does not wait; only the flush at the end promises anything, so its status does not matter.
        _ = sync_file_range(descriptor, Int(begun), Int(size - begun), clinux_sync_file_range_write)
        begun = size
    }

    private static let step: Int64 = 32 << 20
}
