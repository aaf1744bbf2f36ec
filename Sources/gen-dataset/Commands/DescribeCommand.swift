import ArgumentParser
import DatasetFiles
import DatasetGen

/// `gen-dataset describe DIR`: what is in a dataset, on one screen, in a picture or on a page.
struct DescribeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "Summarise a dataset: counts, label shares against the asked ones, ranges, plots.",
        discussion: """
            Counts, shares and ranges come from the manifest. The plots show a day of one sensor, recomputed from \
            recipe.yaml, with letters below the anomalies; --plot draws them as a picture too, and --html writes a page \
            about the whole dataset, which any browser shows.

              gen-dataset describe datasets/ml-training --day 2 --plot day.svg
              gen-dataset describe datasets/ml-training --html ml-training.html
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
            "Also draw the plots as a picture into this file, which is new or such a picture: SVG, or PNG if its name ends in "
                + ".png; - for SVG to standard output, and no text.",
            valueName: "file"
        ),
        completion: .file(extensions: ["svg", "png"])
    )
    var plot: String?

    @Option(
        help: ArgumentHelp(
            "Also write a page about the dataset into this file, which is new or such a page; - for standard output, and no text.",
            valueName: "file"
        ),
        completion: .file(extensions: ["html"])
    )
    var html: String?

    @Flag(help: "Print the manifest, and what incidents and phenomena there are, as one JSON object instead of text.")
    var json = false

    func validate() throws {
        if day < 1 { throw ValidationError("--day \(day): days are counted from 1") }
        let writers = [json ? "--json" : nil, plot == "-" ? "--plot -" : nil, html == "-" ? "--html -" : nil]
            .compactMap { $0 }
        if writers.count > 1 {
            throw ValidationError("\(writers[0]) and \(writers[1]) both write to standard output")
        }
        if let plot, plot == html { throw ValidationError("--plot and --html both write \(plot)") }
    }

    func run() throws {
        if let plot { try Self.checkEnding(of: plot) }
        let dataset = try StoredDataset(folder: folder)
        let resolved = try dataset.resolved()
        if json, plot == nil, html == nil, resolved.recipe.incidents.isEmpty,
            resolved.recipe.phenomena.isEmpty
        {
            Console.json(dataset.manifest)
            return
        }
        let plan = try resolved.plan(shardCount: dataset.files.shardCount ?? 1)
        let day = try SensorDay(plan, sensor: sensor, number: day)
        if let plot { try draw(SensorPlotSVG(day), into: plot) }
        // There may be a million phenomena to count, and a picture has no use for them.
        if plot == "-", html == nil { return }
        let (incidents, phenomena) = (IncidentList(plan), PhenomenonSummary(plan))
        if let html {
            let page = DatasetPage(
                dataset.manifest,
                plan: plan,
                incidents: incidents,
                phenomena: phenomena,
                sizes: dataset.sizes
            )
            try write(page.text(), to: html, replacing: DatasetPage.isPage)
        }
        if plot == "-" || html == "-" { return }
        if json {
            var manifest = dataset.manifest
            if !incidents.causes.isEmpty { manifest = manifest.adding("incidents", incidents.json) }
            if !phenomena.kinds.isEmpty { manifest = manifest.adding("phenomena", phenomena.json) }
            Console.json(manifest)
        } else {
            let plots = try SensorPlots(day, width: min(Console.width, 120) - 2)
            Console.result(DatasetDescription(dataset.manifest, incidents, phenomena).text + "\n\n" + plots.text)
        }
    }

    /// Throws for a name that promises another kind of picture.
    private static func checkEnding(of path: String) throws {
        let name = path.split(separator: "/").last ?? ""
        guard let point = name.lastIndex(of: ".") else { return }
        let ending = name[name.index(after: point)...].lowercased()
        guard !["", "svg", "png"].contains(ending) else { return }
        // That it is no place for a picture at all is said first.
        try WholeFile.checkFolder(of: path)
        throw Failure("cannot create \(path): a picture is .svg or .png", status: .cannotCreate)
    }

    private func draw(_ picture: SensorPlotSVG, into path: String) throws {
        guard path.lowercased().hasSuffix(".png") else {
            return try write(picture.text, to: path, replacing: SensorPlotSVG.isPicture)
        }
        try WholeFile.write(PNGPicture.bytes(of: picture), to: path, replacing: PNGPicture.isPicture)
    }

    /// Writes a picture or a page into a file, or to standard output.
    private func write(_ text: String, to path: String, replacing isReplaceable: ([UInt8]) -> Bool) throws {
        if path == "-" {
            Console.raw(text)
        } else {
            try WholeFile.write(Array(text.utf8), to: path, replacing: isReplaceable)
        }
    }
}
