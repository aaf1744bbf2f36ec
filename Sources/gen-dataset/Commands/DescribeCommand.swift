import ArgumentParser
import DatasetGen

/// `gen-dataset describe DIR`: what is in a dataset, on one screen.
struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Summarise a dataset: counts, label shares against the asked ones, ranges, plots.",
        discussion: """
            Counts, shares and ranges come from the manifest. The plots show a day of one sensor, recomputed from \
            recipe.yaml, with letters below the anomalies.
            """
    )

    @Argument(help: "Folder of the dataset.")
    var folder: String

    @Option(help: ArgumentHelp("Sensor to plot; default the first.", valueName: "id"))
    var sensor: String?

    @Option(help: ArgumentHelp("Day to plot, 24 hours each, counted from the start.", valueName: "n"))
    var day = 1

    @Flag(help: "Print the manifest as one JSON object instead of text.")
    var json = false

    func validate() throws {
        if day < 1 { throw ValidationError("--day \(day): days are counted from 1") }
    }

    func run() throws {
        let dataset = try StoredDataset(folder: folder)
        if json {
            Console.result(dataset.manifest.compactText)
            return
        }
        let day = try SensorDay(dataset.plan(), sensor: sensor, number: day)
        let plots = try SensorPlots(day, width: min(Console.width, 120) - 2)
        Console.result(DatasetDescription(dataset.manifest).text + "\n\n" + plots.text)
    }
}
