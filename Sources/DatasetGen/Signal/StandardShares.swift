/// How daily cycle and weather share the variance of temperature and humidity under `normal_parameters`: standard
/// deviations whose squares add up to 1.
enum StandardShares {
    /// Of the daily cycle: 46 % of the variance.
    static let day = 0.678_232_998_312_526_8
    /// Of the weather: 54 %.
    static let weather = 0.734_846_922_834_953_4
}
