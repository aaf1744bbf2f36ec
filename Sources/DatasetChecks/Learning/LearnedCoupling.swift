import DatasetGen

/// That one metric follows another.
struct LearnedCoupling {
    /// Index of the one that follows.
    var follower: Int
    /// Index of the one that it follows.
    var leader: Int
    /// Microseconds that the follower is later.
    var lag: Int64
    /// How much of the leader's is in the follower's, without cycles and in deviations of each.
    var weight: Double

    /// That two metrics correlate, which a recipe is not told of.
    struct Other {
        var follower: Int
        var leader: Int
        var correlation: Double
    }
}

extension LearnedCoupling {
    /// So much of the variance stays the follower's own.
    private static let leastOwn = 0.01

    /// The same, of what is no noise: that of either metric makes them correlate less than their signals do.
    func withoutNoise(of metrics: [LearnedMetric]) -> LearnedCoupling {
        var coupling = self
        let signal = metrics[follower].signalPart * metrics[leader].signalPart
        let most = (1 - Self.leastOwn).squareRoot()
        coupling.weight = min(max(weight / signal.squareRoot(), -most), most)
        return coupling
    }
}

extension LearnedMetric {
    /// Noise that is known so badly that less would be left is taken for less.
    private static let leastSignalPart = 0.3

    /// The part of the variance of what is left without the pattern, bin by bin, that is no noise.
    fileprivate var signalPart: Double {
        let noise = 1 - signalVariance
        let signal = max(0.01, signalVariance - pattern.variance)
        let interval = series.recording.grid.interval.seconds * 1e6
        let readings = max(1, Double(rest.width) / max(interval, 1))
        return max(Self.leastSignalPart, signal / (signal + noise / readings))
    }
}
