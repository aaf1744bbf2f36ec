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
            RecipeCommand.self, InitCommand.self, RecipesCommand.self, DescribeCommand.self, VerifyCommand.self,
            AuditCommand.self, InjectCommand.self, LearnCommand.self, LoadCommand.self, ExportCommand.self,
            PlanCommand.self, MergeCommand.self, IdentityCommand.self, BenchCommand.self,
        ]
    )

    func run() throws {
        throw Failure(
            "no command given: recipe, init, recipes, describe, verify, audit, inject, learn, load, export, plan, merge, identity "
                + "or bench; see "
                + "gen-dataset --help",
            status: .wrongUsage
        )
    }

    /// Says which command may be meant, where ArgumentParser would find the word unexpected.
    private static func checkCommandExists() throws(Failure) {
        var outline = CommandOutline.root
        for word in CommandLine.arguments.dropFirst() {
            let names = outline.subcommands.map(\.name)
            guard !names.isEmpty, !word.hasPrefix("-") else { return }
            if let next = outline.subcommands.first(where: { $0.name == word }) {
                outline = next
                continue
            }
            let isRecipe = outline.name == "gen-dataset" && (InputFile.exists(word) || GalleryRecipe.named(word) != nil)
            let nearest = isRecipe ? "gen-dataset recipe \(word)" : Suggestion.nearest(to: word, among: names)
            let hint = nearest.map { "did you mean \($0)?" } ?? "there are " + names.joined(separator: ", ")
            throw Failure("there is no command \(word.quoted); \(hint)", status: .wrongUsage)
        }
    }

    /// Of an option that is given twice only one would count.
    private static func checkOptionsAreGivenOnce() throws(Failure) {
        guard let option = GivenOptions.current.repeated else { return }
        throw Failure("\(option) is given twice; see gen-dataset --help", status: .wrongUsage)
    }

    static func main() async {
        // Buffers are few, large and kept; what is freed of them must not stay with the process. It is memory alone, so
        // that it does not matter where this cannot be had.
        _ = clinux_map_allocations(1 << 18)
        StandardStreams.prepare()
        do {
            try CommandLineText.check()
            try checkCommandExists()
            try checkOptionsAreGivenOnce()
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
