/// Texts that stay at one place in memory, so that SQLite can read them without copying.
@safe final class TextArena {
    /// A text of the arena; it is valid as long as the arena lives.
    @safe struct Text {
        let base: UnsafePointer<CChar>
        let count: Int32
    }

    private var blocks: [UnsafeMutablePointer<CChar>] = unsafe []

    /// No texts.
    init() {}

    deinit {
        for unsafe block in unsafe blocks { unsafe block.deallocate() }
    }

    /// Keeps a copy of a text.
    func add(_ text: String) -> Text {
        let bytes = Array(text.utf8)
        let block = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
        for (index, byte) in bytes.enumerated() {
            unsafe (block + index).initialize(to: CChar(bitPattern: byte))
        }
        unsafe (block + bytes.count).initialize(to: 0)
        unsafe blocks.append(block)
        return unsafe Text(base: UnsafePointer(block), count: Int32(bytes.count))
    }
}
