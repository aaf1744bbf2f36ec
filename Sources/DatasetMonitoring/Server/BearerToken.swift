import DatasetFiles

/// A secret that clients present as `Authorization: Bearer …`.
///
/// Only its digest is kept, so that no description, dump or log can show it.
public struct BearerToken: Sendable {
    private let digest: SHA256Digest

    /// The token, or nil for a text that cannot be sent in a header: RFC 6750 allows letters, digits, `-._~+/` and `=` at
    /// the end.
    public init?(_ text: String) {
        let body = text.reversed().drop { $0 == "=" }
        let isSendable = body.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._~+/".contains($0)) }
        guard !body.isEmpty, isSendable else { return nil }
        digest = SHA256.hash(data: Array(text.utf8))
    }

    /// Whether an `Authorization` field presents this token.
    ///
    /// Digests are compared, in constant time: neither the length nor the beginning of the secret shows in the time taken.
    func isPresented(by authorization: String?) -> Bool {
        guard let authorization, authorization.prefix(7).lowercased() == "bearer " else { return false }
        let presented = authorization.dropFirst(7).drop { $0 == " " }
        return SHA256.hash(data: Array(presented.utf8)) == digest
    }
}

extension BearerToken: CustomStringConvertible {
    /// That there is a token, and nothing of it.
    public var description: String { "(set)" }
}
