import ArgumentParser
import DatasetChecks
import DatasetFiles
import DatasetGen

/// `gen-dataset audit DIR`: how good the labels of a dataset are.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Measure a dataset's quality: exact labels, shares, one-liners, leaks.",
        discussion: """
            Reads the stored rows beside the healthy twin and the event table. Exits with 76 if the labels are not exact, \
            or if earlier events tell the next one; the other figures inform. docs/audit.md says what each means.
            """
    )

    @Argument(help: "Folder of the dataset.", completion: .directory)
    var folder: String

    @Option(
        help: ArgumentHelp(
            "Format to read: csv, sqlite, jsonl, influx, clickhouse, pgcopy, openmetrics, parquet or arrow; default the first that there is.",
            valueName: "format"
        ),
        transform: { text in
            guard let format = OutputFormat(rawValue: text) else {
                throw ValidationError("\(text) is not one of \(OutputFormat.names)")
            }
            return format
        }
    )
    var format: OutputFormat?

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but what is wrong.")
    var quiet = false

    func run() throws {
        let dataset = try StoredDataset(folder: folder)
        let plan = try dataset.plan()
        let report: AuditReport
        do throws(AuditError) {
            report = try DatasetAuditor(files: dataset.files, plan: plan, format: format).audit()
        } catch { throw Failure(error) }
        if json {
            Console.json(report.json)
        } else if !quiet {
            Console.result(AuditDescription(report).text)
        }
        let leaks = report.placementLeaks.map { figure in
            "\(figure.type.name) events give themselves away by \(figure.subject.rawValue): "
                + "\(FixedPoint(rounding: figure.value ?? 0, decimals: 3).text), by chance "
                + "\(FixedPoint(rounding: figure.chance, decimals: 3).text)"
        }
        guard report.isExact, leaks.isEmpty else {
            throw Failure(
                messages: (report.findings.map(\.description) + leaks).map { "\(folder): \($0)" },
                status: .failsVerification
            )
        }
    }
}

extension Failure {
    /// What an audit that cannot be made means to the user.
    fileprivate init(_ error: AuditError) {
        let status: ExitStatus =
            switch error {
            case .noReadings, .noEvents, .columns: .inputNotFound
            case .file(let error): error.isOutOfMemory ? .systemError : .ioError
            case .plan: .invalidRecipe
            }
        self.init(error.description, status: status)
    }
}
