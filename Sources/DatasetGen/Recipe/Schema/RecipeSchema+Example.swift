extension RecipeSchema {
    /// Every key of a recipe with its meaning, what it may be and its default, as YAML of which every line is a comment.
    public static func example() -> String {
        let head = """
            # Every key of a recipe. To state one, take the "# " away from its line and from those of the sections around it.

            """
        return head + RecipeSection.definition.outline.example(indent: "", around: [])
    }
}

extension SectionOutline {
    /// The keys as lines of comments; a section inside itself is named only.
    fileprivate func example(indent: String, around: [String]) -> String {
        fields.filter { !$0.isPassedOver }.map { $0.example(indent: indent, around: around + [name]) }.joined()
    }
}

extension FieldOutline {
    fileprivate func example(indent: String, around: [String]) -> String {
        let isSection = expectation == "a section"
        // A default in words is no value that could stand behind the key.
        let isValue = !defaultText.contains { $0 == " " || $0 == "`" }
        var text = indent.isEmpty ? "\n" : ""
        text += "# \(indent)# \(summary)"
        if !isSection { text += " \(expectation.prefix(1).uppercased())\(expectation.dropFirst())." }
        text += isValue ? "\n" : " Default: \(defaultText).\n"
        text += "# \(indent)\(name):" + (isValue && !defaultText.isEmpty && !isSection ? " \(defaultText)" : "") + "\n"
        // A map from names has its keys below one of them.
        let isMap = expectation.hasSuffix("by name")
        if isMap { text += "# \(indent)  NAME:\n" }
        let inner = indent + (isMap || expectation.hasPrefix("a list") ? "    " : "  ")
        for section in sections where !around.contains(section.name) {
            text += section.example(indent: inner, around: around)
        }
        return text
    }
}
