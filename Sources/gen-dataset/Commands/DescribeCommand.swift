import ArgumentParser
import DatasetFiles

/// `gen-dataset describe DIR`: what is in a dataset, on one screen.
struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Summarise a dataset: counts, label shares against the asked ones, ranges, plots.",
        discussion: """
            Counts, shares and ranges come from the manifest. The plots show a day of one sensor, recomputed from \
            recipe.yaml, with letters below the anomalies; --plot draws them as a picture too.

              gen-dataset describe datasets/ml-training --day 2 --plot day.svg
            """
    )

    @Argument(help: "Folder of the dataset.", completion: .directory)
    var folder: String

    @Option(help: ArgumentHelp("Sensor to plot; default the first.", valueName: "id"))
    var sensor: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Day to plot, 24 hours each, counted from the start.", valueName: "n")
    )
    var day = 1

    @Option(
        help: ArgumentHelp(
            "Also draw the plots as an SVG picture into this file, which is new or such a picture; - for standard output, and "
                + "no text.",
            valueName: "file"
        ),
        completion: .file(extensions: ["svg"])
    )
    var plot: String?

    @Flag(help: "Print the manifest as one JSON object instead of text.")
    var json = false

    func validate() throws {
        if day < 1 { throw ValidationError("--day \(day): days are counted from 1") }
        if json, plot == "-" { throw ValidationError("--json and --plot - both write to standard output") }
    }

    func run() throws {
        let dataset = try StoredDataset(folder: folder)
        if json, plot == nil {
            Console.json(dataset.manifest)
            return
        }
        let day = try SensorDay(dataset.plan(), sensor: sensor, number: day)
        if let plot {
            let picture = try SensorPlotSVG(day).text
            if plot == "-" {
                Console.raw(picture)
                return
            }
            try WholeFile.write(Array(picture.utf8), to: plot) { SensorPlotSVG.isPicture($0) }
        }
        if json {
            Console.json(dataset.manifest)
        } else {
            let plots = try SensorPlots(day, width: min(Console.width, 120) - 2)
            Console.result(DatasetDescription(dataset.manifest).text + "\n\n" + plots.text)
        }
    }
}
