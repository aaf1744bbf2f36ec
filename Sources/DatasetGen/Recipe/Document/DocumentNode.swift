/// A value of a YAML or JSON document with the place where it was stated.
package struct DocumentNode: Sendable {
    /// What a node holds.
    package enum Content: Sendable {
        /// Text as the document has it. A plain scalar has no quotes: only it can be a number, a truth value or null.
        case scalar(text: String, isPlain: Bool)
        case list([DocumentNode])
        case map([Entry])
    }

    /// A key of a map and its value; the value's origin is the key's.
    package struct Entry: Sendable {
        package var key: String
        package var value: DocumentNode
    }

    package var content: Content
    var origin: RecipeOrigin

    /// Whether there is no value: `null`, `~` or nothing behind the colon.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The text of a scalar that is not null.
    package var text: String? {
        guard case .scalar(let text, _) = content, !isNull else { return nil }
        return text
    }

    /// The text of a scalar without quotes that is not null.
    var plainText: String? {
        guard case .scalar(let text, isPlain: true) = content, !isNull else { return nil }
        return text
    }

    /// The keys and values of a map; none for null, so that a section may be empty.
    var entries: [Entry]? {
        if case .map(let entries) = content { return entries }
        return isNull ? [] : nil
    }

    /// The value of a key of a map.
    subscript(key: String) -> DocumentNode? {
        get { entries?.first { $0.key == key }?.value }
        set {
            var entries = entries ?? []
            if let index = entries.firstIndex(where: { $0.key == key }) {
                if let newValue { entries[index].value = newValue } else { entries.remove(at: index) }
            } else if let newValue {
                entries.append(Entry(key: key, value: newValue))
            }
            content = .map(entries)
        }
    }

    /// The same without the keys whose value is written out as null: a program that writes a file does so where it knows
    /// nothing.
    var withoutNulls: DocumentNode {
        var node = self
        switch content {
        case .scalar: break
        case .list(let items): node.content = .list(items.map(\.withoutNulls))
        case .map(let entries):
            node.content = .map(
                entries.filter { !$0.value.isNull || $0.value.isEmptyScalar }
                    .map { Entry(key: $0.key, value: $0.value.withoutNulls) }
            )
        }
        return node
    }

    /// Whether there is nothing at all behind the colon, as where a value was forgotten.
    private var isEmptyScalar: Bool {
        guard case .scalar("", isPlain: true) = content else { return false }
        return true
    }

    /// How a message names what is there.
    package var found: String {
        switch content {
        case .scalar where isNull: "nothing"
        case .scalar(let text, isPlain: true): text.isPlainToSee ? text.excerpt : text.quoted
        case .scalar(let text, isPlain: false): "the text \(text.quoted)"
        case .list: "a list"
        case .map: "a section"
        }
    }
}
