/// A private Ed25519 key, with which a dataset is signed.
///
/// ```swift
/// let key = try SigningKey(pem: bytesOfKeyFile)
/// try await DatasetWriter(plan, options: .init(signer: key)).write(to: "datasets/ml-training")
/// ```
///
/// Source: RFC 8032. The same key and the same bytes always give the same signature.
public struct SigningKey: Sendable {
    private let secret: [UInt8]

    /// Reads a key as `openssl genpkey -algorithm ed25519` writes it: PKCS #8 in PEM, without a password.
    ///
    /// - Throws: ``KeyError`` for anything else.
    public init(pem bytes: [UInt8]) throws(KeyError) {
        guard let block = PEMBlock(in: bytes) else { throw .notPEM }
        switch block.label {
        case "PRIVATE KEY": break
        case "ENCRYPTED PRIVATE KEY": throw .encrypted
        case "PUBLIC KEY": throw .publicKey
        default: throw .otherKind
        }
        guard let contents = block.contents else { throw .damaged }
        guard let secret = Self.secret(of: contents) else { throw .otherKind }
        self.secret = secret
    }

    /// The key that checks its signatures.
    public var verificationKey: VerificationKey { VerificationKey(Ed25519.publicKey(of: secret)) }

    /// The 64 bytes of the signature of a message.
    func signature(of message: [UInt8]) -> [UInt8] { Ed25519.signature(of: message, by: secret) }

    /// What comes before the 32 bytes of the key: SEQUENCE of version 0, the algorithm 1.3.101.112, and an OCTET STRING
    /// that holds another one.
    ///
    /// Source: RFC 8410, section 7.
    private static let prefix: [UInt8] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]

    private static func secret(of contents: [UInt8]) -> [UInt8]? {
        guard contents.count == prefix.count + Ed25519.keyBytes, contents.starts(with: prefix) else { return nil }
        return Array(contents.dropFirst(prefix.count))
    }
}
