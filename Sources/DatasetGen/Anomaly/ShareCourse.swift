/// How the share of anomalies that a recipe asks for changes in time, for devices of one make.
package struct ShareCourse: Sendable {
    /// A probability and the tick from which it holds.
    package struct Phase: Sendable {
        package var firstTick: Int64
        package var probability: Double
    }

    /// When the devices report.
    package let grid: TickGrid
    /// By rising tick; the first holds from before the run.
    package let phases: [Phase]
    /// Of all phases; 0 where there are no anomalies.
    let highest: Double

    /// That of a make of device.
    init(_ recipe: Recipe, profile: AnomalyProfile) {
        let anomalies = recipe.anomalies(of: profile)
        let grid = recipe.recording?.typicalGrid ?? recipe.grid.every(profile.step)
        self.grid = grid
        phases =
            [Phase(firstTick: .min, probability: anomalies.probability)]
            + anomalies.phases.map {
                Phase(firstTick: grid.firstTick(atOffset: $0.offset), probability: $0.probability)
            }
        highest = anomalies.isEnabled ? phases.reduce(0) { max($0, $1.probability) } : 0
    }

    /// The probability that holds at a tick.
    func probability(at tick: Int64) -> Double {
        phases.last { $0.firstTick <= tick }?.probability ?? highest
    }
}
