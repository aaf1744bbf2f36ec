/// Consecutive blocks of a dataset that are computed together.
///
/// In the order of time a block has few readings of each sensor, in a wide fleet one at most. Many blocks at once have a
/// run of them, so that what is prepared per sensor serves more than one reading.
public struct GeneratedChunk: Sendable {
    /// The blocks.
    public internal(set) var blocks: Range<Int64> = 0..<0
    /// Counts and moments of the readings.
    public internal(set) var statistics = DatasetStatistics()
    /// The positions of the readings.
    private(set) var positions: Range<Int64> = 0..<0
    /// Per metric, per reading: as in ``ReadingBlock/metrics``.
    var metrics: [[Int32]] = []
    /// Per metric, per reading: as in ``ReadingBlock/clean``.
    var clean: [[Int32]] = []
    /// Per reading: a ``Label/rawValue``.
    var labels: [UInt8] = []
    /// The events whose first reading is among the readings, and its position, in rising order.
    private var events: [(position: Int64, event: AnomalyEvent)] = []

    /// A chunk without readings, to be filled by ``ChunkGenerator``.
    public init() {}

    /// Makes room for the readings of some blocks; the columns hold arbitrary values.
    mutating func reset(_ plan: GenerationPlan, blocks: Range<Int64>) {
        self.blocks = blocks
        positions = plan.positions(ofBlocks: blocks)
        events.removeAll(keepingCapacity: true)
        statistics.reset(plan.fleet)
        let metricCount = plan.recipe.schema.metrics.count
        metrics.resizeColumns(metricCount, rows: positions.count)
        clean.resizeColumns(plan.recipe.includesCleanTwin ? metricCount : 0, rows: positions.count)
        labels.resize(to: positions.count, filler: 0)
    }

    /// Adds an event whose first reading stands at `position`.
    mutating func append(_ event: AnomalyEvent, at position: Int64) {
        events.append((position, event))
    }

    /// Puts the events in order, when all are there.
    mutating func sortEvents() {
        events.sort { $0.position < $1.position }
    }

    /// Readings of the chunk where they lie; `sensors` and `times` are what the plan fills in at these positions.
    package func slice(at positions: Range<Int64>, sensors: [Int32], times: [Int64]) -> ReadingSlice {
        let first = Int(positions.lowerBound - self.positions.lowerBound)
        return ReadingSlice(
            firstNumber: positions.lowerBound + 1,
            rows: first..<first + positions.count,
            places: 0..<positions.count,
            sensors: sensors,
            times: times,
            metrics: metrics,
            clean: clean,
            labels: labels
        )
    }

    /// The events whose first reading is at one of some positions, by that position.
    package func events(at positions: Range<Int64>) -> [AnomalyEvent] {
        let begin = events.partitioningIndex { $0.position >= positions.lowerBound }
        return events[begin...].prefix { $0.position < positions.upperBound }.map(\.event)
    }

    /// Copies one of the blocks into `block`, whose storage is reused, but for the statistics; `plan` is the chunk's.
    public func copy(block index: Int64, of plan: GenerationPlan, into block: inout GeneratedBlock) {
        let range = plan.positions(ofBlocks: index..<index + 1)
        let first = Int(range.lowerBound - positions.lowerBound)
        block.readings.reset(
            firstNumber: range.lowerBound + 1,
            count: range.count,
            metricCount: metrics.count,
            includesCleanTwin: plan.recipe.includesCleanTwin
        )
        for metric in metrics.indices { metrics[metric].copy(from: first, into: &block.readings.metrics[metric]) }
        for metric in clean.indices { clean[metric].copy(from: first, into: &block.readings.clean[metric]) }
        labels.copy(from: first, into: &block.readings.labels)
        plan.fill(&block.readings.sensors, &block.readings.times, at: range)

        block.events = events(at: range)
    }
}

extension GenerationPlan {
    /// Fills in which sensors report when, at the positions of a block.
    package func fill(_ sensors: inout [Int32], _ times: inout [Int64], at positions: Range<Int64>) {
        var sensors = sensors.mutableSpan
        var times = times.mutableSpan
        var row = 0
        if rows.window > 1 {
            rows.forEachLine(in: positions) { sensor, ticks in
                grid(ofSensor: sensor)
                    .forEachTime(of: ticks) { time in
                        sensors[row] = Int32(truncatingIfNeeded: sensor)
                        times[row] = time
                        row += 1
                    }
            }
        } else {
            rows.forEachStretch(in: positions) { instant, stretch in
                let time = recipe.grid.time(ofTick: instant).microseconds
                for sensor in stretch {
                    sensors[row] = Int32(truncatingIfNeeded: sensor)
                    times[row] = time
                    row += 1
                }
            }
        }
    }
}

extension Array where Element: BitwiseCopyable {
    /// Copies elements from an index on over all of another array.
    fileprivate func copy(from first: Int, into target: inout [Element]) {
        let source = span
        var elements = target.mutableSpan
        for index in elements.indices { elements[index] = source[first + index] }
    }
}
