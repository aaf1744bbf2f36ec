/// How large the change of an event has turned out: by its readings and what a healthy sensor would have reported in their place.
struct RealisedSizes {
    /// The largest difference of the first metric that it changes, in its unit, to the last digit; nil where it has no reading.
    let magnitude: FixedPoint?
    /// The largest difference of any metric that it changes by itself, over that metric's noise.
    let peakSNR: FixedPoint?

    /// Ticks that are computed at a time: events may last for long.
    private static let ticksAtOnce: Int64 = 4_096

    /// Those of an event's readings at some ticks; `signal` tells healthy readings at any tick.
    init(of effect: AnomalyEffect, at ticks: Range<Int64>, signal: inout HealthySignal) {
        let changed = effect.changed.elements
        // In counts; nil for none.
        var largest = [Int64?](repeating: nil, count: effect.scales.count)
        for begin in stride(from: ticks.lowerBound, to: ticks.upperBound, by: Int64.Stride(Self.ticksAtOnce)) {
            let part = begin..<min(begin + Self.ticksAtOnce, ticks.upperBound)
            let healthy = signal.counts(of: effect.sensor, ticks: part)
            var readings = healthy
            effect.apply(to: &readings, at: part, first: part.lowerBound)
            for metric in changed {
                for (reading, twin) in zip(readings[metric.rawValue], healthy[metric.rawValue])
                where reading != ReadingBlock.null && twin != ReadingBlock.null {
                    let difference = abs(Int64(reading) - Int64(twin))
                    largest[metric.rawValue] = max(largest[metric.rawValue] ?? 0, difference)
                }
            }
        }
        let first = changed[0].rawValue
        magnitude = largest[first].map { FixedPoint(count: $0, decimals: effect.scales[first].decimals) }
        let peaks = changed.compactMap { metric in
            largest[metric.rawValue].map { Double($0) / effect.scales[metric.rawValue].noise }
        }
        peakSNR = peaks.max().map { FixedPoint(rounding: $0, decimals: 2) }
    }
}
