/// What a subject of NATS cannot hold.
///
/// Source: https://docs.nats.io/nats-concepts/subjects.
enum NATSSubject {
    /// Why a value cannot stand in a subject; nil where it can.
    static func fault(ofValue value: String) -> String? {
        if value.isEmpty { return "is empty" }
        if value.contains(".") { return "has a dot, which would make two tokens of a subject" }
        return fault(ofText: value).map { "cannot stand in a subject: it \($0)" }
    }

    /// Why a part of a subject cannot stand there; nil where it can.
    static func fault(ofText text: String) -> String? {
        if text.contains(where: { $0 == "*" || $0 == ">" }) { return "has * or >, which are for subscribers" }
        if text.unicodeScalars.contains(where: {
            $0.properties.isWhitespace || $0.properties.generalCategory == .control
        }) {
            return "has a blank or a control character"
        }
        return nil
    }

    /// Why a subject cannot be published to; nil where it can.
    static func fault(of subject: String) -> String? {
        if subject.split(separator: ".", omittingEmptySubsequences: false).contains(where: \.isEmpty) {
            return "has an empty token"
        }
        return subject.utf8.count > longest ? "is longer than \(longest) bytes" : nil
    }

    /// Whether a subject can be one of both, of which either may have * for a token and > for all that follow.
    static func overlap(_ one: String, _ other: String) -> Bool {
        let (one, other) = (one.split(separator: "."), other.split(separator: "."))
        for (mine, theirs) in zip(one, other) {
            if mine == ">" || theirs == ">" { return true }
            if mine != theirs, mine != "*", theirs != "*" { return false }
        }
        return one.count == other.count
    }

    /// A line of the protocol, with all that stands in it, has 4096 bytes.
    private static let longest = 3_500
}
