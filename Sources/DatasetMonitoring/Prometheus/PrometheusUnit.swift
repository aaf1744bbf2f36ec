/// The names of units at the end of a metric's name, as Prometheus recommends them.
///
/// Source: https://prometheus.io/docs/practices/naming/, "Metric names": a unit in plural form, written out.
enum PrometheusUnit {
    /// The name of a unit's symbol; nil for one that has none here.
    static func name(of symbol: String) -> String? { names[symbol] }

    // `promtool check metrics` asks for base units, which the values are not in: those that it knows are not here.
    private static let names = [
        "°C": "celsius", "K": "kelvin", "%": "percent", "%RH": "percent", "ppm": "ppm", "ppb": "ppb",
        "Pa": "pascals", "hPa": "hectopascals", "kPa": "kilopascals", "bar": "bars",
        "V": "volts", "A": "amperes", "W": "watts", "kW": "kilowatts", "J": "joules",
        "Hz": "hertz", "s": "seconds", "rpm": "rpm", "m": "meters", "m/s": "meters_per_second",
        "m³": "cubic_meters", "m³/h": "cubic_meters_per_hour", "l": "liters", "l/min": "liters_per_minute",
        "g": "grams", "lx": "lux", "dB": "decibels",
    ]
}
