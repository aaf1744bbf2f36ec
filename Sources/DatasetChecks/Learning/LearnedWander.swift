import DatasetGen

/// The red noise that what is left of a metric's scores is most like.
struct LearnedWander {
    /// The noise, of variance 1.
    let course: RedNoise
    /// The standard deviation of the white noise beside it, in scores.
    let noise: Double
    /// The root of the mean square by which correlations of the whole differ from those of the scores.
    let error: Double
    /// The same in parts of what scores have parted by.
    let relativeError: Double

    /// What is known before: how the scores part, what of it comes from metrics that are followed, and how much noise there may be.
    struct Task {
        let structure: LearnedStructure
        /// At each point: the part that comes from others; it is of the variance without noise.
        let followed: [Double]
        /// The part of that variance which is the metric's own.
        let own: Double
        /// The most that the white noise may be, in parts of the variance.
        let noiseLimit: Double

        /// - Parameters:
        ///   - structure: how the scores part.
        ///   - others: what of it comes from metrics that are followed.
        ///   - most: the most that the noise may be, in scores.
        init(_ structure: LearnedStructure, following others: FollowedWander = .init(), noiseUpTo most: Double) {
            self.structure = structure
            followed = structure.points.map { others.part(after: $0.lag) }
            own = max(0.01, 1 - others.variance)
            noiseLimit = min(most * most / structure.variance, 0.99)
        }

        /// A smaller octave of a period is left out: it is little beside what scores part by in the time that it takes.
        func leastShare(ofPeriod period: Int64) -> Double {
            let point = structure.points.first { $0.lag >= period } ?? structure.points.last
            return max(0.000_5, 0.02 * (point?.part ?? 1))
        }

        /// What scores part by, at a point, of some noise and a likeness of the metric's own wander.
        func part(_ index: Int, noise: Double, likeness: Double) -> Double {
            noise + (1 - noise) * (followed[index] + own * (1 - likeness))
        }

        /// By how much that differs from the scores: at the points until they have parted, as it is and relatively.
        func errors(noise: Double, _ likeness: (Int64) -> Double) -> (plain: Double, relative: Double) {
            var (square, relative) = (0.0, 0.0)
            for (index, point) in structure.points.enumerated() {
                let difference = part(index, noise: noise, likeness: likeness(point.lag)) - point.part
                if index < structure.settled { square += difference * difference }
                let share = difference / (LearnedWander.coarseness + point.part)
                if index < structure.settled { relative += share * share }
            }
            let count = Double(max(1, structure.settled))
            return ((square / count).squareRoot(), (relative / count).squareRoot())
        }
    }

    /// Parts below it count as much as it does.
    static let coarseness = 0.02

    init(_ task: Task, _ course: RedNoise, noise: Double) {
        self.course = course
        self.noise = (noise * task.structure.variance).squareRoot()
        (error, relativeError) = task.errors(noise: noise) { course.correlation(after: $0) }
    }

    /// Fits the longest period of three usual octaves, and what is white noise.
    ///
    /// Scores of variance v that are a time τ apart differ by half a square of n² + (v − n²)(1 − ρ(τ)), ρ the correlation of the
    /// wander. Of each period the n follows that makes readings change as they do from one to the next: what the shortest octave of
    /// the wander does is not taken for noise as well.
    init(usual task: Task) {
        let structure = task.structure
        let points = structure.points.prefix(structure.settled)
        func fit(_ period: Int64) -> (period: Int64, noise: Double, error: Double) {
            let candidate = RedNoise(period: period)
            let likenesses = points.map { candidate.correlation(after: $0.lag) }
            let least = points.isEmpty ? 1 : task.part(0, noise: 0, likeness: likenesses[0])
            let noise = least < 1 ? min(max((points[0].part - least) / (1 - least), 0), task.noiseLimit) : 0
            let square = zip(points.indices, likenesses)
                .reduce(0) { sum, point in
                    let difference = task.part(point.0, noise: noise, likeness: point.1) - points[point.0].part
                    return sum + difference * difference
                }
            return (period, noise, (square / Double(max(1, points.count))).squareRoot())
        }
        var period = Double(max(structure.interval, 1_000_000))
        // The shortest period that a recipe can state may be longer than the recording.
        var best = fit(Int64(period))
        while true {
            period *= 1.06
            guard period <= Double(structure.longest) * 8 else { break }
            let other = fit(Int64(period))
            if other.error < best.error { best = other }
        }
        // Readings that have nothing to do with one another, where bounds leave no room for noise.
        for part in [0.85, 0.7, 0.5] {
            let other = fit(max(1_000_000, Int64(part * Double(structure.interval))))
            if other.error < best.error - Self.leastGain { best = other }
        }
        self.init(task, RedNoise(period: max(1_000_000, best.period)), noise: best.noise)
    }

