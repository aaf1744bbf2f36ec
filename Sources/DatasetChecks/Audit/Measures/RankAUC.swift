/// How well a score tells two classes apart: the area under the ROC curve, from counts per value of the score.
///
/// It is the probability that a random anomalous reading scores higher than a random normal one, ties counting half
/// (Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve",
/// Radiology 143, 1982). Pairs are made within a stratum only; strata are added up by their numbers of pairs.
package struct RankAUC: Sendable {
    private var concordant = 0.0
    private var pairs = 0.0

    package init() {}

    /// Adds a stratum: counts per value of the score, by rising score.
    package mutating func add(_ counts: [(normal: Int64, anomalous: Int64)]) {
        var normalBelow = 0.0
        var anomalous = 0.0
        for count in counts {
            concordant += Double(count.anomalous) * (normalBelow + Double(count.normal) / 2)
            normalBelow += Double(count.normal)
            anomalous += Double(count.anomalous)
        }
        pairs += normalBelow * anomalous
    }

    /// The area; nil without a pair.
    package var value: Double? { pairs > 0 ? concordant / pairs : nil }
}
