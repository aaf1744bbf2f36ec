extension DocumentNode {
    /// Why a value cannot be set.
    struct PathError: Error {
        var message: String
    }

    /// The value at a path of keys and list indices.
    subscript(path path: ArraySlice<String>) -> DocumentNode? {
        guard let key = path.first else { return self }
        let rest = path.dropFirst()
        if case .list(let items) = content {
            guard let index = Int(key), items.indices.contains(index) else { return nil }
            return items[index][path: rest]
        }
        return self[key]?[path: rest]
    }

    /// Sets the value at a path; missing sections come into being, an item may be appended to a list.
    mutating func set(_ path: ArraySlice<String>, to value: DocumentNode, below parent: String = "") throws(PathError) {
        guard let key = path.first else {
            self = value
            return
        }
        if case .list(var items) = content {
            guard let index = Int(key), (0...items.count).contains(index) else {
                throw PathError(
                    message: items.isEmpty
                        ? "\(parent) is an empty list; its first item is number 0"
                        : "\(parent) is a list of \(items.count); its items have the numbers 0 to \(items.count - 1)"
                )
            }
            if index == items.count { items.append(Self.container(for: path.dropFirst(), at: value.origin)) }
            try items[index].set(path.dropFirst(), to: value, below: parent.appendingKey(key))
            content = .list(items)
            return
        }
        guard entries != nil else { throw PathError(message: "\(parent) is not a section; it is \(found)") }
        var child = self[key] ?? Self.container(for: path.dropFirst(), at: value.origin)
        try child.set(path.dropFirst(), to: value, below: parent.appendingKey(key))
        self[key] = child
    }

    /// What a missing value is before something is set in it: a list if the next key is the number of its first item.
    private static func container(for rest: ArraySlice<String>, at origin: RecipeOrigin) -> DocumentNode {
        DocumentNode(content: rest.first == "0" ? .list([]) : .map([]), origin: origin)
    }
}
