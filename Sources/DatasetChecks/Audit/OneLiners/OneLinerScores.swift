package import DatasetGen

/// Counts, for every one-liner and every threshold at once, what it would find and what it would flag wrongly.
///
/// A run of consecutive normal readings above a threshold begins wherever the level rises above it. So a reading of level
/// b behind one of level a < b begins a run for each threshold in a + 1…b: a difference array takes two additions. Per
/// event the highest level of its readings is counted: it is found at all thresholds up to that.
///
/// Readings from which a channel still sees another event behind them count for nothing, be they normal or of an event:
/// that event is found by others of its readings, or not. Where events lie densely few are left
/// to a long window: its false alarms are counted there and scaled to all normal readings, or a detector that hardly ever
/// gets to raise one would look perfect. A channel that a twentieth of them is not left to is not judged.
package struct OneLinerScores {
    /// Difficulties beyond so many are not told apart.
    package static let maximumDifficulties = StoredEvents.maximumDifficulties
    private static let levels = ScoreLevel.highest + 2
    private static let typeCount = AnomalyType.allCases.count + 1

    /// How many readings behind an event a channel's features still see it.
    private let reaches: [Int]
    /// The distinct ``reaches``, rising.
    private let distinctReaches: [Int]
    /// Per channel and level: the change of the number of runs.
    private var rises: [Int64]
    /// Per type, difficulty (0 for none), channel and level: events.
    private var events: [Int64]
    /// Per distinct reach: normal readings, and runs of them.
    private var normal: [Int64]
    private var stretches: [Int64]
    /// Per type: the lengths of its events.
    private var lengths: [[Int64: Int64]]
    /// Per type and difficulty (0 for none): events.
    private var eventCounts: [Int64]

    /// What is known of a sensor between two of its readings.
    package struct SensorState {
        /// The last reading's levels; 0 where it does not count.
        fileprivate var last: [UInt8]
        /// The highest levels of the event at hand.
        fileprivate var highest: [UInt8]
        /// Readings since the last event.
        fileprivate var sinceEvent = Int.max
        fileprivate var isNormal = false
        fileprivate var eventLength: Int64 = 0
    }

    /// Counts for channels that reach so far behind an event.
    package init(reaches: [Int]) {
        self.reaches = reaches
        distinctReaches = Array(Set(reaches)).sorted()
        rises = Array(repeating: 0, count: reaches.count * Self.levels)
        let groups = Self.typeCount * (Self.maximumDifficulties + 1)
        events = Array(repeating: 0, count: groups * reaches.count * Self.levels)
        eventCounts = Array(repeating: 0, count: groups)
        normal = Array(repeating: 0, count: distinctReaches.count)
        stretches = normal
        lengths = Array(repeating: [:], count: Self.typeCount)
    }

    /// The state of a sensor before its first reading.
    package func start() -> SensorState {
        let none = [UInt8](repeating: 0, count: reaches.count)
        return SensorState(last: none, highest: none)
    }

    /// Takes a normal reading with its levels per channel.
    package mutating func addNormal(_ levels: [UInt8], _ state: inout SensorState) {
        for index in distinctReaches.indices where state.sinceEvent >= distinctReaches[index] {
            normal[index] += 1
            if state.sinceEvent == distinctReaches[index] || !state.isNormal { stretches[index] += 1 }
        }
        let since = state.sinceEvent
        let levels = levels.span
        let ownReaches = reaches
        let reaches = ownReaches.span
        var last = state.last.mutableSpan
        var rises = rises.mutableSpan
        for channel in 0..<levels.count {
            guard since >= reaches[channel] else { continue }
            let (level, before) = (levels[channel], last[channel])
            if level > before {
                rises[channel &* Self.levels &+ Int(before) &+ 1] &+= 1
                rises[channel &* Self.levels &+ Int(level) &+ 1] &-= 1
            }
            last[channel] = level
        }
        state.isNormal = true
        if since != .max { state.sinceEvent = since + 1 }
    }

    /// Takes a reading of an event; with the last one, the event is counted.
    package mutating func addAnomalous(
        _ levels: [UInt8],
        _ state: inout SensorState,
        type: AnomalyType,
        difficulty: Int,
        isLast: Bool
    ) {
        // An event is found by its own readings: not by those of the event before, where a window still holds them.
        let behind = state.sinceEvent == .max ? .max : state.sinceEvent + Int(state.eventLength)
        for channel in levels.indices where behind >= reaches[channel] {
            state.highest[channel] = max(state.highest[channel], levels[channel])
        }
        state.eventLength += 1
        guard isLast else { return }
        let group = Int(type.rawValue) * (Self.maximumDifficulties + 1) + difficulty + 1
        eventCounts[group] += 1
        lengths[Int(type.rawValue)][state.eventLength, default: 0] += 1
        for channel in levels.indices {
            events[(group * reaches.count + channel) * Self.levels + Int(state.highest[channel])] += 1
            state.last[channel] = 0
            state.highest[channel] = 0
        }
        state.sinceEvent = 0
        state.isNormal = false
        state.eventLength = 0
    }

    /// The best channel and threshold for the events of a type; nil without events.
    package func best(for type: AnomalyType) -> Best? {
        let groups = groups(of: type)
        let total = groups.reduce(0) { $0 + eventCounts[$1] }
        guard total > 0 else { return nil }
        var best: Best?
        for channel in reaches.indices {
            let scale = scaleOfFalseAlarms(channel)
            guard scale <= 20 else { continue }
            var runs: Int64 = 0
            var hits = groups.reduce(0) { $0 + events[cell($1, channel, 0)...].prefix(Self.levels).reduce(0, +) }
            hits -= groups.reduce(0) { $0 + events[cell($1, channel, 0)] }
            for level in 1...ScoreLevel.highest {
                runs += rises[channel * Self.levels + level]
                let f1 = F1(hits: hits, events: total, falseAlarms: Double(runs) * scale)
                if f1.value > best?.score.value ?? 0 { best = Best(channel: channel, level: level, score: f1) }
                hits -= groups.reduce(0) { $0 + events[cell($1, channel, level)] }
            }
        }
        return best ?? Best(channel: 0, level: ScoreLevel.highest, score: F1(hits: 0, events: total, falseAlarms: 0))
    }

    /// The channel and threshold that find most events of a type with no more false alarms than a share of the normal readings;
    /// nil without events, or where no threshold is high enough.
    package func best(for type: AnomalyType, falseAlarmRate: Double) -> Best? {
        let groups = groups(of: type)
        let total = groups.reduce(0) { $0 + eventCounts[$1] }
        guard total > 0 else { return nil }
        let limit = falseAlarmRate * Double(normal[0])
        var best: Best?
        for channel in reaches.indices {
            let scale = scaleOfFalseAlarms(channel)
            guard scale <= 20 else { continue }
            var runs = rises[channel * Self.levels..<(channel + 1) * Self.levels - 1].reduce(0, +)
            var hits: Int64 = 0
            // From the top: at low thresholds runs are few again, as they grow together.
            for level in stride(from: ScoreLevel.highest, to: 0, by: -1) {
                guard Double(runs) * scale <= limit else { break }
                hits += groups.reduce(0) { $0 + events[cell($1, channel, level)] }
                if hits > best?.score.hits ?? -1 {
                    let score = F1(hits: hits, events: total, falseAlarms: Double(runs) * scale)
                    best = Best(channel: channel, level: level, score: score)
                }
                runs -= rises[channel * Self.levels + level]
            }
        }
        return best
    }

    /// How many events of a type and a difficulty there are, and how many of them a detector finds.
    package func hits(of best: Best, for type: AnomalyType, difficulty: Int) -> (hits: Int64, events: Int64) {
        let group = Int(type.rawValue) * (Self.maximumDifficulties + 1) + difficulty + 1
        let first = cell(group, best.channel, best.level)
        let count = ScoreLevel.highest + 1 - best.level
        return (events[first..<first + count].reduce(0, +), eventCounts[group])
    }

    /// The F1 of a detector that flags readings at random, at the rate that is best for it.
    package func chance(for type: AnomalyType) -> Double {
        let lengths = lengths[Int(type.rawValue)].sorted { $0.key < $1.key }
            .map { (length: $0.key, count: $0.value) }
        return ChanceLevel(events: lengths, normal: normal[0], stretches: stretches[0]).f1
    }

    /// Normal readings by those that a channel is judged on.
    private func scaleOfFalseAlarms(_ channel: Int) -> Double {
        let reach = distinctReaches.firstIndex(of: reaches[channel]) ?? 0
        if normal[0] == 0 { return 1 }
        return normal[reach] == 0 ? .infinity : Double(normal[0]) / Double(normal[reach])
    }

    private func groups(of type: AnomalyType) -> Range<Int> {
        let first = Int(type.rawValue) * (Self.maximumDifficulties + 1)
        return first..<first + Self.maximumDifficulties + 1
    }

    private func cell(_ group: Int, _ channel: Int, _ level: Int) -> Int {
        (group * reaches.count + channel) * Self.levels + level
    }

    /// A channel, a threshold's level, and what they achieve.
    package struct Best {
        package var channel: Int
        package var level: Int
        package var score: F1
    }
}
