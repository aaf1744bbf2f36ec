extension StandardSignal {
    /// Ticks whose signal is kept before noise is added.
    private static let pass = 512

    /// Writes the counts of a sensor of the second edition, whose surroundings change within minutes, at some of the prepared
    /// ticks.
    mutating func fillFinely(_ sensor: SensorCore, first: Int, count: Int, into columns: inout [[Int32]]) {
        let sizes = model.kinds.span[sensor.kind].fine
        // Out of the way, so that all else can be looked at in place.
        var signal: [SIMD4<Double>] = []
        swap(&signal, &self.signal)
        if signal.isEmpty { signal = Array(repeating: .zero, count: Self.pass) }
        var run = fine.run(of: first)
        var begin = 0
        while begin < count {
            let end = min(begin + Self.pass, count)
            let ticks = first + begin..<first + end
            course.evaluate(sensor, sizes, fine, ticks: ticks)
            run = draw(sensor, sizes, ticks, from: run, last: first + count, into: &signal)
            for (metric, column) in model.standardColumns {
                let range = begin..<end
                // A metric's part of a vector is known where the loop is compiled.
                switch metric {
                case 0: finish(signal, into: &columns[column], range, metric: 0, kind: sensor.kind) { $0.x }
                case 1: finish(signal, into: &columns[column], range, metric: 1, kind: sensor.kind) { $0.y }
                case 2: finish(signal, into: &columns[column], range, metric: 2, kind: sensor.kind) { $0.z }
                default: finish(signal, into: &columns[column], range, metric: 3, kind: sensor.kind) { $0.w }
                }
            }
            begin = end
        }
        swap(&signal, &self.signal)
    }

    /// Computes the signal of a sensor at some of the prepared ticks, and gives the number of the run that comes behind.
    private mutating func draw(
        _ sensor: SensorCore,
        _ sizes: FineSizes,
        _ ticks: Range<Int>,
        from number: Int,
        last: Int,
        into signal: inout [SIMD4<Double>]
    ) -> Int {
        var number = number
        var begin = ticks.lowerBound
        while begin < ticks.upperBound {
            let run = fine.runs[number]
            let end = min(run.end, ticks.upperBound)
            // A reading at a knot, as those of whole hours, has nothing of the next one.
            let isKnot = fine.ways[begin] == 0 && min(run.end, last) == begin + 1
            let (left, right) = knots.values(of: sensor, from: run.knot, isAlone: isKnot, model)
            let (rise, factor) = (right - left, sizes.factor(left))
            let growth = sizes.factor(right) - factor
            let (ways, course) = (fine.ways.span, course.values.span)
            var signal = signal.mutableSpan
            for tick in begin..<end {
                let (way, index) = (ways[tick], tick - ticks.lowerBound)
                let fine = (factor + growth * Float(way)) * course[index]
                signal[index] = left + rise * way + SIMD4<Double>(fine)
            }
            begin = end
            if run.end == end { number += 1 }
        }
        return number
    }

    /// Writes the counts of one metric: the signal, noise and rounding.
    @inline(__always)
    private func finish(
        _ signal: [SIMD4<Double>],
        into column: inout [Int32],
        _ range: Range<Int>,
        metric: Int,
        kind: Int,
        _ part: (SIMD4<Double>) -> Double
    ) {
        let (deviation, step) = (quanta[kind].noise[metric], quanta[kind].steps[metric])
        let shift = UInt64(metric) * 16
        let (table, bits, ends) = (tails.strips.span, noise.span, tails)
        let signal = signal.span
        var counts = column.mutableSpan
        for index in range {
            let word = bits[index] >> shift
            let strip = table[Int(word & 511)]
            var deviate = strip.base + strip.slope * Double(Int64(bitPattern: (word >> 9) & 127))
            // One in 256. What is behind the word's 16 bits are those of the other metrics.
            if TailedNormal.isOutermost(word) { deviate = ends.deviate(word | bits[index] << (64 - shift)) }
            let value = part(signal[index - range.lowerBound]) + deviation * deviate
            // Adding 1.5 · 2⁵² rounds to the nearest integer, in the lowest bits of the significand.
            counts[index] = Int32(truncatingIfNeeded: Int64(bitPattern: (value + 0x1.8p52).bitPattern)) &* step
        }
    }
}
