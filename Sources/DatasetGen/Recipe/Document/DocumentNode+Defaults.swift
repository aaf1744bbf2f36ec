extension DocumentNode {
    /// Makes room for a setting inside a section whose keys exclude what they do not name, so that what would be there
    /// without the setting is still there with it.
    ///
    /// `outputs` writes what it names, and the usual formats where it names none; so it is with `anomalies.types`.
    mutating func completeDefaults(for path: [String], at origin: RecipeOrigin) {
        guard entries != nil else { return }
        if path.count > 1, path[0] == "outputs" {
            let formats = OutputFormat.allCases.map(\.rawValue)
            let isKnown = (formats + [ValueType<OutputsSection>.cleanKey]).contains(path[1])
            if isKnown { completeOutputs(at: origin) }
            if path.count > 2, self["outputs"]?[path[1]]?.truthValue == true {
                self["outputs"]?[path[1]] = DocumentNode(content: .map([]), origin: origin)
            }
        }
        if path.count > 2, path[0] == "anomalies", path[1] == "types", (self["anomalies"] ?? self).entries != nil,
            self["anomalies"]?["types"]?.isNull ?? true
        {
            completeAnomalyTypes(at: origin)
        }
    }

    private mutating func completeOutputs(at origin: RecipeOrigin) {
        let outputs = self["outputs"] ?? DocumentNode(content: .map([]), origin: origin)
        var entries: [Entry]
        switch outputs.content {
        case .list(let items): entries = items.flatMap { $0.outputEntries }
        default:
            guard let stated = outputs.entries else { return }
            entries = stated
        }
        if !entries.contains(where: { OutputFormat(rawValue: $0.key) != nil }) {
            entries += OutputFormat.usual.map {
                Entry(key: $0.rawValue, value: DocumentNode(content: .map([]), origin: origin))
            }
        }
        self["outputs"] = DocumentNode(content: .map(entries), origin: outputs.origin)
    }

    /// An item of the list of outputs as it would stand in the section of that name.
    private var outputEntries: [Entry] {
        if let text {
            let value = DocumentNode(content: .scalar(text: "true", isPlain: true), origin: origin)
            return [Entry(key: text, value: value)]
        }
        return entries ?? []
    }

    private mutating func completeAnomalyTypes(at origin: RecipeOrigin) {
        let types = AnomalyType.allCases.map { type in
            Entry(key: type.name, value: DocumentNode(content: .map([]), origin: origin))
        }
        var anomalies = self["anomalies"] ?? DocumentNode(content: .map([]), origin: origin)
        anomalies["types"] = DocumentNode(content: .map(types), origin: origin)
        self["anomalies"] = anomalies
    }
}
