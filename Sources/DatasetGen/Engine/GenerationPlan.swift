/// Everything that any block of a dataset is computed from: recipe, fleet and models.
///
/// ```swift
/// let plan = try GenerationPlan(recipe)
/// var generator = BlockGenerator(plan)
/// var block = GeneratedBlock()
/// generator.generate(block: 7, into: &block)   // without the six before it
/// ```
public struct GenerationPlan: Sendable {
    /// The recipe, with every city written out.
    public let recipe: Recipe
    /// The sensors.
    public let fleet: Fleet
    /// The order of the readings.
    public let rows: RowGrid
    /// Per pace of the fleet.
    package let signals: [SignalModel]
    /// Per pace of the fleet: when its sensors report.
    package let grids: [TickGrid]
    package let anomalies: AnomalyModel
    /// What becomes of readings on their way; nil where nothing does.
    let delivery: DeliveryModel?
    /// Which part of the splits each reading is in; nil for a recipe without splits.
    package private(set) var splits: SplitTable?
    /// Where the healthy readings come from that the recipe's models do not make; nil for nowhere.
    private let sourced: SourcedMetrics?

    /// Readings in a block, the last one aside.
    ///
    /// Compressed files and the content digest are cut at blocks, so it is part of the format.
    public static let rowsPerBlock: Int64 = 16_384

    /// Derives fleet and models.
    ///
    /// - Parameters:
    ///   - recipe: what to generate.
    ///   - source: what healthy sensors report in place of the recipe's models; nil for nothing.
    /// - Throws: ``PlanError`` when what a valid recipe asks for cannot be had, or the source gives something else.
    public init(_ recipe: Recipe, healthy source: (any HealthySource)? = nil) throws(PlanError) {
        do throws(FleetError) {
            fleet = try Fleet(recipe)
        } catch { throw .fleet(error) }
        self.recipe = fleet.resolvedRecipe
        do throws(TagError) {
            try fleet.checkTags(recipe.outputs)
        } catch { throw .tag(error) }
        let sourced: SourcedMetrics?
        do throws(SourceError) {
            if let source {
                sourced = try SourcedMetrics(source, self.recipe.schema, fleet.sensors)
            } else {
                sourced = nil
            }
        } catch { throw .source(error) }
        self.sourced = sourced
        let signal: SignalModel
        do throws(SignalError) {
            signal = try SignalModel(self.recipe, fleet: fleet).with(sourced)
        } catch { throw .signal(error) }
        do throws(AnomalyError) {
            anomalies = try AnomalyModel(self.recipe, fleet: fleet, signal: signal)
        } catch { throw .anomalies(error) }
        let fleet = fleet
        delivery = recipe.delivery.map { DeliveryModel($0, fleet, start: recipe.grid.start) }
        let rows = RowGrid(self.recipe)
        self.rows = rows
        let grids = (0..<rows.paceCount).map { recipe.grid.every(rows.step(ofPace: $0)) }
        self.grids = grids
        signals = grids.map { signal.on($0) }
        splits = SplitTable(self)
    }

    /// When a sensor reports.
    package func grid(ofSensor sensor: Int) -> TickGrid {
        recipe.recording?.sensors[sensor].grid ?? grids[rows.pace(ofSensor: sensor)]
    }

    /// When the reading at a position is taken.
    package func time(at position: Int64) -> SimulatedTime {
        recipe.grid.time(ofTick: rows.instant(at: position))
    }

    /// The plan of the same dataset without anomalies: what its healthy sensors report.
    ///
    /// - Throws: ``PlanError``; never in practice, since the twin asks for less than this plan does.
    public func healthyTwin() throws(PlanError) -> GenerationPlan {
        var healthy = recipe.withoutAnomalies()
        healthy.includesCleanTwin = false
        healthy.splits = nil
        return try GenerationPlan(healthy, healthy: sourced?.source)
    }

    /// The plan of the same readings in another order; those of a sensor are the same ones.
    ///
    /// - Throws: ``PlanError``; never in practice, since this plan is of the same recipe.
    package func ordered(by order: RowOrder) throws(PlanError) -> GenerationPlan {
        if order == recipe.order { return self }
        var recipe = recipe
        recipe.order = order
        return try GenerationPlan(recipe, healthy: sourced?.source)
    }

    /// The types of anomalies that any device has, in the order of ``AnomalyType``.
    package var anomalyTypes: [AnomalyType] {
        let lists =
            Set(fleet.profiles.map(\.anomalies)).map { ($0 ?? recipe.anomalies).types.map(\.type) }
            + [recipe.incidents.map(\.effect.type)]
        return AnomalyType.allCases.filter { type in lists.contains { $0.contains(type) } }
    }

    /// The number of blocks.
    public var blockCount: Int64 { (rows.count + Self.rowsPerBlock - 1) / Self.rowsPerBlock }

