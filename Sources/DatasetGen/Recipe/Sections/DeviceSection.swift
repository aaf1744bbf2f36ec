/// Section `device_info`, and the same keys in a flat sensor or identity.
struct DeviceSection: Sendable {
    var manufacturer: Stated<String>?
    var model: Stated<String>?
    var firmwareVersion: Stated<FirmwareVersion>?
    var part: Stated<SensorPart>?
    var supply: Stated<PowerSupply>?
    var serialNumber: Stated<String>?
    var manufactureDate: Stated<String>?

    static let definition = SectionDefinition(
        name: "device_info",
        summary: "The device.",
        fields: [
            Field(
                "manufacturer",
                \.manufacturer,
                .text,
                default: "EnvMonitors",
                "Manufacturer; scales the share of anomalies: SensorTech 1.2, DataLogger 1.1, MonitorPro 0.9, "
                    + "DataSense 0.8, others 1."
            ),
            Field(
                "model",
                \.model,
                .text,
                default: "EnvMonitor 2000",
                "Model; EnvMonitor-3000, -4000 and -5000 have anomaly types of their own."
            ),
            Field(
                "firmware_version",
                \.firmwareVersion,
                .firmwareVersion,
                default: "3.0.0",
                "Firmware version (SemVer, or short as `1.4`); scales the share of anomalies: 1.x 0.7, 2.x 0.85, "
                    + "pre-releases from 3.x on 1.5, others 1."
            ),
            Field(
                "part",
                \.part,
                .choice,
                default: "by `model`: TempSensor Pro is a DS18B20, WeatherStation Pro a BME280, AirData-Plus an SHT31, "
                    + "others a transmitter",
                "The sensing part: its resolution, noise, lag, calibration spread and ageing."
            ),
            Field(
                "supply",
                \.supply,
                .choice,
                default: "mains",
                "What the device runs on: `mains` follows `normal_parameters.voltage`, the others their own curves."
            ),
            Field("serial_number", \.serialNumber, .text, default: "derived from the seed", "Serial number."),
            Field("manufacture_date", \.manufactureDate, .day, "Day of manufacture."),
        ],
        empty: { DeviceSection() }
    )
}
