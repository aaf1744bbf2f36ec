/// By how much healthy readings vary, by column and in the metric's unit; nothing for derived metrics and states.
extension DeclaredModels {
    /// The standard deviation of the white noise.
    func noise(ofColumn column: Int) -> Double {
        process(ofColumn: column).map { $0.noise * $0.unit } ?? 0
    }

    /// The standard deviation of a sensor's readings; of a count, its mean growth in an hour.
    func deviation(ofColumn column: Int) -> Double {
        process(ofColumn: column).map { $0.deviation * $0.unit } ?? typicalChange(ofColumn: column, in: 3_600)
    }

    /// By how much a reading typically changes in some seconds, noise aside.
    func typicalChange(ofColumn column: Int, in seconds: Double) -> Double {
        if let model = process(ofColumn: column) { return model.typicalChange(in: seconds) * model.unit }
        guard let counter = counters.first(where: { $0.column == column })?.model else { return 0 }
        return counter.rate * counter.unit * seconds / 3_600
    }

    private func process(ofColumn column: Int) -> ProcessModel? {
        processes.first { $0.column == column }?.model
    }
}

extension ProcessModel {
    /// By how many steps a reading typically changes in some seconds, noise aside: as
    /// ``KindModel/typicalChange(of:in:)``, by the structure function of the signal's parts.
    fileprivate func typicalChange(in seconds: Double) -> Double {
        var square = 0.0
        for cyclic in latent.cyclic {
            let turns = min(0.5, seconds * 1e6 / Double(cyclic.cycle.period))
            if let shape = cyclic.cycle.shape {
                square += cyclic.amplitude * cyclic.amplitude * shape.squaredChange(turns: turns)
                continue
            }
            square += 2 * cyclic.amplitude * cyclic.amplitude * (1 - Elementary.cosine(turns: turns))
        }
        for wander in latent.wander {
            for octave in wander.noise.steady + wander.noise.volatile {
                let part = seconds * 1e6 / Double(octave.period)
                let amplitude = wander.amplitude * octave.amplitude
                square += 2 * amplitude * amplitude * min(1, 1.48 * part * part)
            }
        }
        // A cosine that is rounded to more than 1 leaves a difference below zero.
        return max(0, square).squareRoot() * spread
    }
}
