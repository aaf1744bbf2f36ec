extension MetricDeclaration {
    /// Builds the models of declared metrics.
    ///
    /// - Throws: ``MetricModelError`` for what cannot be had.
    static func check(_ metrics: [MetricDeclaration], on grid: TickGrid) throws(MetricModelError) {
        var processes: [(name: String, parameters: ProcessParameters)] = []
        for metric in metrics {
            if case .process(let parameters) = metric.model { processes.append((metric.description.name, parameters)) }
        }
        let latents = try ProcessLatent.all(processes)
        var names: [String] = []
        for metric in metrics {
            let (name, resolution) = (metric.description.name, metric.description.resolution)
            switch metric.model {
            case .standard: break
            case .process(let parameters):
                guard let latent = latents[name], let resolution else { break }
                _ = try ProcessModel(name, parameters, latent: latent, resolution: resolution, grid: grid)
            case .counter(let counter):
                guard let resolution else { break }
                _ = try CounterModel(
                    name,
                    rate: counter.rate,
                    cycles: counter.cycles,
                    wanderPeriod: counter.wanderPeriod,
                    scope: counter.scope,
                    resetsAt: counter.resetsAt,
                    resolution: resolution,
                    grid: grid
                )
            case .state(let state):
                let states = state.shares.map { (name: $0.name, share: $0.share) }
                _ = try StateModel(name, states: states, dwell: state.dwell, scope: state.scope, grid: grid)
            case .derived(let text):
                do throws(FormulaError) {
                    _ = try Formula(parsing: text, names: names)
                } catch { throw .value(name, key: "formula", error.description) }
            }
            if case .state = metric.model { continue }
            names.append(name)
        }
    }
}
