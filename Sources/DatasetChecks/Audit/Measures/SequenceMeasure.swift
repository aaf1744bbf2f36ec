import DatasetGen

/// Whether the last values of a sequence tell the next one.
///
/// A table says which value followed most often on each one, two or three values, in the first half of each sensor's
/// sequence; it is judged on the second half, beside the guess that is always the most frequent value.
struct SequenceMeasure {
    private var sequences: [[Int]]

    init(_ sequences: [[Int]]) {
        self.sequences = sequences
    }

    /// The figure of a type; nil if there is nothing to guess.
    func figure(_ subject: PlacementFigure.Subject, _ type: AnomalyType) -> PlacementFigure? {
        guard Set(sequences.joined()).count > 1 else { return nil }
        let results = (1...3).map { judged(order: $0) }.filter { $0.count > 0 }
        let best = results.max { $0.gain < $1.gain }
        guard let best else {
            return PlacementFigure(subject: subject, type: type, events: 0, value: nil, chance: 0, leaks: .tooFew)
        }
        // The standard error of the difference of two guesses, by McNemar, "Note on the sampling error of the difference
        // between correlated proportions", Psychometrika 12, 1947; of three tables and many datasets the best is 4.5 off.
        let excess = 4.5 * Double(best.wins + best.losses).squareRoot() / Double(best.count)
        // A gain of a tenth must be seen, or nothing has been.
        let leaks: Verdict = best.gain > max(0.03, excess) ? .yes : (excess > 0.1 ? .tooFew : .no)
        return PlacementFigure(
            subject: subject,
            type: type,
            events: best.count,
            value: best.value,
            chance: best.chance,
            leaks: leaks
        )
    }

    private struct Result {
        /// Values that the table guesses and the majority does not, and the reverse.
        var (wins, losses) = (0, 0)
        /// Values that the majority guesses.
        var usual = 0
        var count = 0
        var chance: Double { Double(usual) / Double(count) }
        var value: Double { Double(usual + wins - losses) / Double(count) }
        var gain: Double { value - chance }
    }

    private func judged(order: Int) -> Result {
        var table: [[Int]: [Int: Int]] = [:]
        var totals: [Int: Int] = [:]
        for sequence in sequences {
            for index in order..<max(order, sequence.count / 2) {
                table[Array(sequence[index - order..<index]), default: [:]][sequence[index], default: 0] += 1
                totals[sequence[index], default: 0] += 1
            }
        }
        guard let majority = Self.mostFrequent(totals) else { return Result() }
        var result = Result()
        for sequence in sequences {
            for index in max(order, sequence.count / 2)..<max(order, sequence.count) {
                let followers = table[Array(sequence[index - order..<index])] ?? [:]
                // What has hardly been seen yet says nothing.
                let isKnown = followers.values.reduce(0, +) >= 4
                let guess = isKnown ? Self.mostFrequent(followers) : nil
                let (isHit, isUsual) = ((guess ?? majority) == sequence[index], majority == sequence[index])
                result.usual += isUsual ? 1 : 0
                result.wins += isHit && !isUsual ? 1 : 0
                result.losses += isUsual && !isHit ? 1 : 0
                result.count += 1
            }
        }
        return result
    }

    private static func mostFrequent(_ counts: [Int: Int]) -> Int? {
        counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
}
