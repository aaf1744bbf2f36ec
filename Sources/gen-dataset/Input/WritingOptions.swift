import ArgumentParser
import DatasetFiles
import DatasetGen

/// The options that say how a dataset is written and what is told meanwhile, wherever its readings come from.
struct WritingOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("Worker threads; default all cores.", valueName: "n"))
    var threads: Int?

    @Flag(help: "Replace an existing dataset once the new one is complete.")
    var overwrite = false

    @Flag(help: "Finish an interrupted run; without one, begin.")
    var resume = false

    @OptionGroup var signing: SigningOptions

    @Flag(help: "Begin even where disk or memory seem too small.")
    var ignoreSpace = false

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "No notes and no progress on standard error.")
    var quiet = false

    @Flag(name: [.short, .long, .customLong("debug")], help: "Say on standard error what is done and how fast.")
    var verbose = false

    @Option(help: "When to show the progress line: auto (on a terminal), always or never.")
    var progress: ProgressLine.Visibility = .auto

    func validate() throws {
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads \(threads): between 1 and 1024")
        }
        if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other") }
        if quiet, progress == .always { throw ValidationError("--quiet and --progress always contradict each other") }
    }

    var workerCount: Int { threads ?? Processors.count }

    var showsProgress: Bool { !quiet && progress.isShown }

    /// The key of `--sign`; what is to be said of its file is said.
    ///
    /// - Throws: ``Failure`` if there is no such key.
    func signingKey() throws -> SigningKey? {
        guard let (key, note) = try signing.signingKey() else { return nil }
        if let note { tell([note]) }
        return key
    }

    /// Writes notes to standard error, unless nobody wants any.
    func tell(_ notes: [String]) {
        guard !quiet else { return }
        for note in notes { Console.note("note: " + note) }
    }

    /// What writes a dataset as these options say.
    func generation(in folder: String, _ shard: Shard? = nil, signer: SigningKey?) -> DatasetGeneration {
        DatasetGeneration(
            folder: folder,
            shard: shard,
            options: DatasetWriter.Options(
                workerCount: workerCount,
                replacesExisting: overwrite,
                resumes: resume,
                ignoresSpace: ignoreSpace,
                signer: signer
            ),
            showsProgress: showsProgress,
            isVerbose: verbose,
            isJSON: json
        )
    }
}

extension ProgressLine.Visibility: ExpressibleByArgument {}
