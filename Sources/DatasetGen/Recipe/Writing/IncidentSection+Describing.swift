extension IncidentSection {
    /// What a recipe would have to state so that nothing is left to defaults.
    init(describing parameters: IncidentParameters, _ schema: MetricSchema) {
        cause = Stated(parameters.cause)
        scope = Stated(parameters.scope)
        only = parameters.only.isEmpty ? nil : Stated(parameters.only)
        switch parameters.timing {
        case .every(let time): every = Stated(time)
        case .at(let offsets): at = Stated(offsets.map { Stated($0) })
        }
        duration = Stated(parameters.duration)
        spread = Stated(parameters.spread)
        share = Stated(parameters.share)
        var types = AnomalyTypesSection()
        types[parameters.effect.type] = Stated(AnomalyTypeSection(describing: parameters.effect, schema))
        effect = Stated(types)
    }
}
