/// A growable run of bytes whose storage is kept when it is refilled.
///
/// ```swift
/// var buffer = ByteBuffer()
/// encoder.encode(block, into: &buffer)
/// bytes += buffer.bytes
/// buffer.removeAll()   // keeps the storage for the next block
/// ```
///
/// A worker owns its buffers, so after the first block nothing is allocated. Encoders append through a ``ByteWriter``.
public struct ByteBuffer: Sendable {
    /// The bytes.
    public private(set) var bytes: [UInt8] = []

    /// An empty buffer.
    public init() {}

    /// A buffer that holds these bytes.
    public init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// The number of bytes.
    public var count: Int { bytes.count }

    /// Forgets the bytes and keeps the storage.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// Forgets the first `count` bytes.
    package mutating func removeFirst(_ count: Int) {
        bytes.removeFirst(count)
    }

    /// Appends bytes.
    public mutating func append(_ bytes: some Sequence<UInt8>) {
        self.bytes.append(contentsOf: bytes)
    }

    /// Appends what `body` writes, up to `limit` bytes.
    ///
    /// The room is reserved once and is not initialised: memory pages that are not written to cost nothing.
    @inline(__always)
    package mutating func append<Failure: Error>(
        atMost limit: Int,
        _ body: (inout ByteWriter) throws(Failure) -> Void
    ) throws(Failure) {
        try bytes.append(addingCapacity: limit) { (room: inout OutputSpan<UInt8>) throws(Failure) in
            try unsafe room.withUnsafeMutableBufferPointer { (room, count: inout Int) throws(Failure) in
                var writer = unsafe ByteWriter(room)
                defer { count = writer.count }
                try body(&writer)
            }
        }
    }

    /// Appends what `body` puts at the beginning of `limit` uninitialised bytes; it returns how many.
    package mutating func appendRaw<Failure: Error>(
        atMost limit: Int,
        _ body: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Int
    ) throws(Failure) {
        try bytes.append(addingCapacity: limit) { (room: inout OutputSpan<UInt8>) throws(Failure) in
            try unsafe room.withUnsafeMutableBufferPointer { (room, count: inout Int) throws(Failure) in
                count = try unsafe body(UnsafeMutableBufferPointer(rebasing: room.prefix(limit)))
            }
        }
    }
}
