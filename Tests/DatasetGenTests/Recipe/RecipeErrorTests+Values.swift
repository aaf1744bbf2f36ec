extension RecipeErrorTests {
    static let values = [
        Case("anomalies:\n  probability: 1.7", "2:3: anomalies.probability: 1.7 is not between 0 and 1"),
        Case(
            "anomalies: {probability: .nan}",
            "1:13: anomalies.probability: expected a number from 0 to 1, found .nan"
        ),
        Case(
            "anomalies: {probability: -.inf}",
            "1:13: anomalies.probability: expected a number from 0 to 1, found -.inf"
        ),
        Case(
            "anomalies: {probability: \"0.5\"}",
            "1:13: anomalies.probability: expected a number from 0 to 1, found the text \"0.5\""
        ),
        Case(
            "anomalies:\n  probability:",
            "2:3: anomalies.probability: the value is missing; expected a number from 0 to 1"
        ),
        Case("anomalies: {enabled: maybe}", "1:13: anomalies.enabled: expected true or false, found maybe"),
        Case("anomalies: [spike]", "1:1: anomalies: expected a section, found a list"),
        Case(
            "anomalies: {probability: {}}",
            "1:13: anomalies.probability: expected a number from 0 to 1, found a section"
        ),
        Case("dataset: {seed: -1}", "1:11: dataset.seed: -1 is not between 0 and 18446744073709551615"),
        Case(
            "dataset: {seed: 18446744073709551616}",
            "1:11: dataset.seed: 18446744073709551616 is not between 0 and 18446744073709551615"
        ),
        Case(
            "dataset: {seed: 1.5}",
            "1:11: dataset.seed: expected a whole number from 0 to 18446744073709551615, found 1.5"
        ),
        Case(
            "dataset: {name: ../x}",
            "1:11: dataset.name: \"../x\" cannot name a folder; use up to 100 letters, digits, '.', '_' and '-', "
                + "no '.' or '-' first"
        ),
        Case(
            "dataset: {name: .hidden}",
            "1:11: dataset.name: \".hidden\" cannot name a folder; use up to 100 letters, digits, '.', '_' and '-', "
                + "no '.' or '-' first"
        ),
        Case(
            "dataset: {name: -rf}",
            "1:11: dataset.name: \"-rf\" cannot name a folder; use up to 100 letters, digits, '.', '_' and '-', "
                + "no '.' or '-' first"
        ),
        Case(
            "dataset: {name: x.partial}",
            "1:11: dataset.name: \"x.partial\" ends in .partial, as unfinished datasets do"
        ),
        Case(
            "dataset: {start: 2025-02-29}",
            "1:11: dataset.start: expected a time such as 2025-01-31T12:00:00Z, from 1900 to 2199, found 2025-02-29"
        ),
        Case(
            "dataset: {duration: 5 parsecs}",
            "1:11: dataset.duration: expected a duration such as 90s, 15m or 1d12h, or a number of seconds, "
                + "found 5 parsecs"
        ),
        Case(
            "dataset: {duration: 1000000000d}",
            "1:11: dataset.duration: 1000000000d is longer than 109800d, the most that is possible"
        ),
        Case(
            "dataset: {duration: 0}",
            "1:11: dataset.duration: expected a duration such as 90s, 15m or 1d12h, or a number of seconds, found 0"
        ),
        Case(
            "dataset: {order: tmie}",
            "1:11: dataset.order: expected time, sensor, or a window such as window=2h, found tmie; did you mean time?"
        ),
        Case(
            "simulation: {readings_per_second: 2000}",
            "1:14: simulation.readings_per_second: 2000 is not in the range one reading a day to 1000 readings a "
                + "second"
        ),
        Case("simulation: {interval: 2d}", "1:14: simulation.interval: 2d is not in the range 1ms to 1d"),
        Case("simulation: {interval: 0.0001}", "1:14: simulation.interval: 0.0001 is not in the range 1ms to 1d"),
        Case(
            "simulation: {readings_per_second: 0}",
            "1:14: simulation.readings_per_second: expected a positive number of readings per second, found 0"
        ),
        Case(
            "simulation: {readings_per_second: 3.14159265359}",
            "1:14: simulation.readings_per_second: 3.14159265359 has too many digits to be kept exactly"
        ),
        Case("simulation: {batch_size: 0}", "1:14: simulation.batch_size: 0 is not between 1 and 1000000"),
        Case("monitoring: {port: 80800}", "1:14: monitoring.port: 80800 is not between 1 and 65535"),
        Case(
            "logging: {level: INF}",
            "1:11: logging.level: expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL, found INF; did you mean INFO?"
        ),
        Case(
            "database: {busy_timeout: soon}",
            "1:12: database.busy_timeout: expected a whole number from 0 to 3600000, found soon"
        ),
        Case(
            "sensor: {firmware_version: latest}",
            "1:10: sensor.firmware_version: expected a version such as 1.4 or 3.0.0-beta.1, found latest"
        ),
        Case(
            "sensor: {installation_date: 24.3.2025}",
            "1:10: sensor.installation_date: expected a day such as 2025-03-24, found 24.3.2025"
        ),
        Case("sensor: {orientation_degrees: 361}", "1:10: sensor.orientation_degrees: 361 is not between 0 and 360"),
        Case(
            "sensor: {manufacturer: \"a\\nb\"}",
            "1:10: sensor.manufacturer: the text has a control character or a line break"
        ),
        Case(
            "sensor: {location: Oslo, timezone: 7 o'clock}",
            "1:26: sensor.timezone: expected an IANA time zone such as America/Denver, found 7 o'clock"
        ),
        Case(
            "outputs: []",
            "1:1: outputs: no output is on; expected at least one of sqlite, csv, jsonl, influx, clickhouse, pgcopy, openmetrics, parquet, arrow"
        ),
        Case(
            "outputs: {csv: false}",
            "1:1: outputs: no output is on; expected at least one of sqlite, csv, jsonl, influx, clickhouse, pgcopy, openmetrics, parquet, arrow"
        ),
        Case(
            "outputs: [csv, cvs]",
            "1:16: outputs.1: expected one of sqlite, csv, jsonl, influx, clickhouse, pgcopy, openmetrics, parquet, arrow, found cvs; did you mean csv?"
        ),
        Case("outputs: {sqlite: {page_size: 1000}}", "1:20: outputs.sqlite.page_size: 1000 is not a power of two"),
        Case("outputs: {csv: {level: 10}}", "1:17: outputs.csv.level: 10 is not between 1 and 9, the levels of gzip"),
        Case(
            "normal_parameters: {humidity: {mean: 120}}",
            "1:32: normal_parameters.humidity.mean: 120 is not between 0 and 100"
        ),
        Case(
            "normal_parameters: {humidity: {resolution: 0.0000001}}",
            "1:32: normal_parameters.humidity.resolution: expected a step such as 0.01 or 0.0625: positive, "
                + "at most 100, at most six decimals, found 0.0000001"
        ),
    ]
}
