/// Evaluates a ``ProcessModel``.
package struct ProcessSource: MetricSource {
    private let model: ProcessModel
    private var prepared: Range<Int64> = 0..<0
    private var times: [Int64] = []
    private var cycles: [Double] = []
    private var wander: [PreparedWander]
    /// Runs of ticks between the same changes: the map that holds, and the index behind the run's last tick.
    private var runs: [(stage: Int, end: Int)] = []
    /// The part of the way to the run's map that is left.
    private var remaining: [Double] = []
    private var signal: [Double] = []
    private let strips = BoundedNormal.shared.strips

    /// A source of a model.
    package init(_ model: ProcessModel) {
        self.model = model
        wander = model.latent.wander.map { PreparedWander($0) }
    }

    package mutating func prepare(ticks: Range<Int64>) {
        guard ticks != prepared else { return }
        prepared = ticks
        times.removeAll(keepingCapacity: true)
        model.grid.forEachTime(of: ticks) { times.append($0) }
        cycles.resize(to: times.count, filler: 0)
        remaining.resize(to: times.count, filler: 0)
        runs.removeAll(keepingCapacity: true)
        var stage = 0
        for index in times.indices {
            let time = times[index]
            cycles[index] = model.latent.cyclicValue(at: time)
            while stage + 1 < model.stages.count, model.stages[stage + 1].start <= time { stage += 1 }
            if runs.last?.stage != stage { runs.append((stage, index)) }
            runs[runs.count - 1].end = index + 1
            let change = model.stages[stage]
            let passed = time - change.start
            remaining[index] = passed < change.duration ? 1 - Double(passed) / Double(change.duration) : 0
        }
        for index in wander.indices { wander[index].prepare(times) }
    }

    package mutating func fill(_ sensor: MetricKeys, ticks: Range<Int64>, into column: inout [Int32]) {
        let first = Int(ticks.lowerBound - prepared.lowerBound)
        let count = ticks.count
        if signal.count < count { signal.resize(to: count, filler: 0) }
        let level = model.latent.level(of: sensor)
        for index in 0..<count { signal[index] = cycles[first + index] + level }
        for index in wander.indices {
            wander[index].add(sensor, from: first, count: count, to: &signal)
        }
        let key = sensor.key(of: model.tag, .sensor).stream(0x1_0000)
        var begin = 0
        for run in runs where run.end > first {
            let end = min(run.end - first, count)
            guard begin < end else { break }
            write(begin..<end, first: first, firstTick: ticks.lowerBound, run.stage, key, &column)
            begin = end
        }
    }

    private func write(
        _ range: Range<Int>,
        first: Int,
        firstTick: Int64,
        _ stage: Int,
        _ key: RandomKey,
        _ column: inout [Int32]
    ) {
        let (current, previous) = (model.stages[stage].map.values, model.stages[max(0, stage - 1)].map.values)
        let (table, earlier) = (current.span, previous.span)
        let (strips, signal, remaining) = (strips.span, signal.span, remaining.span)
        var counts = column.mutableSpan
        for index in range {
            var value = ProcessMap.value(signal[index], table)
            let way = remaining[first + index]
            if way > 0 { value += way * (ProcessMap.value(signal[index], earlier) - value) }
            if model.noise > 0 {
                let word = key.bits(UInt64(bitPattern: firstTick + Int64(index)))
                let strip = strips[Int(word & 511)]
                value += model.noise * (strip.base + strip.slope * Double(Int64(bitPattern: (word >> 9) & 127)))
            }
            // Adding 1.5 · 2⁵² rounds to the nearest integer, in the lowest bits of the significand.
            counts[index] = Int32(truncatingIfNeeded: Int64(bitPattern: (value + 0x1.8p52).bitPattern)) &* model.step
        }
    }
}
