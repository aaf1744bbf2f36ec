import DatasetGen

/// Compresses pages in Snappy's own format, which readers of Parquet have known the longest.
///
/// Written here and not linked, as it is small, and so its bytes are the same on every machine. Source: google/snappy,
/// `format_description.txt`: the length, and then literals and copies of what is at most 64 KiB behind. The state belongs to one
/// worker and is reused.
struct SnappyCompressor {
    /// Where in the block four bytes of a hash were seen last.
    private var table = [UInt16](repeating: 0, count: 1 << tableBits)

    private static let tableBits = 14
    /// Copies reach no further back than a block.
    private static let blockSize = 1 << 16
    /// Bytes at the end of a block that are not looked at.
    private static let margin = 15
    /// After so many misses each step is one byte longer: what does not repeat is passed over faster and faster.
    private static let patience = 32

    /// Appends a compressed text.
    ///
    /// - Complexity: O(bytes).
    mutating func compress(_ text: borrowing ByteBuffer, into output: inout ByteBuffer) {
        let text = text.bytes
        var table = table
        self.table = []
        output.append(atMost: 32 + text.count + text.count / 6) { writer in
            writer.append(leb128: text.count)
            var start = 0
            while start < text.count {
                let end = min(start + Self.blockSize, text.count)
                for slot in table.indices { table[slot] = 0 }
                Self.compress(text.span.extracting(start..<end), &table, to: &writer)
                start = end
            }
        }
        self.table = table
    }

    private static func compress(_ block: Span<UInt8>, _ table: inout [UInt16], to writer: inout ByteWriter) {
        var slots = table.mutableSpan
        var (literal, index, misses) = (0, 1, patience)
        while index + margin < block.count {
            let word = block.word(at: index)
            let slot = hash(word)
            let candidate = Int(slots[slot])
            slots[slot] = UInt16(truncatingIfNeeded: index)
            guard block.word(at: candidate) == word, candidate < index else {
                index += misses / patience
                misses += 1
                continue
            }
            let length = block.matchLength(candidate, index)
            append(block.extracting(literal..<index), to: &writer)
            append(copyOf: length, from: index - candidate, to: &writer)
            index += length
            (literal, misses) = (index, patience)
            if index + margin < block.count {
                slots[hash(block.word(at: index - 1))] = UInt16(truncatingIfNeeded: index - 1)
            }
        }
        append(block.extracting(literal..<block.count), to: &writer)
    }

    private static func hash(_ word: UInt32) -> Int { Int((word &* 0x1e35_a7bd) >> UInt32(32 - tableBits)) }

    /// Appends bytes as they are.
    private static func append(_ literal: Span<UInt8>, to writer: inout ByteWriter) {
        if literal.isEmpty { return }
        let last = literal.count - 1
        if last < 60 {
            writer.append(UInt8(last << 2))
        } else if last < 256 {
            writer.append(60 << 2 as UInt8)
            writer.append(UInt8(last))
        } else {
            writer.append(61 << 2 as UInt8)
            writer.append(littleEndian: UInt16(last))
        }
        writer.append(literal)
    }

    /// Appends copies, of 64 bytes at most each, and none shorter than four.
    private static func append(copyOf length: Int, from distance: Int, to writer: inout ByteWriter) {
        var left = length
        while left > 0 {
            let part = left >= 68 ? 64 : left > 64 ? 60 : left
            if part < 12, distance < 2_048 {
                writer.append(UInt8(1 | (part - 4) << 2 | (distance >> 8) << 5))
                writer.append(UInt8(truncatingIfNeeded: distance))
            } else {
                writer.append(UInt8(2 | (part - 1) << 2))
                writer.append(littleEndian: UInt16(distance))
            }
            left -= part
        }
    }
}

extension Span<UInt8> {
    /// Four bytes from a place on.
    @inline(__always)
    fileprivate func word(at index: Int) -> UInt32 {
        precondition(index >= 0 && index + 4 <= count)
        return unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt32.self).littleEndian
    }

    /// How many bytes from one place on are those from a later one on.
    fileprivate func matchLength(_ one: Int, _ other: Int) -> Int {
        precondition(one >= 0 && one < other && other <= count)
        var length = 0
        while other + length + 8 <= count {
            let difference =
                unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: one + length, as: UInt64.self)
                ^ bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: other + length, as: UInt64.self)
            if difference != 0 { return length + difference.littleEndian.trailingZeroBitCount / 8 }
            length += 8
        }
        while other + length < count, self[one + length] == self[other + length] { length += 1 }
        return length
    }
}
