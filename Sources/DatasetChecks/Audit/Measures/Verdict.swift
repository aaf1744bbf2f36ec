/// The answer to a question that a dataset may be too small for.
public enum Verdict: String, Hashable, Sendable {
    /// It is so.
    case yes
    /// It is not.
    case no
    /// There are too few events to tell.
    case tooFew = "too few"
}