    /// A period below the interval has to be so much nearer.
    private static let leastGain = 0.005

    /// Fits the shares of octaves from the interval of readings to a quarter of the recording, and what is white noise, by least
    /// squares of shares that are not below 0.
    ///
    /// - Parameters:
    ///   - task: what is to be fitted.
    ///   - noise: what white noise is by another fit, in parts of the variance.
    ///   - volatility: how the size of short octaves varies.
    init(octaves task: Task, noise: Double, volatility: RedNoise.Volatility? = nil) {
        var periods = Self.periods(task.structure)
        while true {
            let columns = periods.map { period in
                let octave = RedNoise(octaves: [.init(period: period, share: 1)], volatility: volatility)
                return task.structure.points.map { 1 - octave.correlation(after: $0.lag) }
            }
            var sums = LeastSquares(regressors: 1 + periods.count)
            for (index, point) in task.structure.points.enumerated() {
                // Readings change by something, however much comes from others.
                let own = max(point.part - (1 - noise) * task.followed[index], 0.02 * point.part)
                sums.add([1] + columns.map { $0[index] }, own, weight: 1 / (Self.coarseness + own))
            }
            let free = noise + (1 - noise) * task.own
            sums.add([1] + periods.map { _ in 1 }, free, weight: Self.sumWeight / free)
            let weights = sums.nonNegativeSolution(firstUpTo: task.noiseLimit)
            let total = weights.dropFirst().reduce(0, +)
            let shares = weights.dropFirst().map { $0 / max(total, .leastNormalMagnitude) }
            let kept = shares.indices.filter { shares[$0] >= task.leastShare(ofPeriod: periods[$0]) }
            guard !kept.isEmpty else {
                self.init(task, RedNoise(period: periods[0]), noise: weights[0])
                return
            }
            if kept.count == periods.count {
                let octaves = zip(periods, Self.rounded(shares)).map { RedNoise.Octave(period: $0, share: $1) }
                let varying = volatility.flatMap { periods[0] <= $0.period ? $0 : nil }
                self.init(task, RedNoise(octaves: octaves, volatility: varying), noise: weights[0])
                return
            }
            periods = kept.map { periods[$0] }
        }
    }

    /// The usual octaves where they fit and are of one size, else octaves with shares of their own.
    ///
    /// - Parameters:
    ///   - task: what is to be fitted.
    ///   - volatility: how the size of short octaves varies.
    /// - Returns: the wander, with what is white noise beside it.
    static func best(_ task: Task, _ volatility: RedNoise.Volatility? = nil) -> LearnedWander {
        let usual = LearnedWander(usual: task)
        let noise = usual.noise * usual.noise / task.structure.variance
        let free = LearnedWander(octaves: task, noise: noise, volatility: volatility)
        let isUsual =
            volatility == nil && (usual.relativeError < goodFit || free.relativeError > 0.6 * usual.relativeError)
        return isUsual ? usual : free
    }

    /// So near, the usual octaves are taken.
    private static let goodFit = 0.15

    /// How much heavier the sum of shares weighs than a point.
    private static let sumWeight = 20.0

    /// The periods of octaves that may be: each 2.2 times as long as the one before it, so that none beats with another.
    private static func periods(_ structure: LearnedStructure) -> [Int64] {
        var periods: [Int64] = []
        var period = Double(max(structure.interval, 1_000_000))
        while periods.isEmpty || period <= Double(structure.longest) {
            let rounded = Int64(period).inRoundUnits
            if rounded > periods.last ?? 0 { periods.append(rounded) }
            period *= 2.2
        }
        return periods
    }

    /// Shares in ten-thousandths, which add up to 1.
    private static func rounded(_ shares: [Double]) -> [Double] {
        var parts = shares.map { Int(($0 * 10_000).rounded()) }
        let largest = parts.indices.max { parts[$0] < parts[$1] } ?? 0
        parts[largest] += 10_000 - parts.reduce(0, +)
        return parts.map { Double($0) / 10_000 }
    }
}
