/// What is the same in all frames of a Zstandard file (RFC 8878, section 3.1.1).
package enum ZstdFrame {
    /// Binary logarithm of the largest window: 8 MiB, up to which every decoder should go (section 3.1.1.1.2).
    ///
    /// 16,384 rows fit in, so that in the order of time a row finds its sensor's row before, however large the fleet.
    static let windowLog: Int32 = 23

    /// A frame without text: magic, descriptor (single segment, checksum), content size 0, a last raw block of no
    /// bytes, and the low 32 bits of the XXH64 of nothing, 0xef46db3751d8e999.
    package static let empty: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x24, 0, 1, 0, 0, 0x99, 0xe9, 0xd8, 0x51]
}
