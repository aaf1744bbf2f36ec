/// Why readings could not be delivered.
public struct DeliveryError: Error, Hashable, CustomStringConvertible {
    /// What kind of trouble it is, which decides whether it is tried again, and how a program ends.
    public enum Kind: Hashable, Sendable {
        /// The URL or an option asks for what the target does not have.
        case usage
        /// What is to be stored cannot be stored there, whatever is done.
        case unstorable
        /// What is there already stands in the way: other tables, other columns, another load.
        case occupied
        /// The target refuses or fails for good: a full disk, missing rights.
        case refused
        /// The connection is lost, or the target is busy: another attempt may succeed.
        case transient
    }

    /// What kind of trouble it is.
    public let kind: Kind
    /// One line on what is wrong and what would be right.
    public let description: String

    /// Seconds that the target asks to be left alone for; nil where it says nothing.
    package let pause: Double?

    /// Whether nothing was sent.
    let isUnsent: Bool

    /// Whether the same readings would be refused again, and others perhaps not.
    var isLasting: Bool { kind == .refused || kind == .unstorable }

    /// An error of a kind, and one line on it.
    public init(_ kind: Kind, _ description: String) {
        self.init(kind, description, waiting: nil, isUnsent: false)
    }

    init(_ kind: Kind, _ description: String, waiting pause: Double? = nil, isUnsent: Bool = false) {
        (self.kind, self.description, self.pause, self.isUnsent) = (kind, description, pause, isUnsent)
    }
}
