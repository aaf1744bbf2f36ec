import DatasetFormats

/// A SHA-256 digest as 64 hexadecimal digits.
package struct SHA256Text: Hashable, Sendable {
    package let text: String

    /// A digest that is known as text.
    init(text: String) { self.text = text }

    package init(_ digest: SHA256Digest) { text = digest.hexText }

    /// The digest of bytes.
    package init(of bytes: [UInt8]) {
        self.init(SHA256.hash(data: bytes))
    }

    /// The digest of a file.
    ///
    /// - Throws: ``FileError`` when it cannot be read.
    package init(of file: StoredFile) throws(FileError) {
        let input = FileReader(file)
        var hash = SHA256()
        // Pieces that stay in the processor's cache between reading and hashing.
        var buffer = ByteBuffer()
        try input.next(into: &buffer, atMost: 1 << 18)
        while buffer.count > 0 {
            unsafe buffer.bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
            try input.next(into: &buffer, atMost: 1 << 18)
        }
        self.init(hash.finalize())
    }
}
