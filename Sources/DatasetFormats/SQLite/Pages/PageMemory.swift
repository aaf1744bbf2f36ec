import DatasetGen

/// Pages in memory, one behind the other, whose storage is kept when they are made anew.
///
/// An array cannot do this: a page is filled from both ends, and clearing it before costs as much as filling it.
///
/// Unchecked because only the owner, which cannot be copied, has the address.
@safe
package struct PageMemory: ~Copyable, @unchecked Sendable {
    /// Bytes per page.
    let pageSize: Int
    /// Pages in use; what they hold is arbitrary until it is written.
    package private(set) var count = 0
    private var capacity = 0
    private var storage: UnsafeMutableRawPointer

    init(pageSize: Int) {
        self.pageSize = pageSize
        unsafe storage = .allocate(byteCount: 0, alignment: Self.alignment)
    }

    deinit { unsafe storage.deallocate() }

    /// Lends out the bytes of some pages.
    package func withBytes<Failure: Error>(
        ofPages pages: Range<Int>,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        precondition(pages.lowerBound >= 0 && pages.upperBound <= count)
        try unsafe body(
            UnsafeRawBufferPointer(start: storage + pages.lowerBound * pageSize, count: pages.count * pageSize)
        )
    }

    /// Forgets all pages and keeps the storage.
    mutating func removeAll() { count = 0 }

    /// Adds a page, and gives the offset of its first byte.
    mutating func addPage() -> Int {
        if count == capacity {
            capacity = max(8, 2 * capacity)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity * pageSize, alignment: Self.alignment)
            unsafe larger.copyMemory(from: storage, byteCount: count * pageSize)
            unsafe storage.deallocate()
            unsafe storage = larger
        }
        count += 1
        return (count - 1) * pageSize
    }

    /// Lends out `count` bytes from `offset` on, which `body` has to fill.
    @inline(__always)
    mutating func write(_ offset: Int, count: Int, _ body: (inout ByteWriter) -> Void) {
        precondition(offset >= 0 && count >= 0 && offset + count <= self.count * pageSize)
        let start = unsafe (storage + offset).assumingMemoryBound(to: UInt8.self)
        var writer = unsafe ByteWriter(UnsafeMutableBufferPointer(start: start, count: count))
        body(&writer)
        precondition(writer.count == count, "not all of the bytes were written")
    }

    /// Stores a number of two or four bytes, the most significant first.
    @inline(__always)
    package mutating func store<Number: FixedWidthInteger & BitwiseCopyable>(_ value: Number, at offset: Int) {
        precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= count * pageSize)
        unsafe storage.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Number.self)
    }

    /// Stores zeros.
    mutating func clear(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count * pageSize)
        unsafe (storage + range.lowerBound).initializeMemory(as: UInt8.self, repeating: 0, count: range.count)
    }

    private static let alignment = 64
}

extension PageMemory {
    /// Appends the pages.
    func store(in state: inout StateWriter) {
        state.append(count)
        unsafe withBytes(ofPages: 0..<count) { unsafe state.append(raw: $0) }
    }

    /// Takes the pages of an interrupted run.
    mutating func resume(from state: inout StateReader) throws(StateError) {
        let stored: Int = try state.next()
        guard stored >= 0, stored <= state.count / pageSize else { throw StateError() }
        for _ in 0..<stored {
            let page = try state.next(raw: pageSize)
            write(addPage(), count: pageSize) { $0.append(page.span) }
        }
    }
}
