/// Composes the events of a YAML text to ``DocumentNode``s: keys checked, merge keys applied, aliases expanded within
/// bounds.
struct YAMLComposer {
    /// A node with an anchor, and what its copies cost.
    private struct Anchored {
        var node: DocumentNode
        var nodeCount: Int
        var height: Int
    }

    let reader: YAMLEventReader
    let origin: (TextPosition) -> RecipeOrigin
    /// Repeated keys, keys that are not text, tags without meaning.
    private(set) var findings = RecipeFindings()
    private var anchors: [String: Anchored] = [:]
    private var nodeCount = 0
    /// The keys and indices that lead to the node at hand.
    private var path: [String] = []
    /// The greatest depth so far, for the height of anchored nodes.
    private var deepest = 0

    init(_ reader: YAMLEventReader, origin: @escaping (TextPosition) -> RecipeOrigin) {
        self.reader = reader
        self.origin = origin
    }

    /// The only document; nil if there is none.
    mutating func document() throws(YAMLProblem) -> DocumentNode? {
        if case .streamEnd = try reader.next().kind { return nil }
        let root = try node(reader.next(), at: origin(TextPosition(line: 1, column: 1)), depth: 0)
        _ = try reader.next()
        let event = try reader.next()
        guard case .streamEnd = event.kind else {
            throw YAMLProblem(
                position: event.position,
                message: "this is not YAML: expected a single document in the stream at line 1: but found another "
                    + "document"
            )
        }
        return root
    }

    /// The node that an event begins; `origin` is that of its key, or its own in a list.
    private mutating func node(
        _ event: YAMLEvent,
        at origin: RecipeOrigin,
        depth: Int
    ) throws(YAMLProblem) -> DocumentNode {
        if case .alias(let name) = event.kind { return try copy(of: name, event, at: origin, depth: depth) }
        try count(1, event)
        try check(depth: depth, event)
        let countBefore = nodeCount
        let deepestBefore = deepest
        deepest = depth
        let node = DocumentNode(content: try content(event, at: origin, depth: depth), origin: origin)
        if let anchor = event.anchor {
            let cost = nodeCount - countBefore + 1
            anchors[anchor] = Anchored(node: node, nodeCount: cost, height: deepest - depth)
        }
        deepest = max(deepest, deepestBefore)
        return node
    }

    private mutating func content(
        _ event: YAMLEvent,
        at origin: RecipeOrigin,
        depth: Int
    ) throws(YAMLProblem) -> DocumentNode.Content {
        switch event.kind {
        case .scalar(let text, let isPlain):
            return .scalar(text: text, isPlain: isUnquoted(event.tag, asWritten: isPlain, at: origin))
        case .list:
            checkTag(of: event, standard: "tag:yaml.org,2002:seq", at: origin)
            return .list(try items(depth: depth))
        case .map:
            checkTag(of: event, standard: "tag:yaml.org,2002:map", at: origin)
            return .map(try entries(depth: depth))
        case .end, .alias, .document, .streamEnd:
            throw YAMLProblem(position: event.position, message: "this is not YAML: a value is missing")
        }
    }

    private mutating func items(depth: Int) throws(YAMLProblem) -> [DocumentNode] {
        var items: [DocumentNode] = []
        while true {
            let event = try reader.next()
            if case .end = event.kind { return items }
            path.append("\(items.count)")
            items.append(try node(event, at: origin(event.position), depth: depth + 1))
            path.removeLast()
        }
    }

    private mutating func entries(depth: Int) throws(YAMLProblem) -> [DocumentNode.Entry] {
        var map = MapEntries()
        while true {
            let event = try reader.next()
            if case .end = event.kind { return map.merged() }
            let keyOrigin = origin(event.position)
            let keyNode = try node(event, at: keyOrigin, depth: depth + 1)
            guard case .scalar(let key, let isPlain) = keyNode.content else {
                report("a key must be text", at: keyOrigin)
                _ = try node(reader.next(), at: keyOrigin, depth: depth + 1)
                continue
            }
            guard key.utf8.count <= YAMLDocument.Limit.keyBytes else {
                throw problem("a key is longer than \(YAMLDocument.Limit.keyBytes) bytes", event)
            }
            path.append(key)
            let value = try node(reader.next(), at: keyOrigin, depth: depth + 1)
            if key == "<<", isPlain {
                path.removeLast()
                if !map.merge(value) {
                    report("<< expects a section or a list of sections, found \(value.found)", at: value.origin)
                }
                continue
            }
            if let first = map.insert(key, value) {
                report("the key is repeated; it stands at \(first) first", at: keyOrigin)
            }
            path.removeLast()
        }
    }

    /// The node of an anchor once more, as if it stood here.
    private mutating func copy(
        of anchor: String,
        _ event: YAMLEvent,
        at origin: RecipeOrigin,
        depth: Int
    ) throws(YAMLProblem) -> DocumentNode {
        guard let anchored = anchors[anchor] else {
            throw YAMLProblem(position: event.position, message: "this is not YAML: found undefined alias")
        }
        try count(anchored.nodeCount, event)
        try check(depth: depth + anchored.height, event)
        deepest = max(deepest, depth + anchored.height)
        var node = anchored.node
        node.origin = origin
        return node
    }
}

extension YAMLComposer {
    /// Whether a scalar can be more than a text.
    private mutating func isUnquoted(_ tag: String?, asWritten isPlain: Bool, at origin: RecipeOrigin) -> Bool {
        switch tag {
        case nil: return isPlain
        case "!", "tag:yaml.org,2002:str": return false
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
            return true
        case let tag?:
            report("the tag \(tag.excerpt) has no meaning in a recipe", at: origin)
            return false
        }
    }

    private mutating func checkTag(of event: YAMLEvent, standard: String, at origin: RecipeOrigin) {
        guard let tag = event.tag, tag != "!", tag != standard else { return }
        report("the tag \(tag.excerpt) has no meaning in a recipe", at: origin)
    }

    private mutating func count(_ nodes: Int, _ event: YAMLEvent) throws(YAMLProblem) {
        nodeCount += nodes
        if nodeCount > YAMLDocument.Limit.nodes { throw problem("the document has over 1,000,000 values", event) }
    }

    private func check(depth: Int, _ event: YAMLEvent) throws(YAMLProblem) {
        if depth > YAMLDocument.Limit.depth { throw problem("values are nested more than 64 levels deep", event) }
    }

    private var keyPath: String { path.joined(separator: ".") }

    private func problem(_ message: String, _ event: YAMLEvent) -> YAMLProblem {
        YAMLProblem(position: event.position, keyPath: keyPath, message: message)
    }

    private mutating func report(_ message: @autoclosure () -> String, at origin: RecipeOrigin) {
        let path = path
        findings.add(message(), at: origin, path: path.joined(separator: "."))
    }
}
