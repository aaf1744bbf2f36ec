/// Bytes under construction, in storage that is kept from one use to the next.
///
/// ```swift
/// var buffer = ByteBuffer()
/// buffer.write(atMost: 12) { $0.write(decimal: 42) }
/// ```
public struct ByteBuffer: Sendable {
    private var storage: [UInt8] = []
    /// The number of bytes written.
    public private(set) var count = 0

    /// An empty buffer.
    public init() {}

    /// The bytes written.
    public var bytes: ArraySlice<UInt8> { storage[..<count] }

    /// Calls `body` with the bytes written.
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe storage.withUnsafeBufferPointer { buffer throws(Failure) in
            try unsafe body(UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Forgets the bytes and keeps the storage.
    mutating func removeAll() {
        count = 0
    }

    /// Appends bytes.
    mutating func append(_ bytes: [UInt8]) {
        write(atMost: bytes.count) { $0.write(bytes) }
    }

    /// Appends the UTF-8 of a text.
    mutating func append(_ text: String) {
        append(Array(text.utf8))
    }

    /// Appends what `body` writes, which must be at most `limit` bytes.
    @inline(__always)
    mutating func write(atMost limit: Int, _ body: (inout ByteCursor) -> Void) {
        let written = unsafe withRoom(for: limit) { room in
            var cursor = unsafe ByteCursor(at: room)
            body(&cursor)
            return unsafe cursor.distance(from: room)
        }
        precondition(written <= limit, "more was written than reserved")
        count += written
    }

    /// Appends what a C function writes into at most `limit` bytes; `body` returns how many it wrote.
    mutating func appendUnsafely<Failure: Error>(
        atMost limit: Int,
        _ body: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Int
    ) throws(Failure) {
        let written = try unsafe withRoom(for: limit, body)
        precondition(written <= limit, "more was written than reserved")
        count += written
    }

    @inline(__always)
    private mutating func withRoom<Result, Failure: Error>(
        for size: Int,
        _ body: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let begin = count
        if begin + size >= storage.count {
            // One byte more than asked for, so that there is an address even for nothing.
            let wanted = max(begin + size + 1, storage.count * 3 / 2)
            storage.append(contentsOf: repeatElement(0, count: wanted - storage.count))
        }
        return try unsafe storage.withUnsafeMutableBufferPointer { buffer throws(Failure) in
            guard let base = buffer.baseAddress else { preconditionFailure("storage is never empty here") }
            return try unsafe body(base + begin)
        }
    }
}
