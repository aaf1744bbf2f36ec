/// How often events of each type come on devices of one make.
///
/// The spacing of a type's events follows from the share of readings that it is to have: events of d ticks on average come
/// every d / share ticks.
struct ScheduleProfile: Hashable, Sendable {
    /// The types that occur, in one order whatever the recipe's.
    let layers: [SlotLayer]
    /// The share of ticks outside the slots; below zero where there is no room for them.
    let freeShare: Double
    /// The highest probability of the recipe's phases on this make; the layers are made for it.
    let share: Double

    /// The schedule for a probability, taken before the make's factor.
    init(_ recipe: Recipe, profile: AnomalyProfile, probability: Double) {
        let types = recipe.anomalies(of: profile).types
        let grid = recipe.grid.every(profile.step)
        let total = profile.share(ofProbability: probability)
        let parts = zip(types, profile.typeShares(of: types))
            .map { parameters, part in
                let share = total * part
                return (
                    type: parameters.type, share: share,
                    lengths: Self.lengths(of: parameters, share: share, on: grid)
                )
            }
        var layers: [SlotLayer] = []
        var free = 1.0
        for part in parts.sorted(by: { $0.type.rawValue < $1.type.rawValue }) where part.share > 0 {
            let spacing = part.lengths.mean / part.share
            // Rarer than once in 2⁴⁷ ticks is never: no dataset has as many readings.
            guard spacing < 0x1p47 else { continue }
            let layer = SlotLayer(type: part.type, lengths: part.lengths, spacing: spacing)
            layers.append(layer)
            free -= Double(layer.slotsOfCell) / Double(EventTable.size) / spacing
        }
        self.layers = layers
        freeShare = free
        share = total
    }

    /// The lengths of a type's events in ticks.
    private static func lengths(
        of parameters: AnomalyTypeParameters,
        share: Double,
        on grid: TickGrid
    ) -> EventLengths {
        guard let duration = parameters.duration else { return EventLengths(fixed: 1) }
        let (low, high) = (grid.ticks(in: duration.lowerBound), grid.ticks(in: duration.upperBound))
        guard parameters.type == .missingData, low == high else { return EventLengths(low...high) }
        if let longest = parameters.maximumDuration {
            return EventLengths(heavyTailed: low, longest: grid.ticks(in: longest))
        }
        // Where events are dense, the tail is as long as there is room for: a third of the spacing.
        let room = share > 0 ? min(Double(low) / share / 3, 1e15) : 1e15
        return EventLengths(heavyTailed: low, longest: max(low, Int64(min(10 * Double(low), room))))
    }

    /// Whether the events can be placed apart from one another.
    var isFeasible: Bool { freeShare >= 0 }
}
