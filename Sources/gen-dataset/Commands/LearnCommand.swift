import ArgumentParser
import DatasetChecks
import DatasetFiles
import DatasetGen

/// `gen-dataset learn DATA`: a recipe whose readings are like those in a file.
struct LearnCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "learn",
        abstract: "Make a recipe whose readings are like your own.",
        discussion: """
            DATA is a file as `inject` takes it. The recipe is text to be read and edited: distribution, levels of \
            sensors, cycles, weeks, wander, noise, what follows what, and what is missing, with a comment on how well each is \
            caught. docs/own-data.md says more.

              gen-dataset learn plant.csv -o plant.yaml

            A recipe that was learnt and has not been changed since is written anew; what has been edited stays, unless \
            --overwrite says that it may go.
            """
    )

    @Argument(help: "File of readings: CSV, also compressed, Parquet or SQLite.", completion: .recording)
    var data: String

    @OptionGroup var columns: RecordingOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "File to write, which is new or a learnt recipe; default standard output.",
            valueName: "file"
        ),
        completion: .recipe
    )
    var output: String?

    @Flag(help: "Replace a learnt recipe that has been edited since, too.")
    var overwrite = false

    @Flag(name: .shortAndLong, help: "No notes on standard error.")
    var quiet = false

    func run() throws {
        if let output, !overwrite, LearntText.isEdited(output) {
            throw Failure(
                "\(output): it has been edited since it was learnt; --overwrite replaces it all the same".onOneLine,
                status: .cannotCreate
            )
        }
        let recording = try InputFile.recording(
            named: data,
            columns,
            notesAreShown: !quiet
        )
        let text: String
        do throws(RecipeErrors) {
            let learner = RecipeLearner(recording, name: Self.name(of: data), source: data.onOneLine)
            text = LearntText.marked(try learner.text())
        } catch {
            throw Failure("\(data): no recipe has such readings: \(error)".onOneLine, status: .invalidRecipe)
        }
        guard let output else { return Console.raw(text) }
        try WholeFile.write(Array(text.utf8), to: output) { LearntText.isLearnt($0) }
        Console.result("\(output): \(recording.metrics.count.grouped(of: "metric")) learnt")
    }

    /// A dataset's name from that of a file.
    private static func name(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? ""
        let stem = file.prefix { $0 != "." }
        let plain = stem.unicodeScalars.map { scalar -> Character in
            let isPlain =
                ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
            return isPlain ? Character(scalar) : "-"
        }
        let name = String(plain.prefix(80)).drop { $0 == "-" }
        return name.isEmpty ? "learnt" : String(name)
    }
}
