import DatasetGen

/// What a recipe says of a metric in the end.
enum SettledMetric {
    /// Nothing yet.
    case open
    /// Two values that come in turn.
    case state
    /// A process, and what was given up of it.
    case process(ProcessDraft, Concessions)

    /// Whether others may follow it: it has what comes with it.
    var isFollowable: Bool {
        guard case .process(_, let concessions) = self else { return false }
        return concessions.regular > 0 && !concessions.isPlain
    }
}

extension LearnedMetric {
    /// Moments or quantiles, bounds and noise, as a recipe states them.
    func distributed(_ concessions: Concessions) -> ProcessDraft {
        var draft = ProcessDraft(self, mean: mean, deviation: deviation)
        let noise = draft.rounded(noise * concessions.noise)
        draft.parameters.noise = noise
        let signal = max(0, deviation * deviation - noise * noise).squareRoot()
        let bounds = ends.bounds(mean: mean, signal: signal, noise: noise, widening: concessions.widening)
        if let target = distribution.target, let room = ends.room(for: noise),
            let fit = target.fit(noise: noise, in: room, gap: ends.gap)
        {
            let values = fit.values.map { draft.rounded($0) }
            draft.parameters.distribution = .quantiles(values)
            draft.error = fit.error
            // Ends are rounded to whole steps, within which the noise has to stay.
            let inset = LearnedEnds.reach * noise + (2 + concessions.widening) * resolution.value
            draft.setBounds((ends.low ?? values[0] - inset)...(ends.high ?? values[values.count - 1] + inset))
            return draft
        }
        draft.parameters.distribution = distribution.target == nil ? distribution.form : .normal
        if distribution.form == .uniform {
            // Between ends that readings do not pass they are all equally likely, and no more than that.
            let side = min(mean - bounds.lowerBound, bounds.upperBound - mean) - LearnedEnds.reach * noise
            let most = max(0, side) * max(0, side) / 3 * 0.9999
            draft.parameters.standardDeviation = draft.rounded(
                min(deviation, (most + noise * noise + resolution.value * resolution.value / 12).squareRoot())
            )
        }
        draft.setBounds(bounds)
        return draft
    }

    /// The deviation of sensors' levels, less where the ends of readings leave quantiles less room than levels would take.
    func levels(among draft: ProcessDraft) -> Double {
        guard case .quantiles(let values) = draft.parameters.distribution else { return distribution.levels }
        let noise = draft.parameters.noise
        let width = (QuantileTarget.variance(of: values) + noise * noise).squareRoot()
        return distribution.levels * min(1, width / deviation)
    }
}
