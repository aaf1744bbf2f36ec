/// Evaluates a ``LifeModel``.
package struct LifeSource: MetricSource {
    /// Sensors that are kept; of a larger fleet the last ones used.
    private static let sensorLimit = 65_536

    /// The life of a machine that was asked for last.
    private struct Place {
        var machine: RandomKey?
        var life = Life(number: 0, begin: 0, failure: 0, end: 0)
        /// The number of the first life that ends after the start of the run.
        var first: Int64 = 0
    }

    private let model: LifeModel
    private var prepared: Range<Int64> = 0..<0
    private var times: [Int64] = []
    private var places: [Place]

    /// A source of a model.
    package init(_ model: LifeModel, sensorCount: Int = 1) {
        self.model = model
        places = Array(repeating: Place(), count: max(1, min(sensorCount, Self.sensorLimit)))
    }

    package mutating func prepare(ticks: Range<Int64>) {
        guard ticks != prepared else { return }
        prepared = ticks
        times.removeAll(keepingCapacity: true)
        model.grid.forEachTime(of: ticks) { times.append($0) }
    }

    package mutating func fill(_ sensor: MetricKeys, ticks: Range<Int64>, into column: inout [Int32]) {
        let key = sensor.key(of: model.tag, model.scope)
        let slot = sensor.index % places.count
        var place = places[slot]
        if place.machine != key {
            let start = model.grid.start.microseconds
            let first = life(at: start, of: key)
            place = Place(machine: key, life: first, first: first.number + (start < first.failure ? 0 : 1))
        }
        let offset = Int(ticks.lowerBound - prepared.lowerBound)
        for index in 0..<ticks.count {
            let time = times[offset + index]
            if time < place.life.begin || time >= place.life.end { place.life = life(at: time, of: key) }
            column[index] = counts(of: place.life, since: place.first, at: time)
        }
        places[slot] = place
    }

    private func life(at time: Int64, of key: RandomKey) -> Life {
        let origin = model.grid.start.microseconds - model.phase(below: key)
        let number = (time - origin).flooredQuotient(by: model.cell)
        let lives = model.lives(ofCell: number, from: origin + number * model.cell, below: key)
        return lives.first { time < $0.end } ?? lives[lives.count - 1]
    }

    private func counts(of life: Life, since first: Int64, at time: Int64) -> Int32 {
        let isRunning = time < life.failure
        let steps: Double
        switch model.value {
        // What is left is 0 in maintenance alone, and only there a life is over.
        case .remaining: steps = isRunning ? (hours(life.failure - time) / model.unit).rounded(.up) : 0
        case .age: steps = (hours((isRunning ? time : life.failure) - life.begin) / model.unit).rounded(.down)
        case .wear: steps = ((isRunning ? wear(of: life, at: time) : 1) / model.unit).rounded(.down)
        case .failures: steps = Double(life.number - first + (isRunning ? 0 : 1)) / model.unit
        case .state:
            guard isRunning else { return 0 }
            return model.faultAt.map { wear(of: life, at: time) >= $0 } ?? false ? 2 : 1
        }
        return Int32(steps) &* model.step
    }

    private func wear(of life: Life, at time: Int64) -> Double {
        Double(time - life.begin) / Double(life.failure - life.begin)
    }

    private func hours(_ microseconds: Int64) -> Double { Double(microseconds) / 3.6e9 }
}
