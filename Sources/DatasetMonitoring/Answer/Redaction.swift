import DatasetGen

/// Blanks what looks like a secret, whoever put it into the settings.
enum Redaction {
    private static let secretWords = ["token", "password", "passwd", "secret", "credential", "api_key", "apikey"]

    static func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(
                members.map { member in
                    let key = member.key.lowercased()
                    let isSecret = secretWords.contains { key.contains($0) } && member.value != .null
                    return JSONValue.Member(key: member.key, value: isSecret ? "(set)" : redacted(member.value))
                }
            )
        case .array(let elements): .array(elements.map(redacted))
        case .string, .literal: value
        }
    }
}
