/// Scores on a scale of 200 thresholds, 8 per power of two from 2⁻¹² on.
///
/// The level of a score is how many thresholds it reaches; level 0 is below all. The top bits of a double are a
/// logarithm that is straight within each power of two, so no logarithm is computed.
package enum ScoreLevel {
    /// The highest level.
    package static let highest = 200

    /// The level of a score that is not negative.
    @inline(__always)
    package static func level(of score: Double) -> UInt8 {
        let raw = Int(truncatingIfNeeded: score.bitPattern >> 49) &- ((1_011 << 3) &- 1)
        return UInt8(truncatingIfNeeded: max(0, min(highest, raw)))
    }

    /// The threshold that scores of a level from 1 on reach.
    package static func threshold(ofLevel level: Int) -> Double {
        Double(bitPattern: UInt64(level + (1_011 << 3) - 1) << 49)
    }
}
