import ArgumentParser
import DatasetDelivery
import DatasetFiles
import DatasetFormats
import DatasetGen

/// `gen-dataset load SOURCE TARGET`: a recipe's or a dataset's readings into a database, proven to have arrived.
struct LoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load",
        abstract: "Load the readings of a recipe or a dataset into a database, and prove that they have arrived.",
        discussion: """
            SOURCE is a recipe, as for the command recipe, or the folder of a dataset, whose readings are computed again \
            from its recipe. TARGET is a URL: postgres://USER@HOST:PORT/DATABASE, timescale://, influx://, clickhouse://, \
            questdb://, victoriametrics://, prometheus://, dir:PATH for files, or null: for nowhere; or that of a broker, which gets a message for each \
            reading: mqtt://HOST/TOPIC, kafka://HOST/TOPIC, nats://HOST/SUBJECT, https://HOST/PATH, with {sensor_id} and the like in topics of \
            MQTT and subjects of NATS. Passwords come from PGPASSWORD, ~/.pgpass or PGSERVICE, or from the variable \
            NAME_PASSWORD of the target.

              gen-dataset load ml-training.yaml postgres://localhost/sensors
            """
    )

    @Argument(
        help: "Recipe (a path, the name of a bundled recipe, or -), or the folder of a dataset.",
        completion: .recipe
    )
    var source: String

    @Argument(help: "URL of the target.")
    var target: String

    @OptionGroup(title: "Recipe") var changes: RecipeChanges

    @Option(help: ArgumentHelp("Table (or schema.table) or measurement of the readings.", valueName: "name"))
    var table: String?

    @Option(
        help: ArgumentHelp(
            "Which reading is sent after which: time, sensor, or sensor after sensor in windows of time, as window=2h.",
            valueName: "order"
        )
    )
    var order: String?

    @Option(help: "What a row is: star (a reading, sensors apart), wide (with all of its sensor), narrow (one metric).")
    var layout: TableLayout?

    @Option(help: ArgumentHelp("Columns of a sensor that are tags, for databases of points.", valueName: "name,…"))
    var tags: String?

    @Option(
        help:
            "What is told of anomalies: fields of each row or message, a table of events beside the readings, or none."
    )
    var labels: TargetOptions.Labels = .fields

    @Option(help: "Create tables: auto, never, or print the SQL and do nothing.")
    var create: TableCreation = .auto

    @Option(help: "What becomes of a table that holds rows: fail, append, or replace it.")
    var ifExists: TargetOptions.IfExists = .fail

    @Flag(help: "Finish an interrupted load; without one, begin.")
    var resume = false

    @Option(
        help: ArgumentHelp(
            "Where acknowledged blocks are noted, for targets that do not note them themselves.",
            valueName: "file"
        ),
        completion: .file()
    )
    var journal: String?

    @Option(
        help: ArgumentHelp("File that holds the token that says who one is.", valueName: "file"),
        completion: .file()
    )
    var tokenFile: String?

    @Option(help: "What is compared afterwards: count, sums, rows or none.")
    var verify: Proof = .sums

    @Flag(help: "Load nothing: prove an earlier load.")
    var verifyOnly = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Connections; default 2, and 1 to brokers, where sensors' readings stay in order.",
            valueName: "n"
        )
    )
    var workers: Int?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What is committed together: readings, a multiple of 16384, or bytes as 4MB; default about 8MB.",
            valueName: "size"
        ),
        transform: { try BatchLimit.option($0) }
    )
    var batch: BatchLimit?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How long a batch should take, as 200ms: batches become smaller or larger.",
            valueName: "time"
        ),
        transform: { try Duration.option($0) }
    )
    var targetLatency: Duration?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Readings a second, whatever the target can take.", valueName: "readings")
    )
    var rate: Double?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Blocks that the target may refuse before the load ends; it never ends well then.",
            valueName: "n"
        )
    )
    var maxErrors = 0

    @Option(
        help: ArgumentHelp("Tell there which blocks were refused and why, as JSON Lines.", valueName: "file"),
        completion: .file()
    )
    var errors: String?

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    @Flag(name: .shortAndLong, help: "No notes and no progress on standard error.")
    var quiet = false

    @Option(help: "When to show the progress line: auto (on a terminal), always or never.")
    var progress: ProgressLine.Visibility = .auto

    func validate() throws {
        if let workers, !(1...64).contains(workers) { throw ValidationError("--workers \(workers): between 1 and 64") }
        if let rate, !(rate > 0 && rate <= 1e9) { throw ValidationError("--rate \(rate): above 0, and 1e9 at most") }
        try batch?.validate()
        try overrides.checkEachKeyIsSetOnce()
        if maxErrors < 0 { throw ValidationError("--max-errors \(maxErrors): 0 or more") }
        if quiet, progress == .always { throw ValidationError("--quiet and --progress always contradict each other") }
        if verifyOnly, verify == .none {
            throw ValidationError("--verify-only and --verify none contradict each other")
        }
        if resume, ifExists == .replace {
            throw ValidationError("--resume and --if-exists replace contradict each other")
        }
        if create == .print {
            let others = GivenOptions.current.names.filter {
                [
                    "--resume", "--verify", "--verify-only", "--if-exists", "--workers", "--batch", "--rate",
                    "--journal", "--target-latency", "--max-errors", "--errors",
                ]
                .contains($0)
            }
            if let other = others.first {
                throw ValidationError("\(other) does not go with --create print, which loads nothing")
            }
        }
        if verifyOnly {
            let others = GivenOptions.current.names.filter {
                [
                    "--resume", "--if-exists", "--batch", "--rate", "--create", "--journal", "--target-latency",
                    "--max-errors", "--errors",
                ]
                .contains($0)
            }
            if let other = others.first {
                throw ValidationError("\(other) does not go with --verify-only, which loads nothing")
            }
        }
    }

    func run() async throws {
        do {
            if create != .print { try RegisteredTargets.check(target) }
            let source = try LoadSource(source, overrides)
            if !quiet { for note in source.notes { Console.note("note: " + note) } }
            if create == .print {
                Console.raw(try RegisteredTargets.script(of: target, for: source.plan, options()))
                return
            }
            try await run(RegisteredTargets.target(of: target, for: source.plan, options()), source)
        } catch let error as DeliveryError {
            throw Failure(error)
        }
    }

    private var overrides: [RecipeOverride] { changes.overrides + (order.map { [.order($0)] } ?? []) }

    private func options() throws -> TargetOptions {
        var options = TargetOptions()
        (options.table, options.layout, options.ifExists, options.resumes) = (table, layout, ifExists, resume)
        (options.labels, options.creates) = (labels, create != .never)
        options.tags = tags.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        (options.journal, options.ordersReadings) = (journal, order != nil)
        options.token = try tokenFile.map { file in
            let text = String(decoding: try InputFile.contents(of: file), as: UTF8.self)
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return options
    }
}

/// Whether tables are created.
enum TableCreation: String, CaseIterable, ExpressibleByArgument {
    case auto
    case never
    case print
}

extension TableLayout: ExpressibleByArgument {}
extension TargetOptions.IfExists: ExpressibleByArgument {}
extension TargetOptions.Labels: ExpressibleByArgument {}
extension Proof: ExpressibleByArgument {}

extension Failure {
    /// What an error of a delivery means to the user.
    init(_ error: DeliveryError) {
        let status: ExitStatus =
            switch error.kind {
            case .usage: .wrongUsage
            case .unstorable: .invalidRecipe
            case .occupied: .cannotCreate
            case .refused, .transient: .ioError
            }
        self.init(error.description, status: status)
    }
}
