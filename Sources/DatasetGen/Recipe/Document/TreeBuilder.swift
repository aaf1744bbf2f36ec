internal import Yams

/// Turns composed YAML into ``DocumentNode``s: keys checked, merge keys applied, aliases expanded within bounds.
struct TreeBuilder {
    /// The document has more or deeper values than any recipe.
    struct Overflow: Error {
        var origin: RecipeOrigin
        var keyPath: String
        var message: String
    }

    let keyNames: [TextPosition: String]
    let origin: (_ line: Int, _ column: Int) -> RecipeOrigin
    private(set) var diagnostics: [RecipeDiagnostic] = []
    private var nodeCount = 0

    init(keyNames: [TextPosition: String], origin: @escaping (_ line: Int, _ column: Int) -> RecipeOrigin) {
        self.keyNames = keyNames
        self.origin = origin
    }

    /// The node; `origin` is that of its key, or its own in a list.
    mutating func node(
        from node: Yams.Node,
        at origin: RecipeOrigin,
        path: String,
        depth: Int
    ) throws(Overflow) -> DocumentNode {
        nodeCount += 1
        guard nodeCount <= YAMLDocument.Limit.nodes else {
            throw Overflow(origin: origin, keyPath: path, message: "the document has over 1,000,000 values")
        }
        guard depth <= YAMLDocument.Limit.depth else {
            throw Overflow(origin: origin, keyPath: path, message: "values are nested more than 64 levels deep")
        }
        switch node {
        case .scalar(let scalar):
            return DocumentNode(content: content(of: scalar, at: origin, path: path), origin: origin)
        case .sequence(let sequence):
            var items: [DocumentNode] = []
            for item in sequence {
                let itemOrigin = self.origin(of: item) ?? origin
                items.append(
                    try self.node(
                        from: item,
                        at: itemOrigin,
                        path: path.appendingKey("\(items.count)"),
                        depth: depth + 1
                    )
                )
            }
            return DocumentNode(content: .list(items), origin: origin)
        case .mapping(let mapping):
            return DocumentNode(
                content: .map(try entries(of: mapping, at: origin, path: path, depth: depth)),
                origin: origin
            )
        case .alias:
            // Yams puts the anchored node itself in the place of an alias.
            return DocumentNode(content: .scalar(text: "", isPlain: true), origin: origin)
        }
    }

    private mutating func content(
        of scalar: Yams.Node.Scalar,
        at origin: RecipeOrigin,
        path: String
    ) -> DocumentNode.Content {
        switch scalar.tag.description {
        case "":
            return .scalar(text: scalar.string, isPlain: scalar.style == .plain)
        case "!", "tag:yaml.org,2002:str":
            return .scalar(text: scalar.string, isPlain: false)
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
            return .scalar(text: scalar.string, isPlain: true)
        case let tag:
            report("the tag \(tag) has no meaning in a recipe", at: origin, path: path)
            return .scalar(text: scalar.string, isPlain: false)
        }
    }

    private mutating func entries(
        of mapping: Yams.Node.Mapping,
        at origin: RecipeOrigin,
        path: String,
        depth: Int
    ) throws(Overflow) -> [DocumentNode.Entry] {
        var entries: [DocumentNode.Entry] = []
        var merged: [DocumentNode.Entry] = []
        var positions: [String: RecipeOrigin] = [:]
        for (keyNode, valueNode) in mapping {
            let keyOrigin = self.origin(of: keyNode) ?? origin
            guard case .scalar(let scalar) = keyNode else {
                report("a key must be text", at: keyOrigin, path: path)
                continue
            }
            let key = scalar.mark.flatMap { keyNames[TextPosition(line: $0.line, column: $0.column)] } ?? scalar.string
            let keyPath = path.appendingKey(key)
            let value = try node(from: valueNode, at: keyOrigin, path: keyPath, depth: depth + 1)
            if key == "<<", scalar.style == .plain {
                merged += mergeable(value, path: path)
            } else if let first = positions[key] {
                report("the key is repeated; it stands at \(first) first", at: keyOrigin, path: keyPath)
            } else {
                positions[key] = keyOrigin
                entries.append(DocumentNode.Entry(key: key, value: value))
            }
        }
        // The map's own keys win, then those of the maps merged earlier (yaml.org/type/merge.html).
        for entry in merged where positions[entry.key] == nil {
            positions[entry.key] = entry.value.origin
            entries.append(entry)
        }
        return entries
    }

    /// The entries that `<<` brings in: those of a map, or of each map of a list.
    private mutating func mergeable(_ value: DocumentNode, path: String) -> [DocumentNode.Entry] {
        if case .map(let entries) = value.content { return entries }
        if case .list(let items) = value.content, items.allSatisfy({ $0.entries != nil }) {
            return items.flatMap { $0.entries ?? [] }
        }
        report("<< expects a section or a list of sections, found \(value.found)", at: value.origin, path: path)
        return []
    }

    private func origin(of node: Yams.Node) -> RecipeOrigin? {
        node.mark.map { origin($0.line, $0.column) }
    }

    private mutating func report(_ message: String, at origin: RecipeOrigin, path: String) {
        diagnostics.append(RecipeDiagnostic(origin: origin, keyPath: path, message: message))
    }
}

extension String {
    /// The path of a key below this one: `anomalies` and `types` give `anomalies.types`.
    func appendingKey(_ key: String) -> String {
        isEmpty ? key : "\(self).\(key)"
    }
}
