/// A phenomenon that has come: a row of the table `phenomena`.
package struct Phenomenon: Sendable {
    /// Index in ``Recipe/phenomena``.
    package let index: Int
    /// Its name, and what tells it from others.
    package let id: String
    /// The index of the sensor that feels it, or of one of the sensors of the city that feel it.
    package let sensor: Int
    /// Whether all sensors of the city feel it.
    package let isOfCity: Bool
    /// The metrics that it changes.
    package let metrics: MetricSet
    /// When it begins to be felt.
    package var start: SimulatedTime
    /// When nothing is felt of it any more.
    package let end: SimulatedTime
}

extension GenerationPlan {
    /// The phenomena that are felt within the run, in the recipe's order, city by city or sensor by sensor, in the order of time.
    package var phenomena: PhenomenonList { phenomena(feltIn: recipe.grid.start..<recipe.grid.end) }

    /// Those that are felt at some instants, which may lie beyond the run.
    package func phenomena(feltIn times: Range<SimulatedTime>) -> PhenomenonList {
        let start = recipe.grid.start.microseconds
        return PhenomenonList(
            plan: self,
            times: times.lowerBound.microseconds - start..<times.upperBound.microseconds - start
        )
    }

    /// About how many there are.
    ///
    /// - Complexity: O(sensors · phenomena).
    package var expectedPhenomena: Double { recipe.phenomena.indices.reduce(0) { $0 + expectedPhenomena($1) } }

    /// About how many there are of those of an index of the recipe.
    ///
    /// - Complexity: O(sensors).
    package func expectedPhenomena(_ index: Int) -> Double {
        guard let model = signals.first?.phenomena else { return 0 }
        let length = recipe.grid.end.microseconds - recipe.grid.start.microseconds
        return Double(knowing(index).count) * model.members[index].expectedCount(in: length)
    }

    /// The indices of the sensors that feel those of an index of the recipe.
    package func sensors(feeling index: Int) -> [Int] {
        guard let model = signals.first?.phenomena else { return [] }
        return fleet.cores.indices.filter { model.knows(fleet.cores[$0], model.members[index]) }
    }

    /// Those that a sensor feels at some instants, in the recipe's order, each in the order of time.
    package func phenomena(feltBy sensor: Int, in times: Range<SimulatedTime>) -> [Phenomenon] {
        guard let model = signals.first?.phenomena else { return [] }
        let times = phenomena(feltIn: times).times
        return recipe.phenomena.indices.filter { model.knows(fleet.cores[sensor], model.members[$0]) }
            .flatMap { phenomena($0, at: sensor, in: times) }
    }

    /// The indices of the sensors that know a phenomenon; of a city's, the first of each city.
    fileprivate func knowing(_ index: Int) -> [Int] {
        guard let model = signals.first?.phenomena else { return [] }
        let (member, known) = (model.members[index], sensors(feeling: index))
        guard member.parameters.nature.isOfCity else { return known }
        var cities: Set<Int> = []
        return known.filter { cities.insert(model.scope(of: fleet.cores[$0], member)).inserted }
    }

    /// Those of an index that a sensor feels, or the city of one, at some microseconds from the start.
    fileprivate func phenomena(_ index: Int, at number: Int, in times: Range<Int64>) -> [Phenomenon] {
        guard let model = signals.first?.phenomena else { return [] }
        let (member, sensor) = (model.members[index], fleet.cores[number])
        let (isOfCity, start) = (member.parameters.nature.isOfCity, recipe.grid.start.microseconds)
        let measured =
            isOfCity ? member.effect.metrics : member.effect.metrics.intersection(fleet.kinds[sensor.kind].metrics)
        let place = "\(member.parameters.name)-\(model.scope(of: sensor, member) + 1)"
        var found: [Phenomenon] = []
        model.forEachOccurrence(of: member, at: sensor, in: times) { occurrence in
            guard occurrence.begin < times.upperBound, occurrence.over > times.lowerBound else { return }
            found.append(
                Phenomenon(
                    index: index,
                    id: "\(place)-\(occurrence.number + 1)",
                    sensor: number,
                    isOfCity: isOfCity,
                    metrics: measured,
                    start: SimulatedTime(microseconds: start + occurrence.begin),
                    end: SimulatedTime(microseconds: start + occurrence.over)
                )
            )
        }
        return found
    }
}

/// The phenomena of a plan one behind the other, of which those of a sensor are in memory at a time.
package struct PhenomenonList: Sequence, Sendable {
    fileprivate let plan: GenerationPlan
    /// Microseconds from the start.
    fileprivate let times: Range<Int64>

    /// How many there are.
    package var rowCount: Int64 { reduce(0) { count, _ in count + 1 } }

    /// From the first one on.
    package func makeIterator() -> AnyIterator<Phenomenon> {
        AnyIterator(
            plan.recipe.phenomena.indices.lazy
                .flatMap { index in plan.knowing(index).lazy.flatMap { plan.phenomena(index, at: $0, in: times) } }
                .makeIterator()
        )
    }
}
