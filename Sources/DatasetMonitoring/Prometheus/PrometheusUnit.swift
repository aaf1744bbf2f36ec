/// The names of units at the end of a metric's name, as Prometheus recommends them.
///
/// Source: https://prometheus.io/docs/practices/naming/, "Metric names": a unit in plural form, written out.
enum PrometheusUnit {
    /// The name of a unit's symbol; nil for one that has none here.
    static func name(of symbol: String) -> String? { names[symbol] }

    private static let names = [
        "°C": "celsius", "°F": "fahrenheit", "K": "kelvin",
        "%": "percent", "%RH": "percent", "ppm": "ppm", "ppb": "ppb",
        "Pa": "pascals", "hPa": "hectopascals", "kPa": "kilopascals", "bar": "bars",
        "V": "volts", "mV": "millivolts", "A": "amperes", "mA": "milliamperes",
        "W": "watts", "kW": "kilowatts", "Wh": "watt_hours", "kWh": "kilowatt_hours", "J": "joules",
        "Hz": "hertz", "s": "seconds", "min": "minutes", "h": "hours", "rpm": "rpm",
        "m": "meters", "mm": "millimeters", "km": "kilometers",
        "m/s": "meters_per_second", "mm/s": "millimeters_per_second", "km/h": "kilometers_per_hour",
        "m³": "cubic_meters", "m³/h": "cubic_meters_per_hour", "l": "liters", "l/min": "liters_per_minute",
        "g": "grams", "kg": "kilograms", "µg/m³": "micrograms_per_cubic_meter",
        "lx": "lux", "dB": "decibels",
    ]
}
