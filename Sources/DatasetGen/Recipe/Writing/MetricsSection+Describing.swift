extension MetricsSection {
    /// What a recipe would have to state so that nothing is left to defaults.
    init(describing metrics: [MetricDeclaration]) {
        self.metrics = metrics.map { metric in
            Named(name: metric.description.name, declaration: Stated(MetricDeclarationSection(describing: metric)))
        }
    }
}

extension MetricDeclarationSection {
    fileprivate init(describing metric: MetricDeclaration) {
        let description = metric.description
        if case .standard = metric.model { return }
        model = Stated(description.model)
        unit = description.unit.isEmpty ? nil : Stated(description.unit)
        summary = description.summary.isEmpty ? nil : Stated(description.summary)
        resolution = description.model == .state ? nil : description.resolution.map { Stated($0) }
        switch metric.model {
        case .standard: break
        case .process(let parameters):
            limits = Stated(description.limits)
            describe(parameters)
        case .counter(let counter):
            rate = Stated(
                MetricRateSection(
                    mean: Stated(counter.rate),
                    cycles: MetricCycleSection.list(of: counter.cycles),
                    follows: MetricFollowsSection.list(of: counter.follows)
                )
            )
            resetsAt = counter.resetsAt.map { Stated($0) }
            wander = Stated(MetricWanderSection(period: Stated(counter.wanderPeriod)))
            scope = Stated(counter.scope)
        case .state(let state):
            states = Stated(state.shares)
            dwell = Stated(state.dwell)
            scope = Stated(state.scope)
        case .replay(let column, let noise):
            limits = Stated(description.limits)
            self.column = Stated(column)
            self.noise = noise > 0 ? Stated(noise) : nil
        case .derived(let formula, let noise):
            limits = Stated(description.limits)
            self.formula = Stated(formula)
            self.noise = noise > 0 ? Stated(noise) : nil
        case .life(let parameters): describe(parameters)
        }
    }

    private mutating func describe(_ parameters: MetricDeclaration.LifeParameters) {
        model = Stated(.life)
        value = Stated(parameters.value)
        faultAt = parameters.faultAt.map { Stated($0) }
        lifeOf = parameters.other.map { Stated($0) }
        guard let own = parameters.life else { return }
        life = Stated(
            MetricLifeSection(mean: Stated(own.mean), shape: Stated(own.shape), repair: Stated(own.repair))
        )
        scope = Stated(parameters.scope)
    }

    private mutating func describe(_ parameters: ProcessParameters) {
        mean = Stated(parameters.mean)
        standardDeviation = Stated(parameters.standardDeviation)
        (minimum, maximum) = (Stated(parameters.minimum), Stated(parameters.maximum))
        noise = Stated(parameters.noise)
        levels = parameters.levels > 0 ? Stated(parameters.levels) : nil
        distribution = Stated(parameters.distribution)
        cycles = MetricCycleSection.list(of: parameters.cycles)
        wander = Stated(MetricWanderSection(describing: parameters.wander))
        scope = Stated(parameters.scope)
        follows = MetricFollowsSection.list(of: parameters.follows)
        if !parameters.changes.isEmpty {
            changes = Stated(
                parameters.changes.map { item in
                    Stated(
                        MetricChangeSection(
                            at: Stated(item.offset),
                            duration: Stated(item.duration),
                            mean: Stated(item.shift),
                            standardDeviation: Stated(item.factor)
                        )
                    )
                }
            )
        }
    }
}

extension MetricFollowsSection {
    fileprivate static func list(
        of couplings: [ProcessParameters.Coupling]
    ) -> Stated<[Stated<MetricFollowsSection>]>? {
        guard !couplings.isEmpty else { return nil }
        return Stated(
            couplings.map { item in
                Stated(
                    MetricFollowsSection(
                        metric: Stated(item.metric),
                        weight: Stated(item.weight),
                        lag: Stated(item.lag)
                    )
                )
            }
        )
    }
}

extension MetricCycleSection {
    fileprivate static func list(of cycles: [MetricCycle]) -> Stated<[Stated<MetricCycleSection>]>? {
        guard !cycles.isEmpty else { return nil }
        return Stated(
            cycles.map { cycle in
                let days = cycle.days.map { days in
                    Stated(zip(Weekday.allCases, days).filter(\.1).map(\.0))
                }
                return Stated(
                    MetricCycleSection(
                        period: Stated(cycle.period),
                        share: Stated(cycle.share),
                        peak: cycle.shape == nil ? Stated(cycle.peak) : nil,
                        days: days,
                        shape: cycle.shape.map { Stated($0.numbers) }
                    )
                )
            }
        )
    }
}
