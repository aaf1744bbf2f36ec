import ArgumentParser
import DatasetFiles
import DatasetGen

/// `gen-dataset recipes`: the bundled recipes, and help with writing one.
struct RecipesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipes",
        abstract: "List, show and check recipes.",
        subcommands: [List.self, Show.self, Check.self, Schema.self, CitiesCommand.self],
        defaultSubcommand: List.self
    )

    /// The command `recipes list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the bundled recipes.")

        @Flag(help: "Print one JSON object instead of text.")
        var json = false

        func run() {
            if json {
                let entries = GalleryRecipe.all.map { recipe in
                    ["name": .string(recipe.name), "summary": .string(recipe.summary)] as JSONValue
                }
                Console.json(["recipes": .array(entries)])
                return
            }
            let width = GalleryRecipe.all.map(\.name.count).max() ?? 0
            for recipe in GalleryRecipe.all {
                let padding = String(repeating: " ", count: width - recipe.name.count)
                Console.result("\(recipe.name)\(padding)  \(recipe.summary)")
            }
        }
    }

    /// The command `recipes show NAME`.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a bundled recipe.")

        @Argument(help: "Name of a bundled recipe, with or without .yaml.", completion: .bundledRecipe)
        var name: String

        func run() throws {
            Console.raw(try GalleryRecipe.found(name).text)
        }
    }

    /// The command `recipes check FILE`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a recipe: print its row count and notes, or all its errors."
        )

        @OptionGroup var recipe: RecipeOptions

        func run() throws {
            let loaded = try recipe.load()
            let outline = try loaded.outline()
            try loaded.checkSplits(outline)
            for note in loaded.notes + outline.notes { Console.note("note: " + note) }
            let sensors = Readable.count(outline.sensorCount, of: "sensor")
            Console.result(
                Emphasis.good.marking("ok:") + " \(Readable.count(outline.readingCount, of: "reading")) of \(sensors)"
            )
        }
    }

    /// The command `recipes schema`.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of recipes, for editors; or every key as Markdown or as an example."
        )

        @Flag(help: "Print the key reference as Markdown.")
        var markdown = false

        @Flag(help: "Print every key with its default as a recipe, all in comments.")
        var example = false

        func validate() throws {
            if markdown, example { throw ValidationError("--markdown and --example contradict each other") }
        }

        func run() {
            if example {
                Console.raw(RecipeSchema.example())
            } else {
                Console.raw(markdown ? RecipeSchema.markdown() : RecipeSchema.json())
            }
        }
    }
}
