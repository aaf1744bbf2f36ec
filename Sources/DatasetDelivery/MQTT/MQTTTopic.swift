/// What a topic of MQTT cannot hold.
///
/// Source: sections 1.5.4 and 4.7 of https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html.
enum MQTTTopic {
    /// The most bytes of a topic.
    static let longest = 65_535

    /// Why a topic cannot be published to; nil where it can.
    static func fault(of topic: String) -> String? {
        if topic.isEmpty { return "is empty" }
        if topic.utf8.count > longest { return "is longer than \(longest) bytes" }
        if topic.contains(where: { $0 == "+" || $0 == "#" }) { return "has + or #, which are for subscribers" }
        if topic.unicodeScalars.contains(where: isForbidden) { return "has a character that brokers refuse" }
        return nil
    }

    /// Why a value cannot stand in a topic; nil where it can.
    static func fault(ofValue value: String) -> String? {
        if value.contains("/") { return "has a slash, which would make two levels of a topic" }
        if value.hasPrefix("$") { return "begins with $, as only topics of the broker itself do" }
        return fault(of: value).map { "cannot stand in a topic: it \($0)" }
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar.properties.isNoncharacterCodePoint
    }
}
