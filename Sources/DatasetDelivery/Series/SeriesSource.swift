import DatasetFormats
import DatasetGen

/// Readings as series of samples, on their way into a database of these.
struct SeriesSource: Sendable {
    let plan: GenerationPlan
    /// The readings in the order of sensors: the samples of a series then come together.
    let bySensor: GenerationPlan
    let names: SeriesNames
    /// What names begin with.
    let prefix: String
    private let includesLabels: Bool

    /// - Parameters:
    ///   - plan: the readings.
    ///   - options: what the load asks for; what it says nothing of is as in the recipe's file of points.
    ///   - scheme: of the target.
    /// - Throws: ``DeliveryError`` where names or times cannot be had so.
    init(_ plan: GenerationPlan, _ options: TargetOptions, scheme: String) throws(DeliveryError) {
        if !options.creates {
            throw DeliveryError(.usage, "\(scheme): has no tables, which --create never could want to be there")
        }
        let points = OutputParameters.points(of: plan.recipe).points
        prefix = options.table ?? points.measurement
        guard SeriesNames.isPrefix(prefix) else {
            throw DeliveryError(
                .usage,
                "\(prefix.quoted) cannot begin the names of series, which are of letters, digits, _ and :, and begin with "
                    + "no digit; --table gives another name"
            )
        }
        var tags = points.tags
        if let names = options.tags { tags = try options.tagColumns(names) }
        (self.plan, includesLabels) = (plan, options.includesLabels)
        names = SeriesNames(
            plan.recipe.schema,
            prefix: prefix,
            tags: tags,
            includesTwin: options.includesLabels && plan.recipe.includesCleanTwin,
            includesLabels: options.includesLabels
        )
        let grid = plan.recipe.grid
        guard grid.isWhole(in: .epochMilliseconds) else {
            throw DeliveryError(
                .unstorable,
                "readings from \(grid.start.zonedText) every \(grid.interval.text) are not at whole milliseconds, and "
                    + "\(scheme): knows nothing finer: dataset.start and simulation.interval can be others"
            )
        }
        do throws(PlanError) {
            bySensor = try plan.ordered(by: .sensor)
        } catch { throw DeliveryError(.unstorable, error.description) }
    }

    /// Whether the healthy twin is sent.
    var usesTwin: Bool { includesLabels && plan.recipe.includesCleanTwin }

    /// Which load it is, for a journal.
    func identity(_ target: String) -> LoadIdentity {
        LoadIdentity(
            target: "\(target), series \(prefix)_*",
            plan,
            options: [
                "tags": names.tags.map(\.name).joined(separator: ","), "labels": includesLabels ? "fields" : "none",
            ]
        )
    }
}
