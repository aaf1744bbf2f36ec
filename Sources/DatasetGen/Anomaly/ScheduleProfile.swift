/// The layers of a schedule for devices of one make: the longest-lasting type first.
///
/// The spacing of a layer's cells follows from the share of readings that its type is to have: events of d ticks on
/// average in cells of d / share ticks; on the layer's own axis, from which the earlier layers' slots are cut, they are as much
/// shorter as that axis is.
struct ScheduleProfile: Hashable, Sendable {
    let layers: [SlotLayer]
    /// The highest probability of the recipe's phases on this make; the layers are made for it.
    let share: Double

    /// The schedule for a probability, taken before the make's factor.
    init(_ recipe: Recipe, profile: AnomalyProfile, probability: Double) {
        let types = recipe.anomalies.types
        let total = profile.share(ofProbability: probability)
        let parts = zip(types, profile.typeShares(of: types))
            .map { parameters, part in
                let share = total * part
                return (
                    type: parameters.type, share: share,
                    lengths: Self.lengths(of: parameters, share: share, on: recipe.grid)
                )
            }
        var free = 1.0
        var layers: [SlotLayer] = []
        for part in parts.sorted(by: {
            ($0.lengths.longest, $1.type.rawValue) > ($1.lengths.longest, $0.type.rawValue)
        })
        where part.share > 0 {
            let spacing = free * part.lengths.mean / part.share
            // Rarer than once in 2⁵² ticks is never: no run is that long.
            guard spacing < 0x1p52 else { continue }
            let layer = SlotLayer(type: part.type, lengths: part.lengths, spacing: spacing)
            layers.append(layer)
            free *= max(0, 1 - Double(layer.axis.slotLength) / spacing)
        }
        self.layers = layers
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
        return EventLengths(heavyTailed: low, longest: max(low, min(10 * low, Int64(room))))
    }

    /// Whether the events can be placed: every slot fits in its cell, and hardly one is squeezed out by longer ones.
    var isFeasible: Bool {
        guard layers.allSatisfy({ $0.axis.spacing >= Double($0.axis.slotLength) }) else { return false }
        // Below this share slots are so far apart that none is squeezed out.
        guard share > 0.1, layers.count > 1 else { return true }
        var schedule = SensorSchedule(layers: layers, key: RandomKey(seed: 0))
        let trials: Int64 = 500
        return layers.indices.dropFirst()
            .allSatisfy { layer in
                let squeezedOut = (0..<trials).count { schedule.slot(inCell: $0, ofLayer: layer).isSqueezedOut }
                return Double(squeezedOut) < 0.03 * Double(trials)
            }
    }
}
