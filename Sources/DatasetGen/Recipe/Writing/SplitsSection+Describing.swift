extension SplitsSection {
    /// What a recipe would have to state so that nothing is left to defaults.
    init(describing parameters: SplitParameters) {
        basis = Stated(parameters.basis)
        switch parameters.basis {
        case .time:
            if parameters.cuts.count > 1 { validationFrom = parameters.cuts.first.map { Stated($0) } }
            testFrom = parameters.cuts.last.map { Stated($0) }
        case .sensor, .city:
            if parameters.shares.count > 1 { validationShare = parameters.shares.first.map { Stated($0) } }
            testShare = parameters.shares.last.map { Stated($0) }
            seed = Stated(parameters.seed)
        case .forward:
            firstFold = parameters.cuts.first.map { Stated($0) }
            fold = parameters.fold.map { Stated($0) }
        }
        if parameters.hasFiles { hasFiles = Stated(true) }
        if parameters.isByTime { embargo = Stated(parameters.embargo) }
        if parameters.basis != .forward { isNormalOnly = Stated(parameters.isNormalOnly) }
    }
}
