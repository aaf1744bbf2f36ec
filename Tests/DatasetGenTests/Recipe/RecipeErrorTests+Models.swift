extension RecipeErrorTests {
    /// What signals, anomalies and the healthy twin are asked for with.
    static let models = [
        Case(
            "anomalies: {types: {trend: {duration: [5m, 2m]}}}",
            "1:29: anomalies.types.trend.duration: 5m is more than 2m"
        ),
        Case(
            "anomalies: {types: {trend: {duration: [5m]}}}",
            "1:29: anomalies.types.trend.duration: expected two values, the least and the greatest, found a list"
        ),
        Case(
            "anomalies: {types: {trend: {shape: decay}}}",
            "1:29: anomalies.types.trend.shape: expected one of ramp, plateau, recalibration, found decay"
        ),
        Case(
            "anomalies: {types: {spike: {metrics: [temperature, presure]}}}",
            "1:52: anomalies.types.spike.metrics.1: expected one of temperature, humidity, pressure, "
                + "voltage, found presure; did you mean pressure?"
        ),
        Case(
            "anomalies: {types: {spike: {metrics: [pressure, pressure]}}}",
            "1:29: anomalies.types.spike.metrics: one of the metrics is listed twice"
        ),
        Case(
            "anomalies: {types: {spike: {magnitude: [0.1, 3]}}}",
            "1:41: anomalies.types.spike.magnitude.0: 0.1 is not between 0.5 and 10000"
        ),
        Case(
            "anomalies: {types: {spike: {magnitude: 3, difficulty: hard}}}",
            "1:43: anomalies.types.spike.difficulty: cannot be given together with magnitude"
        ),
        Case(
            "anomalies: {types: {noise: {noise_multiplier: 3, magnitude: 4}}}",
            "1:50: anomalies.types.noise.magnitude: cannot be given together with noise_multiplier"
        ),
        Case(
            "anomalies: {difficulty: {easy: 0}}",
            "1:13: anomalies.difficulty: one weight at least must be above 0"
        ),
        Case(
            "anomalies: {difficulty: medum}",
            "1:13: anomalies.difficulty: expected one of easy, medium, hard, found medum; did you mean medium?"
        ),
        Case(
            "anomalies: {types: {missing_data: {modes: [stuk]}}}",
            "1:44: anomalies.types.missing_data.modes.0: expected one of blank, omit, stuck, sentinel, rail, "
                + "found stuk; did you mean stuck?"
        ),
        Case(
            "anomalies: {types: {missing_data: {duration: 10m, max_duration: 5m}}}",
            "1:51: anomalies.types.missing_data.max_duration: max_duration is less than the duration"
        ),
        Case(
            "anomalies: {types: {missing_data: {difficulty: hard}}}",
            "1:36: anomalies.types.missing_data.difficulty: does not concern missing_data: a missing value has no size"
        ),
        Case(
            "climate: town",
            "1:1: climate: expected one of normal_parameters, city, city_v1, city_v2, found town"
        ),
        Case(
            "sensor: {part: BME680}",
            "1:10: sensor.part: expected one of transmitter, BME280, SHT31, DS18B20, found BME680; did you mean BME280?"
        ),
        Case(
            "outputs: {clean: maybe}",
            "1:11: outputs.clean: expected true or false, found maybe"
        ),
        Case(
            "outputs: {csv: false, clean: true}",
            "1:1: outputs: no output is on; expected at least one of sqlite, csv, jsonl, influx, clickhouse, pgcopy, openmetrics, parquet, arrow"
        ),
    ]
}
