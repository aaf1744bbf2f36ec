/// Texts that stay at one place in memory, so that SQLite can read them without copying.
@safe final class TextArena {
    /// A text of the arena; it is valid as long as the arena lives.
    @safe struct Text {
        let base: UnsafePointer<CChar>
        let count: Int32
    }

    /// Room for a text that changes.
    @safe struct Slot {
        fileprivate let base: UnsafeMutablePointer<CChar>
        fileprivate let capacity: Int

        /// Replaces the text; what was read from the slot before is gone.
        @inline(__always)
        func set(_ bytes: [UInt8]) -> Text {
            precondition(bytes.count <= capacity)
            for index in bytes.indices { unsafe base[index] = CChar(bitPattern: bytes[index]) }
            return unsafe Text(base: UnsafePointer(base), count: Int32(bytes.count))
        }
    }

    private var blocks: [UnsafeMutablePointer<CChar>] = unsafe []

    /// No texts.
    init() {}

    deinit {
        while let block = unsafe blocks.popLast() { unsafe block.deallocate() }
    }

    /// Keeps a copy of a text.
    func add(_ text: String) -> Text {
        let bytes = Array(text.utf8)
        return addSlot(capacity: bytes.count).set(bytes)
    }

    /// Keeps room for a text of at most `capacity` bytes.
    func addSlot(capacity: Int) -> Slot {
        let block = UnsafeMutablePointer<CChar>.allocate(capacity: capacity + 1)
        unsafe block.initialize(repeating: 0, count: capacity + 1)
        unsafe blocks.append(block)
        return unsafe Slot(base: block, capacity: capacity)
    }
}
