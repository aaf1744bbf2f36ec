import ArgumentParser
import DatasetFiles
import DatasetGen

/// `gen-dataset export DIR --as FORMAT`: a dataset as those who compare detectors take it.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Export a dataset for benchmarks of anomaly detection: \(ExportFormat.names).",
        discussion: """
            Series are computed from recipe.yaml, sensor by sensor. What a format cannot hold is refused with the reason. \
            docs/ml.md says what each has.

              gen-dataset export datasets/ml-training --as npy --window 60
            """
    )

    @Argument(help: "Folder of the dataset.", completion: .directory)
    var folder: String

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Format: \(ExportFormat.names).", valueName: "format"),
        completion: .list(ExportFormat.allCases.map(\.rawValue)),
        transform: { text in
            guard let format = ExportFormat(rawValue: text) else {
                throw ValidationError("\(text) is not one of \(ExportFormat.names)")
            }
            return format
        }
    )
    var format: ExportFormat

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Folder to write, which is new; default the dataset's with the format.", valueName: "dir"),
        completion: .directory
    )
    var output: String?

    @Option(
        help: ArgumentHelp(
            "At most so many sensors, or with ucr events, evenly spread; default all, with ucr \(ExportOptions.usualEventCount).",
            valueName: "n"
        )
    )
    var limit: Int?

    @Option(help: ArgumentHelp("With npy: readings of a window; default 100.", valueName: "n"))
    var window: Int?

    @Option(help: ArgumentHelp("With npy: readings from one window to the next; default a window.", valueName: "n"))
    var stride: Int?

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    func validate() throws {
        for (name, value) in [("--limit", limit), ("--window", window), ("--stride", stride)] {
            guard let value else { continue }
            if value < 1 { throw ValidationError("\(name) \(value): it must be 1 at least") }
            if value > 1 << 24 { throw ValidationError("\(name) \(value): it must be 16777216 at most") }
            guard name == "--limit" || format == .npy else {
                throw ValidationError("\(name) means nothing with --as \(format.rawValue)")
            }
        }
    }

    func run() throws {
        let plan = try StoredDataset(folder: folder).plan()
        let options = ExportOptions(format: format, limit: limit, window: window ?? 100, stride: stride)
        let path = output ?? Self.trimmed(folder) + "-" + format.rawValue
        let summary: DatasetExport.Summary
        do throws(ExportError) {
            summary = try DatasetExport(plan, options).write(to: path)
        } catch {
            if case .file(let error) = error { throw error }
            throw Failure("\(folder) \(error)", status: .invalidRecipe)
        }
        if json {
            Console.json([
                "path": .string(path), "format": .string(format.rawValue), "series": .integer(summary.series),
                "anomalies": .integer(summary.anomalies), "skipped": .integer(summary.skipped),
            ])
            return
        }
        Console.result("\(path): " + Self.text(of: summary, format))
    }

    private static func text(of summary: DatasetExport.Summary, _ format: ExportFormat) -> String {
        if format == .npy {
            return Readable.count(Int64(summary.series), of: "window") + ", \(summary.anomalies) of them with anomalies"
        }
        let text = "\(summary.series) series, \(summary.anomalies) anomalies"
        guard summary.skipped > 0 else { return text }
        let skipped = Readable.count(Int64(summary.skipped), of: "sensor")
        return text + "; \(skipped) left out, with no anomaly behind the training"
    }

    /// A path without slashes at its end.
    private static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.utf8.last == UInt8(ascii: "/") { path.removeLast() }
        return path
    }
}
