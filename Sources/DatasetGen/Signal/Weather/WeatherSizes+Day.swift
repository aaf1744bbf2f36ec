extension WeatherSizes {
    /// How far the temperature of an hour lies above the day's mean under a usual sky, in °C.
    func dailyCycle(_ sun: LocalSun, winter: Double) -> Double {
        let lag = lag.hours + lag.winter * winter
        let course = DailyCourse(sun, lag: lag, twilight: twilight, decay: decay)
        return range.size(winter) * (0.2 + 0.8 * max(0, sun.noon)) * course.centred
    }

    /// How far the sun's stirring brings dry air down at an hour, less its mean of the day: an hour behind the temperature.
    func dailyMixing(_ sun: LocalSun) -> Double {
        let hour = sun.hour < 1 ? sun.hour + 23 : sun.hour - 1
        return DailyCycle.mixing.centred(solarHour: hour, dayLength: sun.dayLength)
    }

    /// How far that takes the dew point below the day's mean under a usual sky, in °C.
    func drying(mixing course: Double, winter: Double) -> Double { 0.3 * mixing.size(winter) * course }
}
