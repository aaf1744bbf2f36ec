import DatasetGen

/// How the values of a metric are distributed: those of healthy readings, and those that anomalies have changed.
struct MetricHistogram {
    /// The values of one kind.
    struct Share {
        /// By bin: the share of the values in it.
        var bins: [Double]
        /// The share of the values below the first bin.
        var below: Double
        /// The share of the values above the last bin.
        var above: Double
        /// How many values there are.
        var count: Int
    }

    /// The lower edge of the first bin.
    let low: Double
    /// The width of a bin, a multiple of the step of readings.
    let width: Double
    /// Those of healthy readings.
    let healthy: Share
    /// Those that anomalies have changed.
    let changed: Share

    private static let mostBins = 48.0

    /// The distribution of a metric in a sample; nil where there are no healthy values.
    init?(_ metric: Metric, of plan: GenerationPlan, in sample: ReadingSample) {
        let states = plan.recipe.schema[metric].states
        var healthy: ClosedRange<Double>?
        var changed: [Double] = []
        sample.forEachValue(of: metric) { value, kind in
            switch kind {
            case .healthy: healthy = min(healthy?.lowerBound ?? value, value)...max(healthy?.upperBound ?? value, value)
            case .changed: changed.append(value)
            case .untouched: break
            }
        }
        guard let healthy else { return nil }
        var (low, count, width): (Double, Int, Double)
        if states.isEmpty {
            // Nearly all of what anomalies make, but no further than leaves a fifth of the picture to what is healthy.
            changed.sort()
            let most = (healthy.upperBound - healthy.lowerBound) * 2
            let edges =
                changed.isEmpty ? nil : (changed[changed.count / 50], changed[changed.count - 1 - changed.count / 50])
            low = min(healthy.lowerBound, max(edges?.0 ?? healthy.lowerBound, healthy.lowerBound - most))
            let high = max(healthy.upperBound, min(edges?.1 ?? healthy.upperBound, healthy.upperBound + most))
            // Bins of unequal numbers of steps would look like a comb.
            let step = Self.step(of: metric, plan)
            width = max(1, ((high - low) / Self.mostBins / step).rounded(.up)) * step
            low = (low / step).rounded() * step - step / 2
            count = max(1, Int(((high - low) / width).rounded(.up)))
        } else {
            (low, count, width) = (-0.5, states.count, 1)
        }
        (self.low, self.width) = (low, width)
        var shares = [Share](
            repeating: Share(bins: Array(repeating: 0, count: count), below: 0, above: 0, count: 0),
            count: 2
        )
        sample.forEachValue(of: metric) { value, kind in
            guard kind != .untouched else { return }
            let place = ((value - low) / width).rounded(.down)
            shares[Int(kind.rawValue)].count += 1
            if place < 0 {
                shares[Int(kind.rawValue)].below += 1
            } else if place >= Double(count) {
                shares[Int(kind.rawValue)].above += 1
            } else {
                shares[Int(kind.rawValue)].bins[Int(place)] += 1
            }
        }
        self.healthy = shares[0].normalised
        self.changed = shares[1].normalised
    }

    /// The widest step of a metric's readings in the fleet.
    private static func step(of metric: Metric, _ plan: GenerationPlan) -> Double {
        plan.fleet.kinds.filter { $0.metrics.contains(MetricSet(metric)) }
            .map { $0.resolutions[metric.rawValue].value }.max() ?? 1
    }
}

extension MetricHistogram.Share {
    fileprivate var normalised: Self {
        let total = Double(max(1, count))
        return Self(bins: bins.map { $0 / total }, below: below / total, above: above / total, count: count)
    }
}
