/// Writes a recipe with everything stated, so that it can be generated again anywhere.
public enum RecipeWriter {
    /// The recipe as YAML.
    ///
    /// Read again by ``RecipeReader``, under any environment and with any default name, the text gives an equal recipe,
    /// and that recipe the same text.
    public static func text(of recipe: Recipe) -> String {
        guard case .object(let members) = json(of: recipe) else { return "" }
        var text = "# The resolved recipe of a dataset: every default, variable and option is written out.\n"
        for member in members {
            let outline = RecipeSection.definition.outline.fields.first { $0.name == member.key }
            text += "\n# \(outline?.summary ?? "")\n"
            text += YAMLText(member.key, member.value).text
        }
        return text
    }

    /// The recipe as an object with the keys of the text.
    public static func json(of recipe: Recipe) -> JSONValue {
        RecipeSection.definition.encode(RecipeSection(describing: recipe))
    }
}
