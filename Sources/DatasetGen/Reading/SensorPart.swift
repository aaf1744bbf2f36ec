/// The sensing part inside a device: what its data sheet says shapes a sensor's readings.
///
/// A part brings its resolution, noise, spread between specimens, ageing, lag and range; see ``specification(of:)``.
public enum SensorPart: String, CaseIterable, Sendable {
    /// An industrial transmitter for all four metrics, as in the EnvMonitor series.
    case transmitter
    /// Bosch BME280: temperature, humidity and pressure.
    case bme280 = "BME280"
    /// Sensirion SHT31: temperature and humidity.
    case sht31 = "SHT31"
    /// Maxim DS18B20: temperature only.
    case ds18b20 = "DS18B20"

    /// The part of a model; unknown models are transmitters.
    public init(ofModel model: String) {
        self = Self.models.first { $0.name == model }?.part ?? .transmitter
    }

    /// The models whose part is known.
    static let models: [(name: String, part: SensorPart)] = [
        ("BME280", .bme280), ("SHT31", .sht31), ("DS18B20", .ds18b20), ("TempSensor Pro", .ds18b20),
        ("WeatherStation Pro", .bme280), ("AirData-Plus", .sht31),
    ]

    /// What the part does to a metric; what it does not measure comes from a transmitter beside it.
    ///
    /// Sources: Bosch BST-BME280-DS001 (resolution and noise at full oversampling, accuracy, drift a year: tables 1–3);
    /// Sensirion SHT3x-DIS datasheet (repeatability at high setting, accuracy, response: tables 1–2); Maxim DS18B20
    /// datasheet (12-bit resolution, accuracy, drift, power-on value 85 °C; −127 °C is what drivers report without an
    /// answer). A stated "± limit" is taken as two standard deviations. The transmitter is typical of its class.
    func specification(of metric: StandardMetric) -> PartSpecification {
        switch (self, metric) {
        case (.bme280, .temperature):
            PartSpecification(
                resolution: Resolution(step: 1, decimals: 2),
                noise: 0.005,
                offset: 0.25,
                drift: 0.05,
                lag: 5,
                selfHeating: 0.5,
                range: -40...85,
                sentinels: [-127]
            )
        case (.bme280, .humidity):
            PartSpecification(
                resolution: Resolution(step: 1, decimals: 2),
                noise: 0.02,
                offset: 1.5,
                drift: 0.5,
                lag: 1,
                range: 0...100,
                sentinels: [0]
            )
        case (.bme280, .pressure):
            PartSpecification(
                resolution: Resolution(step: 1, decimals: 2),
                noise: 0.013,
                offset: 0.5,
                drift: 0.5,
                lag: 0,
                range: 300...1_100,
                sentinels: [0]
            )
        case (.sht31, .temperature):
            PartSpecification(
                resolution: Resolution(step: 1, decimals: 2),
                noise: 0.013,
                offset: 0.1,
                drift: 0.03,
                lag: 2,
                range: -40...125,
                sentinels: [-45, 130]
            )
        case (.sht31, .humidity):
            PartSpecification(
                resolution: Resolution(step: 1, decimals: 2),
                noise: 0.03,
                offset: 1,
                drift: 0.25,
                lag: 8,
                range: 0...100,
                sentinels: [0, 100]
            )
        case (.ds18b20, .temperature):
            PartSpecification(
                resolution: Resolution(step: 625, decimals: 4),
                noise: 0.03,
                offset: 0.25,
                drift: 0.1,
                lag: 30,
                range: -55...125,
                sentinels: [-127, 85]
            )
        case (_, .temperature):
            PartSpecification(
                resolution: Resolution(step: 1, decimals: 1),
                noise: 0.05,
                offset: 0.15,
                drift: 0.1,
                lag: 30,
                selfHeating: 0.1,
                range: -40...85,
                sentinels: [-127, 85]
            )
        case (_, .humidity):
            PartSpecification(
                resolution: Resolution(step: 1, decimals: 1),
                noise: 0.06,
                offset: 1,
                drift: 0.5,
                lag: 20,
                range: 0...100,
                sentinels: [0]
            )
        case (_, .pressure):
            PartSpecification(
                resolution: Resolution(step: 1, decimals: 2),
                noise: 0.02,
                offset: 0.3,
                drift: 0.3,
                lag: 0,
                range: 300...1_100,
                sentinels: [0]
            )
        case (_, .voltage):
            PartSpecification(
                resolution: Resolution(step: 1, decimals: 2),
                noise: 0.005,
                offset: 0.02,
                drift: 0.01,
                lag: 0,
                range: 0...60,
                sentinels: [0]
            )
        }
    }
}
