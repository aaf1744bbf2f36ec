/// What comes next in a YAML text.
struct YAMLEvent {
    /// What kind of thing it is.
    enum Kind {
        /// A scalar; without quotes it may be a number, a truth value or null.
        case scalar(text: String, isPlain: Bool)
        /// The beginning of a list.
        case list
        /// The beginning of a map.
        case map
        /// The end of the list or map that was begun last.
        case end
        /// The node that has this anchor, once more.
        case alias(String)
        /// The beginning or end of a document.
        case document
        /// The end of the text.
        case streamEnd
    }

    var kind: Kind
    /// The tag that the text gives, such as `!secret`; nil for none.
    var tag: String?
    /// The anchor that names the node.
    var anchor: String?
    var position: TextPosition
}

/// Why a text is no document that a recipe can be.
struct YAMLProblem: Error {
    var position: TextPosition
    /// The key at hand; empty where the text is no YAML.
    var keyPath = ""
    var message: String
}
