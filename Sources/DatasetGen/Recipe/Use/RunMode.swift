/// What a recipe is used for.
package enum RunMode: String, CaseIterable, Sendable {
    /// A dataset is generated.
    case batch
    /// A dataset is generated with `--monitor`.
    case monitored
    /// Readings go to standard output: `--output -`.
    case stream
    /// Nothing is written: `--dry-run` and `recipes check`.
    case dryRun
    /// A live run: `--realtime`.
    case live

    /// How messages name it.
    package var phrase: String {
        switch self {
        case .batch, .monitored: "a batch run"
        case .stream: "a run to standard output"
        case .dryRun: "a dry run"
        case .live: "a live run"
        }
    }
}

extension Set<RunMode> {
    /// Whatever the recipe is used for.
    package static let always = Set(RunMode.allCases)
    /// When a dataset is generated, or would be.
    static let ofDatasets: Set<RunMode> = [.batch, .monitored, .stream, .dryRun]
    /// When a dataset is generated.
    static let whileWriting: Set<RunMode> = [.batch, .monitored]
    /// When readings are generated as fast as they can be.
    static let whileGenerating: Set<RunMode> = [.batch, .monitored, .stream]
}
