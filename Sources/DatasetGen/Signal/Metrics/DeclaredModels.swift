/// The models of the metrics that a recipe declares, the standard ones aside, each with its column.
struct DeclaredModels: Sendable {
    private(set) var processes: [(column: Int, model: ProcessModel)] = []
    private(set) var counters: [(column: Int, model: CounterModel)] = []
    private(set) var states: [(column: Int, model: StateModel)] = []
    private(set) var lives: [(column: Int, model: LifeModel)] = []
    /// In the order of the columns, so that each finds its inputs.
    private(set) var derived: [(column: Int, model: DerivedModel)] = []

    /// The models of all metrics of a recipe, in the order of their columns.
    ///
    /// - Throws: ``MetricModelError`` for what cannot be had.
    init(_ metrics: [MetricDeclaration], on grid: TickGrid) throws(MetricModelError) {
        var parameters: [(name: String, parameters: ProcessParameters, resolution: Resolution)] = []
        for metric in metrics {
            guard case .process(let process) = metric.model else { continue }
            parameters.append((metric.description.name, process, metric.description.resolution ?? .hundredth))
        }
        let latents = try ProcessLatent.all(parameters)
        // What they follow may be listed behind them.
        var pending: [(Int, String, MetricDeclaration.CounterParameters, Resolution)] = []
        // A formula's names stand for columns.
        var names: [String] = []
        for (column, metric) in metrics.enumerated() {
            let (name, resolution) = (metric.description.name, metric.description.resolution ?? .hundredth)
            switch metric.model {
            case .standard, .replay: break
            case .process(let parameters):
                guard let latent = latents[name] else { break }
                let model = try ProcessModel(name, parameters, latent: latent, resolution: resolution, grid: grid)
                processes.append((column, model))
            case .counter(let counter):
                pending.append((column, name, counter, resolution))
            case .state(let state):
                states.append((column, try StateModel(name, state, grid: grid)))
            case .life(let parameters):
                lives.append(
                    (column, try LifeModel(name, parameters, among: metrics, resolution: resolution, grid: grid))
                )
            case .derived(let text, let noise):
                let (step, limits) = (resolution.value, metric.description.limits)
                guard Resolution.hasWholeStep(within: limits.lowerBound / step...limits.upperBound / step) else {
                    let problem = "no multiple of the resolution, \(resolution.text), lies between them"
                    throw .value(name, key: "limits", problem)
                }
                do throws(FormulaError) {
                    let formula = try Formula(parsing: text, names: names)
                    let model = DerivedModel(formula, resolution: resolution, limits: limits)
                    derived.append((column, model.with(noise: noise, of: name)))
                } catch { throw .value(name, key: "formula", error.description) }
            }
            names.append(name)
        }
        for (column, name, counter, resolution) in pending {
            let follows = counter.follows.map { item in
                let place = metrics.firstIndex { $0.description.name == item.metric }
                let model = processes.first { $0.column == place }?.model
                return (metric: item.metric, model: model, weight: item.weight, lag: item.lag)
            }
            let model = try CounterModel(name, counter, follows, resolution: resolution, grid: grid)
            counters.append((column, model))
        }
    }

    /// The same metrics, read at other instants.
    func on(_ grid: TickGrid) -> DeclaredModels {
        var models = self
        for index in processes.indices { models.processes[index].model.grid = grid }
        for index in counters.indices { models.counters[index].model.grid = grid }
        for index in states.indices { models.states[index].model.grid = grid }
        for index in lives.indices { models.lives[index].model.grid = grid }
        return models
    }

    /// The derived metrics that change with some others.
    func dependents(of metrics: MetricSet) -> MetricSet {
        var (changed, dependents) = (metrics, MetricSet())
        for (column, model) in derived where !changed.isDisjoint(with: MetricSet(model.inputs.map(Metric.init))) {
            changed.insert(MetricSet(Metric(rawValue: column)))
            dependents.insert(MetricSet(Metric(rawValue: column)))
        }
        return dependents
    }
}

extension Resolution {
    /// 0.01, that of a declared metric that states none.
    static let hundredth = Resolution(step: 1, decimals: 2)
}

extension CounterModel {
    fileprivate init(
        _ name: String,
        _ counter: MetricDeclaration.CounterParameters,
        _ follows: [(metric: String, model: ProcessModel?, weight: Double, lag: Int64)],
        resolution: Resolution,
        grid: TickGrid
    ) throws(MetricModelError) {
        self = try CounterModel(
            name,
            rate: counter.rate,
            cycles: counter.cycles,
            follows: follows,
            wanderPeriod: counter.wanderPeriod,
            scope: counter.scope,
            resetsAt: counter.resetsAt,
            resolution: resolution,
            grid: grid
        )
    }
}

extension LifeModel {
    fileprivate init(
        _ name: String,
        _ parameters: MetricDeclaration.LifeParameters,
        among metrics: [MetricDeclaration],
        resolution: Resolution,
        grid: TickGrid
    ) throws(MetricModelError) {
        var (owner, own) = (name, parameters)
        if let other = parameters.other {
            guard case .life(let found)? = metrics.first(where: { $0.description.name == other })?.model,
                found.life != nil
            else {
                throw .value(
                    name,
                    key: "of",
                    "\(other.quoted) is no metric of the model life that says how long lives are"
                )
            }
            (owner, own) = (other, found)
        }
        guard let life = own.life else {
            throw .value(name, key: "life", "how long lives are is missing, or the metric, of, that says it")
        }
        self = try LifeModel(
            owner,
            life,
            scope: own.scope,
            value: parameters.value,
            faultAt: parameters.faultAt,
            resolution: resolution,
            grid: grid
        )
    }
}

extension StateModel {
    fileprivate init(
        _ name: String,
        _ state: MetricDeclaration.StateParameters,
        grid: TickGrid
    ) throws(MetricModelError) {
        let shares = state.shares.map { (name: $0.name, share: $0.share) }
        self = try StateModel(name, states: shares, dwell: state.dwell, scope: state.scope, grid: grid)
    }
}
