import DatasetGen

/// The shape of a week in the scores of a metric, where days of the week differ.
///
/// It is the sum of those waves of a week, of its 2nd, 3rd … part as well, that the weeks of a recording agree on.
struct LearnedWeek {
    /// Microseconds of a week.
    static let period = 7 * SimulatedTime.microsecondsPerDay
    /// Scores that lie evenly in a week, from Monday 00:00 UTC on.
    let points: [Double]
    /// How many weeks tell of it.
    let weeks: Int
    /// The variance that is not its own but chance.
    let errorVariance: Double

    /// 1970-01-05 was a Monday.
    private static let monday = 4 * SimulatedTime.microsecondsPerDay
    /// Of recordings whose weeks are all chance so many have a shape.
    private static let risk = 0.01
    /// Hours between points.
    private static let spacings = [1, 2, 3, 4, 6, 8, 12, 24]

    /// The shape in some scores; nil where they span less than two weeks, or days do not differ.
    init?(_ scores: BinnedScores) {
        let hour: Int64 = 3_600_000_000
        guard let hours = Self.spacings.first(where: { Int64($0) * hour >= scores.width }), scores.count > 0 else {
            return nil
        }
        let slot = Int64(hours) * hour
        let count = Int(Self.period / slot)
        var (weeks, place) = Self.weeks(scores, slot: slot, count: count)
        weeks = Self.filled(weeks)
        guard weeks.count >= 2 else { return nil }
        let waves = Waves(weeks)
        let kept = waves.kept(risk: Self.risk)
        // A wave of the whole week alone is a cosine, as cycles are.
        guard kept.contains(where: { $0.number > 1 && $0.number % 7 != 0 }) else { return nil }
        self.weeks = weeks.count
        errorVariance = kept.reduce(0) { $0 + $1.error } / 2
        let turns = Double(place) / Double(Self.period)
        points = (0..<count)
            .map { point in
                kept.reduce(0) { sum, wave in
                    let angle = Double(wave.number) * (Double(point) / Double(count) - turns)
                    return sum + wave.cosine * Elementary.cosine(turns: angle)
                        + wave.sine * Elementary.sine(turns: angle)
                }
            }
    }

    /// Its value at an instant in microseconds since 1970.
    func value(at time: Int64) -> Double {
        let since = time - Self.monday
        let part = Double(since - since.flooredQuotient(by: Self.period) * Self.period) / Double(Self.period)
        return CycleShape.value(of: points, turns: part)
    }

    /// Its variance.
    var variance: Double { CycleShape.variance(of: points) }

    /// The instant of a point in some week.
    static func time(ofPoint point: Int, of count: Int) -> Int64 { monday + period / Int64(count) * Int64(point) }

    /// The mean score in each slot of each whole week, NaN without any, and how far into a slot its readings lie on average.
    private static func weeks(_ scores: BinnedScores, slot: Int64, count: Int) -> ([[Double]], place: Int64) {
        let begin = scores.time(0)
        let number = Int((scores.time(scores.count - 1) + scores.width - begin) / period)
        var sums = [[Double]](repeating: Array(repeating: 0, count: count), count: number)
        var counts = sums
        var (places, total) = (0.0, 0.0)
        for bin in 0..<scores.count {
            let time = scores.time(bin)
            let week = Int((time - begin) / period)
            guard week < number else { break }
            let since = (time - monday) - (time - monday).flooredQuotient(by: period) * period
            for sensor in scores.bins where !sensor[bin].isNaN {
                sums[week][Int(since / slot)] += sensor[bin]
                counts[week][Int(since / slot)] += 1
                places += Double(since % slot)
                total += 1
            }
        }
        let means = zip(sums, counts).map { zip($0, $1).map { $1 > 0 ? $0 / $1 : .nan } }
        return (means, Int64(places / max(1, total)))
    }

    /// Weeks of which four fifths are there, with the mean of other weeks where they have nothing; none where no week has it.
    private static func filled(_ weeks: [[Double]]) -> [[Double]] {
        var kept = weeks.filter { week in week.count { $0.isNaN } * 5 <= week.count }
        for slot in kept.first?.indices ?? 0..<0 {
            let known = kept.map { $0[slot] }.filter { !$0.isNaN }
            guard !known.isEmpty else { return [] }
            let mean = known.reduce(0, +) / Double(known.count)
            for week in kept.indices where kept[week][slot].isNaN { kept[week][slot] = mean }
        }
        return kept
    }
}

extension LearnedWeek {
    /// A wave that comes so many times a week.
    private struct Wave {
        var number: Int
        var cosine: Double
        var sine: Double
        /// The expected square of what chance makes of the two.
        var error: Double
    }

    /// The waves of some weeks: the mean of each, and how weeks differ in it.
    private struct Waves {
        private let weeks: Int
        private var means: [Wave] = []

        init(_ weeks: [[Double]]) {
            self.weeks = weeks.count
            let count = weeks[0].count
            let circle = (0..<count)
                .map { turn in
                    let angle = Double(turn) / Double(count)
                    return (cosine: Elementary.cosine(turns: angle), sine: Elementary.sine(turns: angle))
                }
            for number in 1...(count - 1) / 2 {
                let parts = weeks.map { week in
                    var (cosine, sine) = (0.0, 0.0)
                    for slot in week.indices {
                        let turn = circle[slot * number % count]
                        cosine += week[slot] * turn.cosine * 2 / Double(count)
                        sine += week[slot] * turn.sine * 2 / Double(count)
                    }
                    return (cosine: cosine, sine: sine)
                }
                let total = Double(parts.count)
                let mean = (parts.reduce(0) { $0 + $1.cosine } / total, parts.reduce(0) { $0 + $1.sine } / total)
                let square = parts.reduce(0) { sum, part in
                    let (a, b) = (part.cosine - mean.0, part.sine - mean.1)
                    return sum + a * a + b * b
                }
                means.append(Wave(number: number, cosine: mean.0, sine: mean.1, error: square / (total - 1) / total))
            }
        }

        /// The waves that are no chance, less what chance adds to them.
        ///
        /// The square of a wave over its error, the latter from its neighbours up to an octave off, 2m numbers together, has
        /// Fisher's distribution with 2 and 2m degrees of freedom: it is above x with the probability (1 + x/m)⁻ᵐ.
        func kept(risk: Double) -> [Wave] {
            means.compactMap { wave in
                let near = means[(wave.number + 1) / 2 - 1..<min(2 * wave.number, means.count)]
                let error = near.reduce(0) { $0 + $1.error } / Double(near.count)
                let freedom = Double(near.count * (weeks - 1))
                let root = Elementary.exponential(Elementary.logarithm(Double(means.count) / risk) / freedom)
                let bound = freedom * (root - 1)
                let square = wave.cosine * wave.cosine + wave.sine * wave.sine
                guard square > 1e-9, square > bound * error else { return nil }
                let part = 1 - error / square
                return Wave(
                    number: wave.number,
                    cosine: wave.cosine * part,
                    sine: wave.sine * part,
                    error: error
                )
            }
        }
    }
}