    /// Blocks that are best computed at a time.
    ///
    /// In the order of time so many that each sensor has a long run of readings, within some megabytes; and few enough
    /// for all workers to have some.
    public var blocksPerChunk: Int64 {
        guard rows.window == 1 else { return 1 }
        let wanted = min(128 * rows.sensorCount, 1 << 20) / Self.rowsPerBlock
        return max(1, min(wanted, blockCount / 8))
    }

    /// The number of chunks of ``blocksPerChunk`` blocks.
    public var chunkCount: Int64 { (blockCount + blocksPerChunk - 1) / blocksPerChunk }

    /// The blocks of a chunk; of ``blocksPerChunk`` blocks unless stated otherwise.
    public func blocks(ofChunk index: Int64, blocksPerChunk: Int64? = nil) -> Range<Int64> {
        let length = blocksPerChunk ?? self.blocksPerChunk
        return index * length..<min((index + 1) * length, blockCount)
    }

    /// The positions of the readings of consecutive blocks; none of none, wherever these are.
    package func positions(ofBlocks blocks: Range<Int64>) -> Range<Int64> {
        min(blocks.lowerBound * Self.rowsPerBlock, rows.count)..<min(blocks.upperBound * Self.rowsPerBlock, rows.count)
    }
}

extension FleetGroup {
    /// Whether all of its sensors are at a place of this name.
    fileprivate func stands(at name: String) -> Bool {
        switch site {
        case .named(let place): place == name
        case .place(let place): place.name == name
        case .anyCity, .randomCities: false
        }
    }
}

/// Why a dataset cannot be had as a valid recipe asks.
public enum PlanError: Error, Hashable, CustomStringConvertible {
    /// The fleet cannot be made.
    case fleet(FleetError)
    /// The healthy signal cannot be had.
    case signal(SignalError)
    /// The anomalies cannot be had.
    case anomalies(AnomalyError)
    /// The fleet does not fit into memory.
    case memory(MemoryShortage)
    /// The source of healthy readings gives something else.
    case source(SourceError)
    /// A text of a sensor cannot be written as an output asks.
    case tag(TagError)
    /// The readings cannot be split.
    case splits(SplitError)
    /// A Parquet file would have too many row groups.
    case rowGroups(RowGroupError)

    /// The key of the recipe that has to change.
    public var keyPath: String {
        switch self {
        case .fleet(let error): error.keyPaths.last ?? ""
        case .signal(let error): error.keyPath
        case .anomalies(let error): error.keyPath
        case .memory(let shortage) where shortage.waitingCount > 0: "delivery"
        case .memory(let shortage): shortage.isFleet ? "fleet" : "replicas.count"
        case .source: "metrics"
        case .tag(let error): error.keyPath
        case .splits: "splits"
        case .rowGroups(let error): error.keyPaths[0]
        }
    }

    /// The keys of the recipe one of which has to change, first that which is to blame if it is stated.
    package func keyPaths(in recipe: Recipe) -> [String] {
        switch self {
        case .fleet(let error): error.keyPaths
        case .anomalies(let error): Self.statements(of: error, in: recipe)
        case .signal(let error): Self.groups(of: error, in: recipe).map { "fleet.\($0).\(keyPath)" } + [keyPath]
        case .memory, .source, .tag, .splits: [keyPath]
        case .rowGroups(let error): error.keyPaths
        }
    }

    /// The groups whose own numbers cannot be had.
    private static func groups(of error: SignalError, in recipe: Recipe) -> [Int] {
        switch error {
        case .deviationTooLarge(let metric, let parameters, _), .resolutionTooCoarse(let metric, let parameters, _):
            recipe.groups.indices.filter { recipe.groups[$0].normal?[metric.rawValue] == parameters }
        case .placeUnknown(let name):
            recipe.groups.indices.filter {
                recipe.groups[$0].climate?.isCity == true && recipe.groups[$0].stands(at: name)
            }
        case .metric, .unknownScope: []
        }
    }

    /// What asks for more than the share can be: a group's own section before the recipe's, a phase rather than the
    /// probability beside it.
    private static func statements(of error: AnomalyError, in recipe: Recipe) -> [String] {
        guard case .shareTooLarge(let probability, let profile, _) = error else { return [error.keyPath] }
        let anomalies = recipe.anomalies(of: profile)
        let phase = anomalies.phases.firstIndex { $0.probability == probability }
        let keys =
            (anomalies.probability < probability ? phase.map { ["phases.\($0).probability"] } ?? [] : [])
            + ["probability"]
        let groups = recipe.groups.indices.filter { AnomalyProfile(recipe.groups[$0]) == profile }
        let own = profile.anomalies == nil ? [] : groups.map { "fleet.\($0).anomalies" }
        return own.flatMap { section in keys.map { "\(section).\($0)" } } + own + keys.map { "anomalies.\($0)" }
    }

    /// One line on what is wrong and what would be right.
    public var description: String {
        switch self {
        case .fleet(let error): error.description
        case .signal(let error): error.description
        case .anomalies(let error): error.description
        case .memory(let shortage): shortage.description
        case .source(let error): error.description
        case .tag(let error): error.description
        case .splits(let error): error.description
        case .rowGroups(let error): error.description
        }
    }
}
