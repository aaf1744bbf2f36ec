/// Evaluates the standard metrics of a ``SignalModel`` column by column; the scratch memory of one worker.
///
/// ``prepare(ticks:)`` computes what depends on time alone; ``fill(_:ticks:into:)`` then adds a sensor's own part. What
/// changes slowly, the readings at knots, is kept per site and per sensor.
struct StandardSignal {
    let model: SignalModel
    private var ticks: Range<Int64> = 0..<0
    /// Way from the knot before to the knot behind, 0..<1, per prepared tick.
    private var fractions: [Double] = []
    /// Runs of prepared ticks between the same knots: the knot before, and the index behind the run's last tick.
    private var runs: [(knot: Int64, end: Int)] = []
    var knots: KnotCache
    private let strips = BoundedNormal.shared.strips
    /// Per ``Fleet/kinds`` entry, per ``StandardMetric/rawValue``: units of 10⁻ᵈ in one step, and white noise in steps.
    let quanta: [(steps: SIMD4<Int32>, noise: SIMD4<Double>)]
    /// Where the ticks lie in what changes within minutes; only where there are sensors of the second edition.
    var fine = FineGrid()
    var course = FineCourse()
    private let isFine: Bool
    let tails = TailedNormal.shared
    /// The readings of a sensor of the second edition before noise and rounding, by tick and ``StandardMetric/rawValue``.
    var signal: [SIMD4<Double>] = []
    /// Random bits per tick of one call.
    var noise: [UInt64] = []

    init(_ model: SignalModel, sensorCount: Int) {
        self.model = model
        quanta = model.kinds.map { (SIMD4($0.steps), $0.noise) }
        isFine = model.kinds.contains { $0.climate == .cityV2 }
        knots = KnotCache(sites: model.sites, sensorCount: sensorCount)
    }

    /// Sets the ticks that the following calls may ask for.
    mutating func prepare(ticks: Range<Int64>) {
        guard ticks != self.ticks else { return }
        self.ticks = ticks
        if isFine { fine.prepare(model.grid, ticks: ticks) }
        fractions.resize(to: ticks.count, filler: 0)
        runs.removeAll(keepingCapacity: true)
        var (knot, begin, end) = (Int64.min, Int64.min, Int64.min)
        var index = 0
        model.grid.forEachTime(of: ticks) { time in
            if time >= end || time < begin {
                knot = time.flooredQuotient(by: Knot.spacing)
                (begin, end) = (knot * Knot.spacing, (knot + 1) * Knot.spacing)
                runs.append((knot, index))
            }
            runs[runs.count - 1].end = index + 1
            fractions[index] = Double(time - begin) * (1 / Double(Knot.spacing))
            index += 1
        }
    }

    /// Writes the healthy counts of a sensor at some of the prepared ticks into the columns of the metrics, from index 0 on.
    mutating func fill(_ sensor: SensorCore, ticks: Range<Int64>, into columns: inout [[Int32]]) {
        let first = Int(ticks.lowerBound - self.ticks.lowerBound)
        let count = ticks.count
        if noise.count < count { noise.resize(to: count, filler: 0) }
        let key = sensor.noiseKey
        let quantum = quanta[sensor.kind]
        var bits = noise.mutableSpan
        for index in 0..<count { bits[index] = key.bits(UInt64(bitPattern: ticks.lowerBound + Int64(index))) }
        if model.kinds.span[sensor.kind].climate == .cityV2 {
            fillFinely(sensor, first: first, count: count, into: &columns)
            return
        }
        var begin = 0
        for run in runs where run.end > first {
            let end = min(run.end - first, count)
            guard begin < end else { break }
            // A reading at a knot, as those of whole hours, has nothing of the next one.
            let isKnot = end - begin == 1 && fractions[first + begin] == 0
            let (left, right) = knots.values(of: sensor, from: run.knot, isAlone: isKnot, model)
            for (metric, column) in model.standardColumns {
                fill(
                    &columns[column],
                    begin..<end,
                    offset: first,
                    line: (left[metric], right[metric] - left[metric]),
                    noise: quantum.noise[metric],
                    step: quantum.steps[metric],
                    shift: UInt64(metric) * 16
                )
            }
            begin = end
        }
    }

    /// Writes the counts of one metric between two knots: a line, noise and rounding.
    private func fill(
        _ column: inout [Int32],
        _ range: Range<Int>,
        offset: Int,
        line: (start: Double, rise: Double),
        noise deviation: Double,
        step: Int32,
        shift: UInt64
    ) {
        let (table, bits, fractions) = (strips.span, noise.span, fractions.span)
        var counts = column.mutableSpan
        for index in range {
            let word = bits[index] >> shift
            let strip = table[Int(word & 511)]
            let deviate = strip.base + strip.slope * Double(Int64(bitPattern: (word >> 9) & 127))
            let value = line.start + line.rise * fractions[offset + index] + deviation * deviate
            // Adding 1.5 · 2⁵² rounds to the nearest integer, in the lowest bits of the significand.
            counts[index] = Int32(truncatingIfNeeded: Int64(bitPattern: (value + 0x1.8p52).bitPattern)) &* step
        }
    }
}
