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

    @Option(
        help: ArgumentHelp(
            "Real readings, a file as learn takes it: can days of the dataset be told from theirs? By metrics of one name.",
            valueName: "data"
        ),
        completion: .recording
    )
    var against: String?

    @OptionGroup(title: "With --against") var columns: RecordingOptions

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but what is wrong.")
    var quiet = false

    func validate() throws {
        guard against == nil else { return }
        for (name, isGiven) in [
            ("--time", columns.time != nil), ("--sensor", columns.sensor != nil), ("--value", !columns.value.isEmpty),
            ("--table", columns.table != nil),
        ]
        where isGiven {
            throw ValidationError("\(name) needs --against")
        }
    }

    /// The comparison with real readings; nil unless there are any.
    private func comparison(_ plan: GenerationPlan) throws -> TwoSampleTest? {
        guard let against else { return nil }
        let recording = try InputFile.recording(
            named: against,
            columns,
            notesAreShown: !quiet && !json
        )
        guard recording.metrics.contains(where: { plan.recipe.schema[$0.name] != nil }) else {
            let names = recording.metrics.map(\.name).joined(separator: ", ")
            throw Failure(
                "\(against): none of its metrics, \(names), is one of \(folder); --value NAME=COLUMN names them alike",
                status: .invalidRecipe
            )
        }
        let test = try TwoSampleTest(plan.healthyTwin(), against: recording)
        guard min(test.days.dataset, test.days.recording) >= TwoSampleTest.leastDays else {
            throw Failure(
                "\(against): the dataset has \(test.days.dataset) whole days and the file \(test.days.recording); "
                    + "\(TwoSampleTest.leastDays) of each are needed to compare them",
                status: .invalidRecipe
            )
        }
        return test
    }

    func run() throws {
        let dataset = try StoredDataset(folder: folder)
        let plan = try dataset.plan()
        let report: AuditReport
        do throws(AuditError) {
            report = try DatasetAuditor(files: dataset.files, plan: plan, format: format).audit()
        } catch { throw Failure(error) }
        let comparison = try comparison(plan)
        if json {
            Console.json(comparison.map { report.json.adding("against", $0.json) } ?? report.json)
        } else if !quiet {
            if let comparison { Console.result(ComparisonDescription(comparison).text + "\n") }
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
            case .noReadings, .format, .noEvents, .columns: .inputNotFound
            case .file(let error): error.isOutOfMemory ? .systemError : .ioError
            case .plan: .invalidRecipe
            }
        self.init(error.description, status: status)
    }
}
