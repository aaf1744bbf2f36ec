package import DatasetGen

extension DatasetEstimate {
    /// About how many bytes a live run will have written at the recipe's end: its database, and the lines of JSON beside it.
    ///
    /// - Parameter outline: that of the recipe, whose outputs a live run does not write.
    /// - Throws: ``PlanError`` when what the recipe asks for cannot be had.
    package init(ofLiveRun outline: PlanOutline) throws(PlanError) {
        let database = outline.recipe.live.database
        var recipe = outline.recipe
        let known = { (format: OutputFormat) in outline.recipe.outputs.first { $0.format == format }?.timestamps }
        var (table, lines) = (OutputParameters.table, OutputParameters.lines)
        (table.timestamps, lines.timestamps) = (known(.sqlite) ?? .naive, known(.jsonl) ?? .naive)
        recipe.outputs = database.jsonLinesPath == nil ? [table] : [table, lines]
        (recipe.delivery, recipe.splits, recipe.packages) = (nil, nil, [])
        let whole = DatasetEstimate(try PlanOutline(recipe))
        let paths = [database.path ?? DatabaseParameters.defaultPath] + [database.jsonLinesPath].compactMap { $0 }
        var files = zip(paths, whole.files).map { File(path: $0, bytes: $1.bytes) }
        if database.storesReadings == false {
            files[0] = File(path: paths[0], bytes: min(files[0].bytes, Self.bookkeepingBytes))
        }
        (self.files, readings, sortedBytes) = (files, whole.readings, 0)
    }

    /// A database that holds only where the run stands.
    private static let bookkeepingBytes: Int64 = 65_536
}
