import DatasetGen
import DatasetLive

/// Live runs and monitoring, which a build may leave out; `WithoutLive` stands in for them there.
enum LiveHalf {
    /// Makes the readings of a recipe as time goes.
    static func run(
        _ resolved: ResolvedRecipe,
        loader: RecipeLoader,
        _ options: RealtimeOptions,
        _ writing: WritingOptions
    ) async throws {
        let verbosity = LiveLog.Verbosity(writing)
        try await RealtimeRun(resolved, loader: loader, options: options, verbosity: verbosity, isJSON: writing.json)
            .run()
    }

    /// Generates a dataset, and shows meanwhile how far it is.
    ///
    /// - Parameters:
    ///   - plan: What is generated.
    ///   - parameters: How it is shown.
    ///   - earlier: Readings that an interrupted run has written.
    ///   - writing: What the command line says.
    ///   - generation: What generates it.
    /// - Throws: What the generation throws.
    static func generate(
        _ plan: GenerationPlan,
        _ parameters: LiveParameters,
        behind earlier: Int64,
        _ writing: WritingOptions,
        by generation: DatasetGeneration
    ) async throws {
        let run = BatchMonitoredRun(plan, behind: earlier)
        let log = LiveLog(parameters.logging, verbosity: LiveLog.Verbosity(writing))
        let service = MonitoringService(run, logger: log.logger)
        var monitoring = parameters.monitoring
        monitoring.isEnabled = true
        service.apply(monitoring)
        try await service.serve { try await generation.run(plan) { run.update($0) } }
    }
}

extension LiveLog.Verbosity {
    fileprivate init(_ writing: WritingOptions) {
        self = writing.quiet ? .quiet : writing.verbose ? .verbose : .asRecipe
    }
}

extension LiveError: StatedError {
    var status: ExitStatus {
        switch self {
        case .plan(.memory): .cannotCreate
        case .endsBeforeStart, .outsideCalendar, .delivery, .plan, .feed: .invalidRecipe
        case .database, .jsonLines: .cannotCreate
        }
    }
}
