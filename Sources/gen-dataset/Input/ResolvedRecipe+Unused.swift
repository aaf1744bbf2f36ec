import DatasetGen

extension ResolvedRecipe {
    /// What to tell of keys and variables that do not count in a mode, one line each.
    func notesOfUnused(in mode: RunMode) -> [String] {
        let unused = unused(in: mode)
        guard mode != .live else {
            return unused.isEmpty ? [] : ["a live run does not use " + unused.joined(separator: ", ")]
        }
        let alsoMonitored = Set(unused).subtracting(self.unused(in: .monitored))
        let ofFiles = mode == .stream ? statedKeysOfFiles : []
        let live = unused.filter { !alsoMonitored.contains($0) }
        let monitored = unused.filter { alsoMonitored.contains($0) }
        return (live.isEmpty ? [] : ["only a live run uses " + live.joined(separator: ", ")])
            + (monitored.isEmpty ? [] : ["only a live run and --monitor use " + monitored.joined(separator: ", ")])
            + (ofFiles.isEmpty ? [] : ["standard output does not use " + ofFiles.joined(separator: ", ")])
    }

    /// What the recipe says of its outputs as files, which rows in a pipe have no use for.
    private var statedKeysOfFiles: [String] {
        recipe.outputs
            .flatMap { output in
                ["compression", "level", "time_per_file"].map { "outputs.\(output.format.rawValue).\($0)" }
            }
            .filter { states($0) }
    }
}
