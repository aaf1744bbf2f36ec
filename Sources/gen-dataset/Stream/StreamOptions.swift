import ArgumentParser
import DatasetFiles
import DatasetGen

/// The options that say which part of the readings goes to standard output.
struct StreamOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Columns of the rows, in this order; with --output -.", valueName: "name,…"))
    var columns: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("First instant of the rows, ISO 8601; with --output -.", valueName: "time")
    )
    var from: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("End of the rows (exclusive), ISO 8601; with --output -.", valueName: "time")
    )
    var to: String?

    @Option(
        help: ArgumentHelp(
            "Sensors of the rows, by their ids, with * and ? for any letters and any letter; with --output -.",
            valueName: "id,…"
        )
    )
    var onlySensors: String?

    /// What they change in the recipe.
    var overrides: [RecipeOverride] { columns.map { [.columns($0)] } ?? [] }

    func validate() throws {
        let (start, end) = (try Self.time(from, of: "--from"), try Self.time(to, of: "--to"))
        if let start, let end, start >= end {
            throw ValidationError("--from \(from ?? "") is not before --to \(to ?? "")")
        }
        if let columns, columns.split(separator: ",", omittingEmptySubsequences: false).contains(where: \.isBlank) {
            throw ValidationError("--columns \(columns): write names with commas between, such as timestamp,sensor_id")
        }
        if let onlySensors, SensorPatterns(onlySensors).hasEmpty {
            throw ValidationError(
                "--only-sensors \(onlySensors): write ids with commas between, such as TEMP_000001,TEMP_1*"
            )
        }
    }

    private static func time(_ text: String?, of option: String) throws -> SimulatedTime? {
        guard let text else { return nil }
        guard let time = SimulatedTime(parsing: text) else {
            throw ValidationError("\(option) \(text): write a time such as 2025-01-18T10:30:45Z or 2025-01-18")
        }
        return time
    }

    /// Throws if the readings of a recipe cannot go to standard output, or none of its time are asked for.
    ///
    /// - Throws: ``Failure``.
    func check(_ recipe: Recipe) throws {
        do throws(StreamError) { try ReadingStream.check(recipe) } catch { throw Failure(error, recipe) }
        let (start, end) = (try Self.time(from, of: "--from"), try Self.time(to, of: "--to"))
        if let start, start >= recipe.grid.end { throw Self.failure("--from", from, recipe) }
        if let end, end <= recipe.grid.start { throw Self.failure("--to", to, recipe) }
    }

    private static func failure(_ option: String, _ text: String?, _ recipe: Recipe) -> RecipeErrors {
        let message =
            "no reading is taken then: they are from \(recipe.grid.start.zonedText) to before \(recipe.grid.end.zonedText)"
        return RecipeErrors([
            RecipeDiagnostic(origin: .option(option), keyPath: "", message: "\(text ?? ""): \(message)")
        ])
    }

    /// The readings of a plan that are asked for, or the part of them that is one of so many; nil for all.
    ///
    /// - Throws: `RecipeErrors` for a sensor that there is not.
    func selection(of plan: GenerationPlan, _ shard: Shard?) throws -> ReadingSelection? {
        if from == nil, to == nil, onlySensors == nil, shard == nil { return nil }
        let selection = ReadingSelection(
            of: plan,
            sensors: try onlySensors.map { try SensorPatterns($0).sensors(of: plan.fleet) },
            from: try Self.time(from, of: "--from"),
            to: try Self.time(to, of: "--to")
        )
        return shard.map { selection.part($0) } ?? selection
    }
}

extension UseTable.Option {
    /// Why it is refused in a mode in which it does not count.
    func refusal(in mode: RunMode) -> String {
        switch mode {
        case .live: "\(name) does not go with --realtime: \(advice)"
        case .stream: "\(name) does not go with --output -: \(streamAdvice.isEmpty ? advice : streamAdvice)"
        case .batch, .monitored, .dryRun: "\(name): \(advice)"
        }
    }
}

extension Failure {
    /// What it means to the user that readings cannot go to standard output.
    init(_ error: StreamError, _ recipe: Recipe) {
        switch error {
        case .severalOutputs:
            let formats = recipe.outputs.map(\.format.rawValue).joined(separator: ", ")
            self.init(
                "--output - writes one format, and the recipe has \(formats); choose one with --format: "
                    + StreamError.formatNames,
                status: .wrongUsage
            )
        case .notAStream(let format):
            self.init(
                "--output -: \(format.title) cannot be written to a pipe; choose another format with --format: "
                    + StreamError.formatNames,
                status: .wrongUsage
            )
        case .partOfArrivals:
            self.init(
                "--from, --to, --only-sensors and --shard do not go with delivery.order: arrival, where readings of all times and "
                    + "sensors are in one order; --set delivery.order=time has the same readings in the order in which they "
                    + "are taken",
                status: .wrongUsage
            )
        }
    }
}

extension Substring {
    /// Whether there is nothing but spaces in it.
    fileprivate var isBlank: Bool { allSatisfy { $0 == " " } }
}
