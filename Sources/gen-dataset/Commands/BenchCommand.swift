import ArgumentParser
import DatasetDelivery
import DatasetFiles
import DatasetGen

/// `gen-dataset bench`: how fast datasets are written on this machine, or a database takes readings.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how fast datasets are written on this machine, or a database takes readings.",
        discussion: """
            Writes a built-in dataset in each format, with and without compression, and in all formats at once, into a \
            temporary folder, which is removed; generates it in memory alone, too. Rates count until the files are on the \
            disk.

              gen-dataset bench --rows 10000000 --format csv,jsonl

            With a TARGET, as for the command load, it loads the built-in dataset into a table of its own, which stays, \
            proves it, and tells rates, times of batches, who waited for whom, and processor time.

              gen-dataset bench postgres:///sensors --runs 3 --report postgresql.md --report postgresql.svg
            """
    )

    @Argument(help: "URL of a target; without one, files are measured.")
    var target: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Readings of a run.", valueName: "n"))
    var rows: Int64 = 2_000_000

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Runs of each output, of which the median counts.", valueName: "n")
    )
    var runs = 3

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Number of sensors, with a reading a second each.", valueName: "n")
    )
    var sensors: Int64 = 1_000

    @Option(parsing: .unconditional, help: ArgumentHelp("Worker threads; default all cores.", valueName: "n"))
    var threads: Int?

    @Option(
        help: ArgumentHelp(
            "Formats to measure: \(OutputFormat.names), separated by commas; none for generation alone.",
            valueName: "list"
        ),
        transform: BenchCommand.formats
    )
    var format: [OutputFormat] = OutputFormat.usual

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Folder on the disk to measure; default the current one.", valueName: "dir")
    )
    var output = "."

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @OptionGroup(title: "Target") var load: TargetBenchOptions

    func validate() throws {
        let foreign = target == nil ? TargetBenchOptions.names : ["--threads", "--format", "--output"]
        if let name = GivenOptions.current.names.first(where: { foreign.contains($0) }) {
            throw ValidationError(
                target == nil
                    ? "\(name) concerns a target, and none is named"
                    : "\(name) concerns files, and a target is measured"
            )
        }
        if !(1...1_000_000_000).contains(rows) { throw ValidationError("--rows \(rows): between 1 and 1,000,000,000") }
        if !(1...1_000).contains(runs) { throw ValidationError("--runs \(runs): between 1 and 1,000") }
        if !(1...1_000_000).contains(sensors) {
            throw ValidationError("--sensors \(sensors): between 1 and 1,000,000")
        }
        if let threads, !(1...1_024).contains(threads) {
            throw ValidationError("--threads \(threads): between 1 and 1024")
        }
    }

    func run() async throws {
        let interruption = Interruption()
        if let target { return try await measure(target, interruption) }
        let bench = Bench(
            rows: rows,
            sensors: sensors,
            runCount: runs,
            threads: threads ?? Processors.count,
            scenarios: BenchScenario.all(of: format),
            isCancelled: { interruption.isRequested }
        )
        let folder = try BenchFolder(in: output)
        let description: BenchDescription
        do {
            defer {
                folder.remove()
                showProgress("")
            }
            let results = try await bench.run(in: folder, onRun: showProgress)
            // As much as the dataset has as text, but no more than takes a second or two.
            let probe = DiskProbe(path: folder.path + "/disk")
            let rate = try probe.writeRate(bytes: min(rows * 200, 256 << 20))
            description = BenchDescription(bench: bench, results: results, diskRate: rate)
        } catch is GenerationCancelled {
            throw Failure("interrupted; the folder of the benchmark is removed", status: interruption.status)
        }
        if json { Console.json(description.json) } else { Console.result(description.text) }
    }

    private func measure(_ target: String, _ interruption: Interruption) async throws {
        var options = TargetOptions()
        (options.table, options.ifExists) = (load.table, load.ifExists)
        var loading = LoadOptions()
        (loading.workerCount, loading.batch) = (load.workers, load.batch)
        loading.retries.isCancelled = { interruption.isRequested }
        let bench = TargetBench(
            url: target,
            rows: rows,
            sensors: sensors,
            runCount: runs,
            options: options,
            load: loading,
            proof: load.verify
        )
        do {
            defer { showProgress("") }
            let report = try await bench.run(onRun: showProgress)
            try load.write(report)
            if json { Console.json(report.json) } else { Console.result(report.text) }
        } catch let error as DeliveryError {
            throw Failure(error)
        } catch is LoadCancelled {
            throw Failure("interrupted; the table of the benchmark stays", status: interruption.status)
        }
    }

    /// Says what is measured, on a terminal; an empty text clears the line.
    private func showProgress(_ text: String) {
        if Console.statusIsTerminal { Console.status("\r\u{1b}[K" + text) }
    }

    /// The formats of a list, in the order in which the library names them.
    private static func formats(_ text: String) throws -> [OutputFormat] {
        if text == "none" { return [] }
        let named = try text.split(separator: ",", omittingEmptySubsequences: false)
            .map { name in
                guard let format = OutputFormat(rawValue: String(name)) else {
                    throw ValidationError("\(name) is not one of \(OutputFormat.names) and none")
                }
                return format
            }
        return OutputFormat.allCases.filter { named.contains($0) }
    }
}
