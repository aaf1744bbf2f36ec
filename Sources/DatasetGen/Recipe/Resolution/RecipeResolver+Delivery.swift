extension RecipeResolver {
    /// What happens to readings on their way; nil where nothing does, not even in a group.
    mutating func delivery(of groups: [FleetGroup], on grid: TickGrid) -> DeliveryParameters? {
        let own = groups.compactMap(\.delivery).filter { $0 != DeliveryParameters() }
        let stated = section.delivery
        var delivery = own.isEmpty ? nil : DeliveryParameters()
        if let stated { delivery = self.delivery(statedBy: stated, on: grid) }
        clocksDrift = (own + [delivery].compactMap(\.self)).contains { $0.clockDrift != nil }
        return delivery
    }

    /// What a section says that happens to readings on their way.
    mutating func delivery(statedBy stated: Stated<DeliverySection>, on grid: TickGrid) -> DeliveryParameters {
        let section = stated.value
        var delivery = DeliveryParameters()
        if let jitter = section.jitter {
            check(jitter.map { $0...$0 })
            delivery.jitter = jitter.value
        }
        delivery.late = share(section.late)
        delivery.duplicates = share(section.duplicates)
        delivery.loss = section.loss?.value ?? 0
        delivery.offline = offline(section.offline?.value)
        delivery.order = section.order?.value ?? .time
        if let drift = section.clockDrift?.value, let share = drift.share, let ppm = drift.ppm {
            delivery.clockDrift = DeliveryParameters.ClockDrift(
                share: share.value,
                thousandthsOfPPM: Int64((ppm.value * 1_000).rounded())
            )
        }
        let drift = (grid.end.microseconds - grid.start.microseconds) / 1_000
        let last = grid.end.microseconds + delivery.greatestDelay + (delivery.clockDrift == nil ? 0 : drift)
        if decoder.isSound(stated.keyPath), decoder.isSound("dataset"), last > SimulatedTime.latest.microseconds {
            decoder.report("readings would arrive beyond the year 2199", about: stated)
        }
        return delivery
    }

    private mutating func share(_ stated: Stated<DelayedShareSection>?) -> DeliveryParameters.DelayedShare? {
        guard let section = stated?.value, let share = section.share else { return nil }
        if let delay = section.delay { check(delay) }
        return DeliveryParameters.DelayedShare(
            share: share.value,
            delay: section.delay?.value ?? DelayedShareSection.defaultDelay
        )
    }

    private mutating func offline(_ section: OfflineSection?) -> DeliveryParameters.OfflineStretches? {
        guard let every = section?.every, let duration = section?.duration else { return nil }
        check(every.map { $0...$0 }, atMost: Self.rarestOffline)
        check(duration)
        if duration.value.upperBound > every.value / 2 {
            let half = DurationText.text(ofMicroseconds: every.value / 2)
            decoder.report("longer than half of every: at most \(half) is possible", about: duration)
        }
        return DeliveryParameters.OfflineStretches(every: every.value, duration: duration.value)
    }

    /// Reports times that are not whole milliseconds, or too long.
    private mutating func check(_ stated: Stated<ClosedRange<Int64>>, atMost limit: Int64 = longestDelay) {
        for value in Set([stated.value.lowerBound, stated.value.upperBound]).sorted() {
            let text = DurationText.text(ofMicroseconds: value)
            if value % DeliveryParameters.arrivalUnit != 0 {
                decoder.report("\(text) is not a whole number of milliseconds", about: stated)
            } else if value > limit {
                let most = DurationText.text(ofMicroseconds: limit)
                decoder.report("\(text) is longer than \(most), the most that is possible", about: stated)
            }
        }
    }

    /// What arrives after more than a month, nobody waits for.
    private static let longestDelay = 30 * SimulatedTime.microsecondsPerDay
    private static let rarestOffline = 3_660 * SimulatedTime.microsecondsPerDay

    /// Reports outputs that cannot hold what arrives, and orders that contradict each other.
    mutating func refuseArrivalsWithoutPlace(_ recipe: Recipe) {
        let order = section.delivery?.value.order.flatMap { $0.value == .arrival ? $0 : nil }
        if let order, recipe.order != .time {
            decoder.report("needs dataset.order: time, and that is \(recipe.order.text)", about: order)
        }
        guard recipe.outputs.contains(where: { $0.format.hasRowKey }) else { return }
        let others = OutputFormat.allCases.filter { !$0.hasRowKey }.map(\.rawValue).joined(separator: ", ")
        let groups = section.fleet?.value.map(\.value.delivery) ?? []
        for duplicates in ([section.delivery] + groups).compactMap({ $0?.value.duplicates }) {
            decoder.report(
                "the output sqlite has one row for each id, and cannot hold a reading twice; outputs can be \(others)",
                about: duplicates
            )
        }
        if let order {
            decoder.report(
                "the output sqlite is a table by id, which ORDER BY arrival_time puts in order; outputs can be \(others)",
                about: order
            )
        }
    }
}
