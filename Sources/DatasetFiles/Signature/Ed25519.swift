import CCrypto

/// Signatures by Ed25519, RFC 8032: keys of 32 bytes, signatures of 64.
enum Ed25519 {
    static let keyBytes = 32
    private static let signatureBytes = 64

    /// The public key of a secret one.
    static func publicKey(of secret: [UInt8]) -> [UInt8] {
        precondition(secret.count == keyBytes)
        var key = [UInt8](repeating: 0, count: keyBytes)
        // It fails for want of memory only, as signing does.
        precondition(unsafe ccrypto_ed25519_public_key(secret, &key) == 1, "out of memory")
        return key
    }

    static func signature(of message: [UInt8], by secret: [UInt8]) -> [UInt8] {
        precondition(secret.count == keyBytes)
        var signature = [UInt8](repeating: 0, count: signatureBytes)
        precondition(unsafe ccrypto_ed25519_sign(secret, message, message.count, &signature) == 1, "out of memory")
        return signature
    }

    /// Whether a signature is that of a message by whose public key this is.
    static func isValid(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        precondition(publicKey.count == keyBytes)
        return unsafe ccrypto_ed25519_verify(publicKey, message, message.count, signature, signature.count) == 1
    }
}
