/// What part of the anomalies is how hard to find; the parts add up to 1.
public struct DifficultyMix: Hashable, Sendable {
    /// Part of ``Difficulty/easy``.
    public let easy: Double
    /// Part of ``Difficulty/medium``.
    public let medium: Double
    /// Part of ``Difficulty/hard``.
    public let hard: Double

    /// The mix of three weights, of which one at least is positive.
    public init(easy: Double, medium: Double, hard: Double) {
        let total = easy + medium + hard
        precondition(total > 0)
        // Parts stay what they are, though they may add up to 1 only nearly: a resolved recipe reads back the same.
        let scale = abs(total - 1) < 0x1p-48 ? 1 : total
        (self.easy, self.medium, self.hard) = (easy / scale, medium / scale, hard / scale)
    }

    /// All of one difficulty.
    public init(_ difficulty: Difficulty) {
        self.init(
            easy: difficulty == .easy ? 1 : 0,
            medium: difficulty == .medium ? 1 : 0,
            hard: difficulty == .hard ? 1 : 0
        )
    }

    /// 40 % easy, 40 % medium, 20 % hard.
    public static let standard = DifficultyMix(easy: 0.4, medium: 0.4, hard: 0.2)

    /// The only difficulty there is; nil in a mix.
    public var single: Difficulty? {
        if easy == 1 { return .easy }
        if medium == 1 { return .medium }
        return hard == 1 ? .hard : nil
    }

    /// The difficulty at a place in 0..<1, the easy ones first.
    func difficulty(at place: Double) -> Difficulty {
        place < easy ? .easy : (place < easy + medium ? .medium : .hard)
    }
}
