extension DeliverySection {
    /// What a recipe would have to state so that nothing is left to defaults.
    init(describing parameters: DeliveryParameters) {
        jitter = Stated(parameters.jitter)
        late = parameters.late.map { Stated(DelayedShareSection(describing: $0)) }
        offline = parameters.offline.map {
            Stated(OfflineSection(every: Stated($0.every), duration: Stated($0.duration)))
        }
        duplicates = parameters.duplicates.map { Stated(DelayedShareSection(describing: $0)) }
        loss = Stated(parameters.loss)
        if parameters.order != .time { order = Stated(parameters.order) }
        clockDrift = parameters.clockDrift.map {
            Stated(ClockDriftSection(share: Stated($0.share), ppm: Stated(Double($0.thousandthsOfPPM) / 1_000)))
        }
    }
}

extension DelayedShareSection {
    fileprivate init(describing parameters: DeliveryParameters.DelayedShare) {
        (share, delay) = (Stated(parameters.share), Stated(parameters.delay))
    }
}
