/// The keys and variables of a recipe that do not count whatever it is used for.
struct KeyUses: Sendable {
    private struct Entry {
        var name: String
        var isVariable: Bool
        var modes: Set<RunMode>
    }

    private var entries: [Entry] = []

    /// Adds a key and when it counts, unless the section around it says so already.
    mutating func add(_ path: String, at origin: RecipeOrigin, modes: Set<RunMode>) {
        guard modes != .always else { return }
        if case .environment(let variable) = origin {
            if !entries.contains(where: { $0.name == variable }) {
                entries.append(Entry(name: variable, isVariable: true, modes: modes))
            }
            return
        }
        let isCovered = entries.contains { !$0.isVariable && $0.modes == modes && path.hasPrefix($0.name + ".") }
        if !isCovered { entries.append(Entry(name: path, isVariable: false, modes: modes)) }
    }

    /// What does not count in a mode: keys, sections as a whole where all their keys do not, and variables.
    func unused(in mode: RunMode) -> [String] {
        entries.filter { !$0.modes.contains(mode) }.map(\.name)
    }

    /// The same without the variables.
    func unusedKeys(in mode: RunMode) -> [String] {
        entries.filter { !$0.isVariable && !$0.modes.contains(mode) }.map(\.name)
    }
}
