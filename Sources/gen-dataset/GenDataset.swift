import ArgumentParser
import CLinux
import DatasetGen

/// The command line: `gen-dataset recipe FILE` and its companions.
@main
struct GenDataset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gen-dataset",
        abstract: "Generates labelled, reproducible sensor datasets from a recipe.",
        discussion: """
            A dataset is a pure function of its recipe and seed: the same bytes for any number of threads.

              gen-dataset recipe ml-training.yaml
              gen-dataset describe datasets/ml-training
            """,
        version: Generator.version,
        subcommands: [
            RecipeCommand.self, VerifyCommand.self, AuditCommand.self, DescribeCommand.self, IdentityCommand.self,
            RecipesCommand.self, BenchCommand.self,
        ]
    )

    func run() throws {
        throw Failure(
            "no command given: recipe, verify, audit, describe, identity, recipes or bench; see gen-dataset --help",
            status: .wrongUsage
        )
    }

    static func main() async {
        // Buffers are few, large and kept; what is freed of them must not stay with the process. It is memory alone, so
        // that it does not matter where this cannot be had.
        _ = clinux_map_allocations(1 << 18)
        StandardStreams.prepare()
        do {
            try CommandLineText.check()
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try SystemResources.check()
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Failure(error, usage: { Self.fullMessage(for: $0) }).end()
        }
    }
}
