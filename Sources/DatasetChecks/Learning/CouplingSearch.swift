import DatasetGen

/// Finds what follows what: the coupling that explains most of what is left of a metric, and so on until none explains much.
struct CouplingSearch {
    private typealias Term = (leader: Int, lag: Int)
    private typealias Gain = (lag: Int, part: Double)

    private let correlations: RestCorrelations
    private let count: Int
    /// Per metric: what it follows.
    private var terms: [[Term]]
    /// Per metric: the part of its variance that is left.
    private var left: [Double]
    /// By follower and leader: what the leader would bring beside those that there are; nil where it brings nothing.
    private var gains: [[Gain?]] = []
    /// Pairs, the follower first, by which too many wanders would come together.
    private var refused = Set<[Int]>()

    /// A correlation below it is no reason to couple metrics.
    private static let least = 0.25
    /// The most that a metric follows.
    private static let leaderLimit = 2
    /// The most wanders that may come together in one metric, as all of them have to be computed for it.
    private static let wanderLimit = 16
    /// So much of a metric is its own.
    private static let leastOwn = 0.01
    /// So much of a leader others leave at least, or it can hardly be told from them.
    private static let leastApart = 0.02

    init(_ rests: [BinnedScores]) {
        correlations = RestCorrelations(rests)
        count = rests.count
        terms = Array(repeating: [], count: count)
        left = Array(repeating: 1, count: count)
        gains = (0..<count).map { row(of: $0) }
        while let next = best {
            terms[next.follower].append(next.term)
            if wanderCounts.contains(where: { $0 > Self.wanderLimit }) {
                terms[next.follower].removeLast()
                refused.insert([next.follower, next.term.leader])
            } else {
                left[next.follower] = max(Self.leastOwn, next.left)
                gains[next.follower] = row(of: next.follower)
            }
        }
    }

    /// What was found, by follower.
    var couplings: [[LearnedCoupling]] {
        terms.indices.map { follower in
            let weights = weights(of: follower, terms[follower])
            let explained = 1 - rest(of: follower, terms[follower], weights)
            let factor = explained > 1 - Self.leastOwn ? ((1 - Self.leastOwn) / explained).squareRoot() : 1
            return zip(terms[follower], weights)
                .map { term, weight in
                    LearnedCoupling(
                        follower: follower,
                        leader: term.leader,
                        lag: Int64(term.lag) * correlations.width,
                        weight: weight * factor
                    )
                }
        }
    }

    /// Metrics in an order in which each comes behind those that it follows.
    var order: [Int] {
        var order: [Int] = []
        var done = Set<Int>()
        while order.count < count {
            for metric in 0..<count
            where !done.contains(metric) && terms[metric].allSatisfy({ done.contains($0.leader) }) {
                order.append(metric)
                done.insert(metric)
            }
        }
        return order
    }

    /// Correlations that couplings do not tell of, as there are too many of them.
    var others: [LearnedCoupling.Other] {
        (0..<count)
            .flatMap { one in
                (0..<one)
                    .compactMap { other in
                        let isTold =
                            terms[one].contains { $0.leader == other } || terms[other].contains { $0.leader == one }
                        guard !isTold else { return nil }
                        let found = [(one, other), (other, one)]
                            .compactMap { pair in gains[pair.0][pair.1].map { (pair, $0) } }
                        guard let most = found.min(by: { $0.1.part < $1.1.part }), most.1.part <= Self.bound else {
                            return nil
                        }
                        let correlation = correlations.between(most.0.0, most.0.1, lag: most.1.lag)
                        guard abs(correlation) >= Self.least else { return nil }
                        return .init(follower: most.0.0, leader: most.0.1, correlation: correlation)
                    }
            }
    }

    /// What a coupling has to leave at most, in parts of what there was.
    private static var bound: Double { 1 - least * least }

