import CCrypto

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece, at the speed of the processor's own instructions.
///
/// A value: a copy goes on by itself.
package struct SHA256: Sendable {
    private var context = SHA256_CTX()

    /// That of no bytes.
    package init() { unsafe SHA256_Init(&context) }

    /// Appends bytes.
    package mutating func update(data: some Sequence<UInt8>) {
        let isContiguous: Void? = data.withContiguousStorageIfAvailable { bytes in
            unsafe update(bufferPointer: UnsafeRawBufferPointer(bytes))
        }
        if isContiguous == nil { unsafe Array(data).withUnsafeBytes { unsafe update(bufferPointer: $0) } }
    }

    /// Appends bytes.
    package mutating func update(bufferPointer bytes: UnsafeRawBufferPointer) {
        unsafe SHA256_Update(&context, bytes.baseAddress, bytes.count)
    }

    /// The digest of what has come so far; more may come.
    package func finalize() -> SHA256Digest {
        var context = context
        var bytes = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        unsafe SHA256_Final(&bytes, &context)
        return SHA256Digest(bytes)
    }

    /// The digest of some bytes.
    package static func hash(data: some Sequence<UInt8>) -> SHA256Digest {
        var hash = SHA256()
        hash.update(data: data)
        return hash.finalize()
    }
}

/// The 32 bytes of a SHA-256.
package struct SHA256Digest: Hashable, Sendable {
    package static let byteCount = 32
    private let bytes: [UInt8]

    fileprivate init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Takes the same time whatever differs: digests of secrets are compared too.
    package static func == (first: SHA256Digest, second: SHA256Digest) -> Bool {
        zip(first.bytes, second.bytes).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension SHA256Digest: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { bytes.count }
    package subscript(position: Int) -> UInt8 { bytes[position] }
}
