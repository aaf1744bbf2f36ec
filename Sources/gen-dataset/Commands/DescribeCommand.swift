import ArgumentParser
import DatasetGen

/// `gen-dataset describe DIR`: what is in a dataset, on one screen.
struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Summarise a dataset: counts, label shares against the asked ones, ranges, plots.",
        discussion: """
            Counts, shares and ranges come from the manifest. The plots show the first day of one sensor, recomputed from \
            recipe.yaml; ^ marks anomalies.
            """
    )

    @Argument(help: "Folder of the dataset.")
    var folder: String

    @Option(help: ArgumentHelp("Sensor to plot; default the first.", valueName: "id"))
    var sensor: String?

    @Flag(help: "Print the manifest as one JSON object instead of text.")
    var json = false

    func run() throws {
        let dataset = try StoredDataset(folder: folder)
        if json {
            Console.result(dataset.manifest.compactText)
            return
        }
        let description = DatasetDescription(dataset.manifest)
        Console.result(description.text)
        let plots = try SensorPlots(dataset.plan(), sensor: sensor, width: min(Console.width, 120) - 12)
        Console.result(plots.text)
    }
}