    /// The coupling that leaves least; nil where none is worth it.
    private var best: (follower: Int, term: Term, left: Double)? {
        var found: (follower: Int, term: Term, part: Double)?
        for follower in 0..<count where terms[follower].count < Self.leaderLimit {
            for leader in 0..<count where leader != follower {
                guard !follows(leader, follower), !refused.contains([follower, leader]),
                    let gain = gains[follower][leader]
                else { continue }
                // Of two that may as well lead, the first one does.
                let isBetter =
                    found.map { 1 - gain.part > (1 - $0.part) * (follower > $0.follower ? 0.999 : 1.001) } ?? true
                if isBetter { found = (follower, (leader, gain.lag), gain.part) }
            }
        }
        guard let found, found.part <= Self.bound else { return nil }
        return (found.follower, found.term, left[found.follower] * found.part)
    }

    /// A row of ``gains``.
    private func row(of follower: Int) -> [Gain?] {
        (0..<count).map { $0 == follower ? nil : gain(of: follower, from: $0) }
    }

    /// The lag of a further leader at which least is left, in parts of what there was; a later lag has to be a clear one.
    private func gain(of follower: Int, from leader: Int) -> Gain? {
        var best: Gain?
        for lag in 0...correlations.reach where !terms[follower].contains(where: { $0 == (leader, lag) }) {
            let terms = terms[follower] + [(leader, lag)]
            let weights = weights(of: follower, terms)
            guard !weights.isEmpty else { continue }
            let part = rest(of: follower, terms, weights) / left[follower]
            if 1 - part > (1 - (best?.part ?? 1)) * 1.04 { best = (lag, part) }
        }
        return best
    }

    /// Whether one metric follows another, directly or not; or is the same.
    private func follows(_ one: Int, _ other: Int) -> Bool {
        var (pending, seen) = ([one], Set<Int>())
        while let next = pending.popLast() {
            if next == other { return true }
            if seen.insert(next).inserted { pending += terms[next].map(\.leader) }
        }
        return false
    }

    /// Per metric: how many wanders come together in it, its own included.
    private var wanderCounts: [Int] {
        var counts = [Int](repeating: 1, count: count)
        for metric in order { counts[metric] = 1 + terms[metric].reduce(0) { $0 + counts[$1.leader] } }
        return counts
    }

    /// The least-squares weights of what a metric follows; none where a leader can hardly be told from others.
    private func weights(of follower: Int, _ terms: [Term]) -> [Double] {
        weights(of: terms, correlatingBy: terms.map { correlations.between(follower, $0.leader, lag: $0.lag) })
    }

    /// The least-squares weights of some terms for what correlates with each by `own`; none where one can hardly be told from others.
    private func weights(of terms: [Term], correlatingBy own: [Double]) -> [Double] {
        guard terms.count > 1 else { return own }
        if terms.count == 2 {
            let common = correlations.between(terms[0].leader, terms[1].leader, lag: terms[1].lag - terms[0].lag)
            let determinant = 1 - common * common
            guard determinant > Self.leastApart else { return [] }
            return [(own[0] - common * own[1]) / determinant, (own[1] - common * own[0]) / determinant]
        }
        let matrix = terms.map { one in
            terms.map { correlations.between(one.leader, $0.leader, lag: $0.lag - one.lag) }
        }
        // What the terms before it leave of the last one.
        let common = Array(matrix[terms.count - 1].dropLast())
        let apart = zip(weights(of: Array(terms.dropLast()), correlatingBy: common), common)
            .reduce(1) { $0 - $1.0 * $1.1 }
        guard apart > Self.leastApart else { return [] }
        return LeastSquares(matrix: matrix.flatMap { $0 }, right: own).solution ?? []
    }

    /// The part of a metric's variance that is left.
    private func rest(of follower: Int, _ terms: [Term], _ weights: [Double]) -> Double {
        zip(terms, weights)
            .reduce(1) { $0 - $1.1 * correlations.between(follower, $1.0.leader, lag: $1.0.lag) }
    }
}
