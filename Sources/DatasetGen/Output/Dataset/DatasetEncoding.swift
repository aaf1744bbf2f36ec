/// How a dataset's readings are encoded: what is prepared once for each sensor, and shared by all workers.
struct DatasetEncoding: Sendable {
    /// The encoding of one text output.
    struct Text: Sendable {
        let output: ReadingOutput
        let encoder: any BlockEncoder
        /// What is known of the rows, for whoever compresses them.
        let layout: RowLayout
    }

    /// By the order of the recipe's text outputs.
    let texts: [Text]
    /// The encoder of the SQLite file's pages, if there is one.
    let pages: SQLiteReadingsEncoder?
    /// The pages of the SQLite file.
    let pageLayout: SQLitePageLayout

    init(_ plan: GenerationPlan) {
        let sensors = plan.fleet.sensors
        let outputs = plan.recipe.outputs.map { ReadingOutput(parameters: $0, of: plan.recipe) }
        texts = outputs.compactMap { output in
            output.makeEncoder(sensors: sensors)
                .map { encoder in
                    let layout = output.compressesRows ? encoder.layout : RowLayout()
                    return Text(output: output, encoder: encoder, layout: layout)
                }
        }
        pages = outputs.lazy.compactMap { $0.makePageEncoder(sensors: sensors) }.first
        pageLayout =
            outputs.first { $0.parameters.format == .sqlite }?.pageLayout
            ?? SQLitePageLayout(pageSize: OutputParameters.defaultPageSize)
    }

    /// The encoding of a text output; nil for SQLite.
    func text(of output: ReadingOutput) -> Text? {
        texts.first { $0.output.parameters.format == output.parameters.format }
    }
}
