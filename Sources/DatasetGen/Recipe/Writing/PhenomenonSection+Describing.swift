extension PhenomenonSection {
    /// What a recipe would have to state so that nothing is left to defaults.
    init(describing parameters: PhenomenonParameters, _ schema: MetricSchema) {
        name = Stated(parameters.name)
        every = Stated(parameters.every)
        duration = Stated(parameters.duration)
        onset = Stated(parameters.onset)
        recovery = Stated(parameters.recovery)
        if case .other(let values) = parameters.nature {
            metrics = Stated(values.map { NamedValue(name: schema[$0.metric].name, value: $0.value) })
        }
        if !parameters.nature.isOfCity { share = Stated(parameters.share) }
        only = parameters.only.isEmpty ? nil : Stated(parameters.only)
    }
}
