import DatasetGen

/// What stands in for live runs and monitoring in a build that leaves them out.
enum LiveHalf {
    static func run(
        _ resolved: ResolvedRecipe,
        loader: RecipeLoader,
        _ options: RealtimeOptions,
        _ writing: WritingOptions
    ) async throws {
        throw missing("--realtime")
    }

    static func generate(
        _ plan: GenerationPlan,
        _ parameters: LiveParameters,
        behind earlier: Int64,
        _ writing: WritingOptions,
        by generation: DatasetGeneration
    ) async throws {
        throw missing("--monitor")
    }

    private static func missing(_ option: String) -> Failure {
        Failure(
            "\(option) is of the live half, without which this program was built; ./setup --live builds all of it",
            status: .wrongUsage
        )
    }
}
