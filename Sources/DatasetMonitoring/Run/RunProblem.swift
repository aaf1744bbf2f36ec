/// Something that is wrong with a run, in a sentence that a person can act on.
public struct RunProblem: Hashable, Sendable {
    /// How much is wrong.
    public enum Severity: Hashable, Sendable {
        /// The run does what it can, and no reading is lost: whoever restarts it gains nothing.
        case degraded
        /// Readings cannot be kept.
        case unhealthy
    }

    /// The sentence, for whoever may see the settings.
    public var text: String
    /// The sentence for everybody: no word of the settings, such as a path, is in it.
    public var openText: String
    /// How much is wrong.
    public var severity: Severity

    /// A problem; `openText` is the text itself unless it is given.
    public init(_ text: String, openText: String? = nil, severity: Severity = .unhealthy) {
        self.text = text
        self.openText = openText ?? text
        self.severity = severity
    }
}

extension RunProblem: ExpressibleByStringLiteral {
    /// A problem that keeps readings from being kept.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}
