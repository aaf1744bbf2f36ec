/// A public Ed25519 key, with which a dataset's signature is checked.
public struct VerificationKey: Sendable {
    private let key: [UInt8]

    /// - Parameter key: its 32 bytes.
    init(_ key: [UInt8]) {
        self.key = key
    }

    /// Reads a key as `openssl pkey -pubout` writes it: a SubjectPublicKeyInfo in PEM.
    ///
    /// - Throws: ``KeyError`` for anything else.
    public init(pem bytes: [UInt8]) throws(KeyError) {
        guard let block = PEMBlock(in: bytes) else { throw .notPEM }
        switch block.label {
        case "PUBLIC KEY": break
        case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY": throw .privateKey
        default: throw .otherKind
        }
        guard let contents = block.contents else { throw .damaged }
        guard contents.count == Self.prefix.count + Ed25519.keyBytes, contents.starts(with: Self.prefix) else {
            throw .otherKind
        }
        key = Array(contents.dropFirst(Self.prefix.count))
    }

    /// Whether a signature is this key's of a message.
    package func accepts(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        Ed25519.isValid(signature, of: message, by: key)
    }

    /// What comes before the 32 bytes of the key: SEQUENCE of the algorithm 1.3.101.112 and a BIT STRING.
    ///
    /// Source: RFC 8410, section 4.
    private static let prefix: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
}
