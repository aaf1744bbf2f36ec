extension AnomalyModel {
    /// Makes the healthy readings of a sensor at `ticks` those of a sensor that fails.
    ///
    /// `columns` holds per metric the counts of 10⁻ᵈ from index 0 on; `labels` is filled with the labels of the ticks;
    /// `onEvent` is called for each event whose first reading in the run lies in `ticks`.
    ///
    /// - Returns: whether any reading is anomalous.
    func apply(
        to columns: inout [[Int32]],
        labels: inout [UInt8],
        sensor: Sensor,
        ticks: Range<Int64>,
        onEvent: (AnomalyEvent) -> Void
    ) -> Bool {
        let count = ticks.count
        for index in 0..<count { labels[index] = Label.normal.rawValue }
        let profile = profiles[sensor.profile]
        guard !profile.layers.isEmpty else { return false }
        var isAnomalous = false
        SensorSchedule(profile, sensor: sensor)
            .forEachEvent(in: ticks) { layer, cell, start in
                let layer = profile.layers[layer]
                guard let parameters = types[Int(layer.type.rawValue)],
                    happens(cell, startingAt: start, profile: sensor.profile, key: sensor.scheduleKey(of: layer.type))
                else { return }
                let effect = AnomalyEffect(
                    parameters,
                    cell: cell,
                    start: start,
                    duration: layer.duration,
                    sensor: sensor,
                    model: self
                )
                effect.apply(
                    to: &columns,
                    first: ticks.lowerBound,
                    count: count,
                    sensor: sensor,
                    scales: effects.scales
                )
                let label = Label(layer.type, omitted: effect.event.mode == .omit).rawValue
                let shared = effect.event.ticks.clamped(to: ticks)
                for tick in shared { labels[Int(tick - ticks.lowerBound)] = label }
                isAnomalous = isAnomalous || !shared.isEmpty
                if ticks.contains(effect.event.ticks.lowerBound), !effect.event.ticks.isEmpty {
                    onEvent(effect.event)
                }
            }
        return isAnomalous
    }
}
