import CISAL
import CZlib
import DatasetGen

/// The frame of one gzip member around the deflate blocks of a file.
///
/// One member, whatever the number of blocks: many readers silently stop after the first.
/// Source: RFC 1952.
package struct GzipMember {
    /// Section 2.3.1: magic, deflate, no flags, no modification time, no extra flags, unknown operating system: nothing
    /// of the machine or the moment.
    package static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]

    private var crc: UInt32 = 0
    private var length: UInt64 = 0

    /// A member without text.
    package init() {}

    /// Takes note of the next block's text.
    package mutating func append(_ block: TextChecksum) {
        crc = UInt32(truncatingIfNeeded: crc32_combine(UInt(crc), UInt(block.crc), Int(block.length)))
        length += UInt64(block.length)
    }

    /// An empty final block (RFC 1951, section 3.2.6: fixed codes, end of block), the CRC-32 and the length modulo 2³².
    package var trailer: [UInt8] {
        let words = [crc, UInt32(truncatingIfNeeded: length)]
        return [0x03, 0x00] + words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
    }
}

extension GzipMember: StoredState {
    func store(in state: inout StateWriter) {
        state.append(crc)
        state.append(length)
    }

    init(from state: inout StateReader) throws(StateError) {
        (crc, length) = (try state.next(), try state.next())
    }
}

/// CRC-32 and length of a block's text.
public struct TextChecksum: Sendable {
    /// CRC-32 of the text, as RFC 1952 defines it.
    public var crc: UInt32 = 0
    /// Bytes of the text.
    public var length = 0

    /// Of no text.
    public init() {}

    /// Of the bytes of a buffer.
    public init(_ text: borrowing ByteBuffer) {
        length = text.count
        crc = unsafe text.bytes.withUnsafeBufferPointer { unsafe cisal_crc32(0, $0.baseAddress, UInt64($0.count)) }
    }
}
