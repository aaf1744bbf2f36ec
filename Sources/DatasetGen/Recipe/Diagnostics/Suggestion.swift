/// "Did you mean": the known word that is nearest to a mistyped one.
package enum Suggestion {
    /// The nearest candidate, if it is near: at most a third of the letters differ, and at least one may.
    package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let length = word.count
        let limit = max(1, length / 3)
        var best: (candidate: String, distance: Int)?
        // Words whose lengths differ by more than the limit are further apart than it.
        for candidate in candidates where abs(candidate.count - length) <= limit {
            let distance = distance(from: Array(word.lowercased()), to: Array(candidate.lowercased()))
            if distance <= limit, distance < best?.distance ?? Int.max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// The number of insertions, deletions, substitutions and swaps of neighbours that turn one word into the other.
    ///
    /// Source: the optimal string alignment form of the Damerau–Levenshtein distance.
    /// - Complexity: O(*m* · *n*).
    static func distance(from source: [Character], to target: [Character]) -> Int {
        var beforeLast = [Int](repeating: 0, count: target.count + 1)
        var last = Array(0...target.count)
        for i in source.indices {
            var row = [i + 1]
            for j in target.indices {
                let substitution = last[j] + (source[i] == target[j] ? 0 : 1)
                var cost = min(substitution, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[target.count]
    }
}
