import ArgumentParser
import DatasetDelivery
import DatasetFiles
import DatasetFormats
import DatasetGen

/// The options of a benchmark of a target.
struct TargetBenchOptions: ParsableArguments {
    @Option(parsing: .unconditional, help: ArgumentHelp("Target: connections.", valueName: "n"))
    var workers = 2

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Target: what is committed together: readings, a multiple of 16384, or bytes as 4MB.",
            valueName: "size"
        ),
        transform: { try BatchLimit.option($0) }
    )
    var batch: BatchLimit?

    @Option(help: ArgumentHelp("Target: table or measurement; default gen_dataset_bench.", valueName: "name"))
    var table: String?

    @Option(help: "Target: what becomes of a table that holds rows: fail or replace.")
    var ifExists: TargetOptions.IfExists = .fail

    @Option(help: "Target: what is compared after each run: count, sums, rows or none.")
    var verify: Proof = .sums

    @Option(
        help: ArgumentHelp(
            "Target: also write a report; the name ends in .json, .md or .svg; repeatable.",
            valueName: "file"
        )
    )
    var report: [String] = []

    /// Names of these options, with their dashes.
    static let names = ["--workers", "--batch", "--table", "--if-exists", "--verify", "--report"]

    func validate() throws {
        if !(1...64).contains(workers) { throw ValidationError("--workers \(workers): between 1 and 64") }
        try batch?.validate()
        if ifExists == .append { throw ValidationError("--if-exists append: a benchmark has its table to itself") }
        for file in report where !["json", "md", "svg"].contains(where: { file.hasSuffix("." + $0) }) {
            throw ValidationError("--report \(file): its name ends in .json, .md or .svg, which says what it is")
        }
    }

    /// Writes the reports.
    func write(_ result: TargetBenchReport) throws(FileError) {
        for file in report {
            let text =
                file.hasSuffix(".svg")
                ? TargetBenchSVG(result).text
                : file.hasSuffix(".md") ? result.markdown : result.json.prettyText
            try WholeFile.write(Array(text.utf8), to: file) { beginning in
                let text = String(decoding: beginning, as: UTF8.self)
                return TargetBenchSVG.isPicture(beginning)
                    || (file.hasSuffix(".md") && text.hasPrefix("# ") && text.contains(" into "))
                    || (file.hasSuffix(".json") && text.hasPrefix("{") && text.contains("\"target\""))
            }
        }
    }
}
