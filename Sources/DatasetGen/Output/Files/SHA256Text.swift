import Crypto

/// A SHA-256 digest as 64 hexadecimal digits.
struct SHA256Text: Hashable, Sendable {
    let text: String

    init(_ digest: SHA256Digest) {
        text =
            digest.map { byte in
                let digits = String(byte, radix: 16)
                return digits.utf8.count == 1 ? "0" + digits : digits
            }
            .joined()
    }

    /// The digest of bytes.
    init(of bytes: [UInt8]) {
        self.init(SHA256.hash(data: bytes))
    }

    /// The digest of a file on the disk.
    ///
    /// - Throws: ``FileError`` when it cannot be read.
    init(ofFile path: String) throws(FileError) {
        let input = try FileReader(path: path)
        var hash = SHA256()
        while true {
            let bytes = try input.next()
            if bytes.isEmpty { break }
            hash.update(data: bytes)
        }
        self.init(hash.finalize())
    }
}
