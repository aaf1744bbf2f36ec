/// The keys of a map in the making, each once, and those that merge keys bring in.
struct MapEntries {
    private var entries: [DocumentNode.Entry] = []
    private var merging: [DocumentNode.Entry] = []
    private var origins: [String: RecipeOrigin] = [:]

    /// Adds a key; where it stands first if it is there already.
    mutating func insert(_ key: String, _ value: DocumentNode) -> RecipeOrigin? {
        if let first = origins[key] { return first }
        origins[key] = value.origin
        entries.append(DocumentNode.Entry(key: key, value: value))
        return nil
    }

    /// Adds what `<<` brings in: the keys of a map, or of each map of a list; false for anything else.
    mutating func merge(_ value: DocumentNode) -> Bool {
        if case .map(let entries) = value.content {
            merging += entries
            return true
        }
        guard case .list(let items) = value.content, items.allSatisfy({ $0.entries != nil }) else { return false }
        merging += items.flatMap { $0.entries ?? [] }
        return true
    }

    /// All keys: the map's own win, then those of the maps merged earlier (yaml.org/type/merge.html).
    consuming func merged() -> [DocumentNode.Entry] {
        for entry in merging where insert(entry.key, entry.value) != nil { continue }
        return entries
    }
}
