/// One octave of red noise at prepared ticks: the weights of each tick, and runs of ticks in the same cell, for which a
/// sensor's two deviates are drawn once.
struct PreparedLattice {
    let tag: MetricTag
    let scope: MetricScope
    /// Number of the stream of random numbers.
    let stream: UInt64
    let amplitude: Double
    let period: Int64
    let lag: Int64
    private var firstWeights: [Double] = []
    private var secondWeights: [Double] = []
    private var runs: [(cell: Int64, end: Int)] = []

    /// One octave of a wander, so many times as large.
    init(_ wander: ProcessLatent.Wander, _ part: RedNoise.Part, times factor: Double) {
        (tag, scope, lag) = (wander.tag, wander.scope, wander.lag + part.offset)
        (stream, period) = (part.stream, part.period)
        amplitude = factor * part.amplitude
    }

    mutating func prepare(_ times: [Int64]) {
        firstWeights.resize(to: times.count, filler: 0)
        secondWeights.resize(to: times.count, filler: 0)
        runs.removeAll(keepingCapacity: true)
        for index in times.indices {
            let position = LatticePosition(time: SimulatedTime(microseconds: times[index] - lag), period: period)
            firstWeights[index] = position.firstWeight * amplitude
            secondWeights[index] = position.secondWeight * amplitude
            if runs.last?.cell != position.cell { runs.append((position.cell, index)) }
            runs[runs.count - 1].end = index + 1
        }
    }

    /// Adds the noise of a sensor at `count` prepared ticks from the one of an index on.
    func add(_ sensor: MetricKeys, from first: Int, count: Int, to values: inout [Double]) {
        let deviates = NormalDeviates(sensor.key(of: tag, scope).stream(stream))
        let (left, right) = (firstWeights.span, secondWeights.span)
        var sums = values.mutableSpan
        var begin = 0
        for run in runs where run.end > first {
            let end = min(run.end - first, count)
            guard begin < end else { break }
            let firstDeviate = deviates[UInt64(bitPattern: run.cell)]
            let secondDeviate = deviates[UInt64(bitPattern: run.cell + 1)]
            for index in begin..<end {
                sums[index] += firstDeviate * left[first + index] + secondDeviate * right[first + index]
            }
            begin = end
        }
    }
}
