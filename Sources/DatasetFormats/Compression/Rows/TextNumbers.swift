/// Numbers the texts of fields in the order in which they first occur, equal ones alike.
///
/// A table of slots, as hashes are there already: a dictionary would take those of millions of fields once more.
struct TextNumbers {
    private let bytes: [UInt8]
    /// Where each text occurs first, by number.
    private var texts: [PieceFields.Field] = []
    /// Numbers of texts, each in the slot that its hash says or in the next one that was free; -1 in those that are free.
    private var slots: [Int32]

    /// - Parameters:
    ///   - bytes: what the fields lie in.
    ///   - fieldCount: how many there will be; as a rule, a quarter of them have texts of their own.
    init(_ bytes: [UInt8], fieldCount: Int) {
        self.bytes = bytes
        var slotCount = 16
        while slotCount < fieldCount / 2 { slotCount *= 2 }
        slots = Array(repeating: -1, count: slotCount)
        texts.reserveCapacity(slotCount / 2)
    }

    /// The number of a field's text.
    mutating func number(of field: PieceFields.Field) -> Int32 {
        let slot = slot(of: field)
        if slots[slot] >= 0 { return slots[slot] }
        let number = Int32(texts.count)
        slots[slot] = number
        texts.append(field)
        if texts.count > slots.count / 2 { grow() }
        return number
    }

    /// The slot of a field's text, or the free one that it would get.
    private func slot(of field: PieceFields.Field) -> Int {
        // The highest bits of the product depend on all bits of the hash.
        let mixed = (field.hash &* 0x9e37_79b9_7f4a_7c15) >> 32
        var slot = Int(truncatingIfNeeded: mixed) & (slots.count - 1)
        while slots[slot] >= 0, !isEqual(texts[Int(slots[slot])], field) { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private func isEqual(_ left: PieceFields.Field, _ right: PieceFields.Field) -> Bool {
        guard left.hash == right.hash, left.range.count == right.range.count else { return false }
        let bytes = bytes.span
        let distance = right.range.lowerBound - left.range.lowerBound
        for index in left.range where bytes[index] != bytes[index + distance] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: 2 * slots.count)
        for (number, text) in texts.enumerated() { slots[slot(of: text)] = Int32(number) }
    }
}
