import DatasetGen

/// The phenomena of a dataset: how many of each kind there are, who feels them, and how long.
struct PhenomenonSummary {
    /// What one of the recipe's phenomena comes to.
    struct Kind {
        var parameters: PhenomenonParameters
        var count: Int
        /// The sensors that feel it.
        var sensors: Int
        /// Microseconds until nothing is felt of one, of all together.
        var total: Int64
        /// Of the one that is over first, and of the longest; nil without any.
        var lengths: ClosedRange<Int64>?
    }

    /// In the recipe's order; those that do not come, too.
    let kinds: [Kind]
    /// Whether they are counted: of very many, the numbers are those that are expected.
    let isExact: Bool

    /// So many are counted.
    private static let mostCounted = 1_000_000.0

    /// The phenomena of a plan.
    init(_ plan: GenerationPlan) {
        var kinds = plan.recipe.phenomena.enumerated()
            .map { index, parameters in
                Kind(parameters: parameters, count: 0, sensors: plan.sensors(feeling: index).count, total: 0)
            }
        isExact = plan.expectedPhenomena <= Self.mostCounted
        if isExact {
            for phenomenon in plan.phenomena {
                kinds[phenomenon.index].add(phenomenon.end.microseconds - phenomenon.start.microseconds)
            }
        } else {
            for index in kinds.indices { kinds[index].expect(plan.expectedPhenomena(index)) }
        }
        self.kinds = kinds
    }
}

extension PhenomenonSummary.Kind {
    fileprivate mutating func add(_ length: Int64) {
        count += 1
        total += length
        let known = lengths ?? length...length
        lengths = min(known.lowerBound, length)...max(known.upperBound, length)
    }

    fileprivate mutating func expect(_ number: Double) {
        let (duration, rest) = (parameters.duration, parameters.recovery)
        count = Int(number.rounded())
        lengths = duration.lowerBound + rest...duration.upperBound + rest
        total = Int64(count) * ((duration.lowerBound + duration.upperBound) / 2 + rest)
    }

    /// The mean length in microseconds.
    var mean: Int64? { count == 0 ? nil : total / Int64(count) }

    /// Whom one comes to: `city`, and `city (Oslo, Rome)` where only some have it.
    var scope: String { Readable.scope(parameters.nature.isOfCity ? "city" : "sensor", only: parameters.only) }

    /// The shortest, the mean and the longest; dashes without any.
    var lengthTexts: [String] {
        [lengths?.lowerBound, mean, lengths?.upperBound]
            .map { length in
                guard let length else { return "–" }
                let second: Int64 = 1_000_000
                return DurationText.text(ofMicroseconds: max(second, (length + second / 2) / second * second))
            }
    }
}

extension PhenomenonSummary {
    /// `1,234`, or `about 1,200,000`.
    func countText(_ kind: Kind) -> String { (isExact ? "" : "about ") + Readable.count(kind.count) }

    /// The figures.
    var json: JSONValue {
        .array(
            kinds.map { kind in
                func seconds(_ length: Int64?) -> JSONValue {
                    length.map { .literal(FixedPoint(rounding: Double($0) / 1e6, decimals: 3).text) } ?? .null
                }
                return [
                    "phenomenon": .string(kind.parameters.name),
                    "scope": .string(kind.parameters.nature.isOfCity ? "city" : "sensor"),
                    "only": .array(kind.parameters.only.map { .string($0) }),
                    "phenomena": .integer(kind.count),
                    "is_exact": .literal(isExact ? "true" : "false"),
                    "sensors": .integer(kind.sensors),
                    "shortest_seconds": seconds(kind.lengths?.lowerBound),
                    "mean_seconds": seconds(kind.mean),
                    "longest_seconds": seconds(kind.lengths?.upperBound),
                ]
            }
        )
    }
}
