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
        fields.map { $0.example(indent: indent, around: around + [name]) }.joined()
    }
}

extension FieldOutline {
    fileprivate func example(indent: String, around: [String]) -> String {
        let isSection = !sections.isEmpty && !expectation.hasPrefix("a list")
        var text = indent.isEmpty ? "\n" : ""
        text += "# \(indent)# \(summary) \(expectation.prefix(1).uppercased())\(expectation.dropFirst()).\n"
        text += "# \(indent)\(name):" + (defaultText.isEmpty || isSection ? "" : " \(defaultText)") + "\n"
        for section in sections where !around.contains(section.name) {
            let inner = indent + (isSection ? "  " : "    ")
            text += section.example(indent: inner, around: around)
        }
        return text
    }
}
