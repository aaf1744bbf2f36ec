/// Recipes that several suites use.
enum Samples {
    /// Ten minutes of one sensor, for which nothing but spikes is short enough.
    static let small = """
        dataset: {name: small, duration: 10m}
        sensor: {id: ONE, location: Oslo}
        anomalies: {types: {spike: {}}}
        """

    /// Far more than a test can wait for.
    static let endless = """
        dataset: {name: endless, duration: 30d}
        replicas: {count: 100}
        """

    /// Two days and a half of two sensors, one reading a minute, with many anomalies long enough to change every metric
    /// that they can.
    static let days = """
        dataset: {name: days, seed: 5, start: 2025-01-01, duration: 60h}
        simulation: {interval: 1m}
        fleet: [{count: 2, prefix: DAY, location: Oslo}]
        anomalies:
          probability: 0.2
          types:
            spike: {weight: 0.1}
            trend: {weight: 0.2, duration: 20m}
            pattern: {weight: 0.3, duration: 30m}
            missing_data: {weight: 0.2, duration: 15m, modes: [null, omit]}
            noise: {weight: 0.2, duration: 10m}
        """

    /// Text that readers stumble over, negative numbers, odd resolutions, missing rows of both kinds, 4,320 readings.
    static let nasty = nasty(order: "time", interval: "10s")

    /// Groups with intervals and metrics of their own, states, many events, rows that are missing; outputs are yet to be added.
    ///
    /// 9,900 readings an hour.
    static func groups(duration: String) -> String {
        """
        dataset: {name: r, seed: 7, start: 2025-01-05, duration: \(duration)}
        simulation: {interval: 10s}
        metrics:
          temperature: {}
          door: {model: state, states: {open: 0.2, shut: 0.8}, dwell: 90s}
        fleet:
          - {count: 20, prefix: ROOM, metrics: [temperature, door]}
          - {count: 15, prefix: COLD, metrics: [temperature], interval: 20s}
        anomalies:
          probability: 0.2
          types: {spike: {}, noise: {duration: 2m}, missing_data: {duration: 1m, modes: [null, omit]}}
        """
    }

    /// Metrics of its own, one of them of states, and sensors that have some of them.
    static let mixed = """
        dataset: {name: mixed, seed: 5, start: 2025-01-05, duration: 3h}
        metrics:
          temperature: {}
          co2: {unit: ppm, mean: 650, std_dev: 180, min: 400, max: 5000, resolution: 1}
          door: {model: state, states: {'closed "really"': 0.7, ajar: 0.1, "1": 0.2}, dwell: 90s}
        fleet:
          - {count: 2, prefix: 'A "B"', location: O'Brien}
          - {count: 3, prefix: 'C\\D{}[]|.*', metrics: [temperature, door], location: Oslo S}
        anomalies: {probability: 0.2, types: {spike: {}, missing_data: {duration: 1m, modes: [null, omit]}}}
        """

    /// The same with another order and interval, over four hours.
    static func nasty(order: String, interval: String) -> String {
        """
        dataset: {name: nasty, description: "A \\"fleet\\", with é ☃", seed: 7, start: 2025-01-05, duration: 4h, order: \(order)}
        simulation: {interval: \(interval)}
        fleet:
          - count: 2
            prefix: "A,B"
            location:
              city: "O'Brien \\"Lab\\", é ☃"
              coordinates: {latitude: -33.8688, longitude: -70.123456}
              timezone: America/Santiago
            manufacturer: 'Müller "& Söhne", Inc.'
            model: 'back\\slash'
            deployment_type: "indoor, dry"
            installation_date: 2024-02-29
            height_meters: -1.5
          - count: 1
            prefix: "Ω 🌡"
            location: Oslo
            firmware_version: 3.0.0-beta.1
        normal_parameters:
          temperature: {mean: -5.5, std_dev: 2, min: -15, max: 4, resolution: 0.0625}
          humidity: {resolution: 1}
        anomalies:
          probability: 0.2
          types:
            spike: {weight: 0.2}
            trend: {weight: 0.2, duration: 2m}
            pattern: {weight: 0.2, duration: 2m}
            missing_data: {weight: 0.2, duration: 1m, modes: [null, omit]}
            noise: {weight: 0.2, duration: 2m}
        """
    }
}
