import ArgumentParser
import DatasetFiles
import DatasetGen

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `gen-dataset init FILE`: a commented recipe to begin with.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented recipe: by five questions, or from a bundled one.",
        discussion: """
            Without --from it asks what is measured, by how many sensors, how often, for how long, and which share is anomalous; \
            an empty answer takes what stands in brackets. Answers may come from a file or a pipe, one a line.

              gen-dataset init greenhouse.yaml
              gen-dataset init office.yaml --from indoor-air.yaml
            """
    )

    @Argument(help: ArgumentHelp("The recipe's file, which is new.", valueName: "file"), completion: .file())
    var file: String

    @Option(
        help: ArgumentHelp("Copy this bundled recipe, and ask nothing.", valueName: "recipe"),
        completion: .bundledRecipe
    )
    var from: String?

    func run() throws {
        // Before the questions: nobody shall have answered them in vain.
        if InputFile.exists(file) { throw Failure("\(file): it exists; give another name", status: .cannotCreate) }
        try checkName()
        let text = try from.map { try copy(of: $0) } ?? answered()
        let resolved = try RecipeReader().read(text, source: file, defaultName: stem)
        try WholeFile.write(Array(text.utf8), to: file) { _ in false }
        let plan = resolved.recipe
        Console.result(
            "\(file): a recipe of \(Readable.count(plan.sensorCount, of: "sensor")); gen-dataset recipe \(file)"
        )
    }

    /// The file's name.
    private var name: String { file.split(separator: "/").last.map(String.init) ?? file }

    /// What the dataset is called, here as when the recipe is run.
    private var stem: String { RecipeSource.stem(of: name) }

    private func copy(of bundled: String) throws(Failure) -> String {
        let recipe = try GalleryRecipe.found(bundled)
        let old = String(recipe.name.dropLast(".yaml".count))
        return recipe.text.replacing(recipe.name, with: name).replacing(old, with: stem)
            .replacing("\n  name: \(stem)\n", with: "\n  \(RecipeDraft.nameLine(of: stem))\n")
    }

    /// Throws if no dataset can be called like the file: that is no wrong answer.
    private func checkName() throws(Failure) {
        let text = "dataset:\n  \(RecipeDraft.nameLine(of: stem))\n"
        do throws(RecipeErrors) { _ = try RecipeReader().read(text, source: file, defaultName: stem) } catch {
            throw Failure("\(file): \(error.diagnostics[0].message)", status: .wrongUsage)
        }
    }

    private func answered() throws(Failure) -> String {
        var draft = RecipeDraft(name: stem, file: name)
        let isTerminal = isatty(STDIN_FILENO) == 1
        try RecipeInterview()
            .complete(
                &draft,
                ask: { question in
                    if isTerminal { Console.status(question) }
                    return readLine()
                },
                isPatient: isTerminal
            )
        return draft.text
    }
}
