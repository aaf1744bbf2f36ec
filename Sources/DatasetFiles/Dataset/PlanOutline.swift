import DatasetFormats
public import DatasetGen

/// What can be said of a dataset before its fleet is made: whether its recipe can be had, what it resolves to, how large it
/// is, and how much memory it takes.
///
/// ```swift
/// let outline = try PlanOutline(recipe)
/// outline.readingCount             // 36,000,000,000, and nothing of them is there
/// let plan = try outline.plan()    // refused where the memory is too small
/// ```
///
/// A recipe of thirty bytes may ask for ten million sensors. All that can be wrong with it concerns its groups, so that a
/// part of each group's sensors is enough to find it.
public struct PlanOutline: Sendable {
    /// The recipe, with every city written out.
    public let recipe: Recipe
    /// The plan of the whole fleet, or of as many sensors of each group as make a sample.
    let sample: GenerationPlan
    private let isWhole: Bool

    /// Sensors of a sample, about: so many that a block has one reading of each.
    private static let sampleCount = Int(GenerationPlan.rowsPerBlock)

    /// Derives the fleet's sample and the models.
    ///
    /// - Parameters:
    ///   - recipe: what to generate.
    ///   - shardCount: how many shards each file is in.
    /// - Throws: ``PlanError`` when what a valid recipe asks for cannot be had.
    public init(_ recipe: Recipe, shardCount: Int = 1) throws(PlanError) {
        let total = recipe.sensorCount
        isWhole = total <= Self.sampleCount || recipe.recording != nil
        var part = recipe
        if !isWhole {
            for index in part.groups.indices {
                let count = max(1, part.groups[index].count * Self.sampleCount / total)
                part.groups[index].keepLast(count)
            }
        }
        sample = try GenerationPlan(part)
        var resolved = sample.recipe
        for (index, group) in recipe.groups.enumerated() {
            resolved.groups[index].count = group.count
            resolved.groups[index].naming = group.naming
        }
        self.recipe = resolved
        let readings = (recipe.readingCount - 1) / Int64(shardCount) + 1
        if let error = RowGroupError(recipe, readings: readings) { throw .rowGroups(error) }
    }

    /// The number of sensors.
    public var sensorCount: Int { recipe.sensorCount }

    /// The number of readings, omitted ones included.
    public var readingCount: Int64 { recipe.readingCount }

    /// What the user should know: places without coordinates, shares that the run is too short for, and incidents that are
    /// to come when it is over.
    public var notes: [String] {
        sample.fleet.notes + sample.shareNotes(sensorScale: scale) + recipe.incidentNotes
    }

    /// Sensors of the fleet for each one of the sample.
    var scale: Double { Double(sensorCount) / Double(max(1, sample.fleet.sensors.count)) }

    /// The plan of the whole dataset.
    ///
    /// - Parameters:
    ///   - use: what it is for.
    ///   - ignoresMemory: whether it is made even where the memory seems too small.
    /// - Returns: the plan, which has all sensors.
    /// - Throws: ``PlanError/memory(_:)`` before any of it is taken.
    public func plan(for use: Use = .reading, ignoresMemory: Bool = false) throws(PlanError) -> GenerationPlan {
        let eventCount = use == .writing ? listedEvents : 0
        let waitingCount = waitingCount(for: use)
        let isSmall = isWhole && eventCount == 0 && waitingCount == 0
        let shortage =
            ignoresMemory || isSmall
            ? nil
            : MemoryShortage(
                of: neededBytes(for: use),
                sensorCount: sensorCount,
                eventCount: Int64(eventCount),
                waitingCount: Int64(waitingCount),
                recipe
            )
        if let shortage { throw .memory(shortage) }
        let plan = isWhole ? sample : try GenerationPlan(recipe)
        if use == .writing { try plan.checkSplits() }
        return plan
    }

    /// Makes sure that each part of the splits has readings, as ``plan(for:ignoresMemory:)`` does for writing.
    ///
    /// - Throws: ``PlanError/splits(_:)``.
    public func checkSplits() throws(PlanError) {
        do throws(PlanError) {
            try sample.checkSplits()
        } catch {
            if isWhole { throw error }
            // The others may have what the sample has not; without the memory for all, the run itself has to say so.
            guard let plan = try? plan() else { return }
            try plan.checkSplits()
        }
    }

    /// What a plan is for.
    public enum Use: Sendable {
        /// Looking at readings: the fleet alone counts.
        case reading
        /// Sending readings to a database or a broker: those that are on their way count as well.
        case loading
        /// Writing the dataset: what is prepared for each sensor counts as well.
        case writing
        /// A live run: the texts that are bound to each row count as well.
        case live
    }

    /// About how many bytes of memory the sensors and their events take; what does not grow with them is left out.
    func neededBytes(for use: Use) -> Int64 {
        var bytesPerSensor = Self.sensorBytes
        switch use {
        case .reading, .loading: break
        case .writing:
            bytesPerSensor += Self.writtenSensorBytes
            for output in recipe.readingOutputs {
                bytesPerSensor += RegisteredFormats.format(of: output.parameters.format).bytesPerSensor
            }
        case .live: bytesPerSensor += Self.liveSensorBytes
        }
        let eventBytes = use == .writing ? EventDirectory.neededBytes(eventCount: listedEvents) : 0
        let waitingBytes = Int64(min(waitingCount(for: use) * bytesPerWaiting, 1e18))
        return Int64(sensorCount) * Int64(bytesPerSensor) + eventBytes + waitingBytes
    }

    /// About how many readings are held in memory until they arrive.
    private func waitingCount(for use: Use) -> Double {
        switch use {
        case .reading: 0
        case .loading, .writing: recipe.waitingCount
        case .live: recipe.readingsOnTheirWay
        }
    }

    /// Bytes of a reading on its way: sensor, label, number, times and values, and half as many while it is put in order.
    private var bytesPerWaiting: Double {
        let columns = recipe.schema.metrics.count * (recipe.includesCleanTwin ? 2 : 1)
        return Double(29 + 4 * columns) * 1.5
    }

    /// About how many events are held in memory, as rows tell of them.
    private var listedEvents: Double {
        let isTold = recipe.outputs.contains { ReadingOutput(parameters: $0, of: recipe).tellsEvents }
        return isTold ? min((ExpectedEvents.count(sample) * scale).rounded(), 1e15) : 0
    }

    // Measured: the slope of the greatest resident size from 100,000 to 600,000 sensors, and a tenth more.

    /// A ``Sensor`` and what of its texts lies elsewhere.
    private static let sensorBytes = 200
    /// Its line of `sensors.csv`, twice while it is put together, and what workers know of it.
    private static let writtenSensorBytes = 650
    /// Its texts and numbers as a live run binds them.
    private static let liveSensorBytes = 220
}

extension FleetGroup {
    /// Makes the group one of its last sensors: their numbers have the length that most have.
    fileprivate mutating func keepLast(_ kept: Int) {
        if case .numbered(let prefix, let startIndex) = naming {
            naming = .numbered(prefix: prefix, startIndex: startIndex + count - kept)
        }
        count = kept
    }
}
