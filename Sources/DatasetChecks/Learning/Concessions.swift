import DatasetGen

/// What a recipe gives up of a metric that cannot be had as it was learnt: a little at first, and then more.
struct Concessions {
    /// By what cycles and what is followed are multiplied; 0 for none.
    private(set) var regular = 1.0
    /// By what the levels of sensors are.
    private(set) var levels = 1.0
    /// By what the noise is.
    private(set) var noise = 1.0
    /// By how many deviations bounds are wider.
    private(set) var widening = 0.0
    /// Only moments and the wander are left.
    private(set) var isPlain = false

    private static let (step, levelStep, noiseStep) = (0.95, 0.97, 0.7)
    /// What would be less is nothing.
    private static let (leastRegular, leastLevels, leastNoise, mostWidening) = (0.5, 0.75, 0.3, 2.0)

    /// Gives up something that helps.
    ///
    /// - Parameter error: why the metric cannot be had.
    /// - Returns: whether there was anything left to give up.
    mutating func concede(to error: MetricModelError) -> Bool {
        guard !isPlain else { return false }
        switch error {
        case .levelsTooLarge where levels > 0:
            levels = levels > Self.leastLevels ? levels * Self.levelStep : 0
        case .sharesTooLarge where regular > 0, .cannotFollow where regular > 0, .circle where regular > 0:
            regular = regular > Self.leastRegular ? regular * Self.step : 0
        case .value(_, let key, _) where regular > 0 && (key.hasPrefix("follows") || key.hasPrefix("cycles")):
            regular = regular > Self.leastRegular ? regular * Self.step : 0
        case _ where widening < Self.mostWidening: widening += 1
        case _ where noise > 0: noise = noise > Self.leastNoise ? noise * Self.noiseStep : 0
        case _ where levels > 0: levels = 0
        case _ where regular > 0: regular = 0
        default: isPlain = true
        }
        return true
    }
}
