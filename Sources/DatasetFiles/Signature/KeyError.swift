/// Why a file is not the key that is needed.
public enum KeyError: Error, Hashable, CustomStringConvertible {
    /// There is no PEM in it.
    case notPEM
    /// The PEM is cut off or damaged.
    case damaged
    /// The private key is encrypted.
    case encrypted
    /// A public key stands where the private one is needed.
    case publicKey
    /// A private key stands where the public one is needed.
    case privateKey
    /// It is a key of another kind, or no key.
    case otherKind

    /// One line on what is wrong and what would be right, as the predicate of a sentence about the file.
    public var description: String {
        switch self {
        case .notPEM: "it is not a key in PEM"
        case .damaged: "its PEM is damaged"
        case .encrypted: "it is encrypted; openssl pkey -in FILE -out KEY gives it without a password"
        case .publicKey: "it is a public key; signing takes the private one"
        case .privateKey: "it is a private key; checking takes the public one: openssl pkey -in FILE -pubout -out PUB"
        case .otherKind: "it is not an Ed25519 key; openssl genpkey -algorithm ed25519 -out KEY makes one"
        }
    }
}
