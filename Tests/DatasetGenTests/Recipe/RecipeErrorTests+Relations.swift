extension RecipeErrorTests {
    static let relations = [
        Case(
            "dataset:\n  start: 2025-01-02\n  end: 2025-01-01",
            "3:3: dataset.end: 2025-01-01T00:00:00Z is not after the start, 2025-01-02T00:00:00Z"
        ),
        Case("dataset: {end: 2025-01-02, duration: 1h}", "1:28: dataset.duration: cannot be given together with end"),
        Case(
            "dataset: {start: 2199-12-31, duration: 2d}",
            "1:30: dataset.duration: the simulated time goes beyond the year 2199"
        ),
        Case(
            "dataset: {start: 2199-12-31, end: 2200-01-01T00:00:00.000001Z}",
            "1:30: dataset.end: expected a time such as 2025-01-31T12:00:00Z, from 1900 to 2200-01-01T00:00:00Z, "
                + "found 2200-01-01T00:00:00.000001Z"
        ),
        Case(
            "dataset: {start: 2200-01-01, duration: 1h}",
            "1:11: dataset.start: expected a time such as 2025-01-31T12:00:00Z, from 1900 to 2199, found 2200-01-01"
        ),
        Case(
            "simulation:\n  interval: 5s\n  readings_per_second: 1",
            "3:3: simulation.readings_per_second: cannot be given together with interval"
        ),
        Case(
            "normal_parameters: {temperature: {mean: 40}, humidity: {min: 80, max: 60}}",
            "1:57: normal_parameters.humidity.min: min 80 is not below max 60"
        ),
        Case(
            "normal_parameters: {temperature: {mean: 40, max: 30}}",
            "1:35: normal_parameters.temperature.mean: mean 40 is not below max 30"
        ),
        Case(
            "normal_parameters: {voltage: {min: 12}}",
            "1:31: normal_parameters.voltage.min: mean 12 is not above min 12"
        ),
        Case(
            "normal_parameters: {voltage: {resolution: 1.5}}",
            "1:31: normal_parameters.voltage.resolution: only 1 multiples of the resolution 1.5 lie between min 11 "
                + "and max 13; at least 3 are needed"
        ),
        Case(
            "normal_parameters: {pressure: {resolution: 0.000001}}",
            "1:32: normal_parameters.pressure.resolution: 0.000001 is too fine for pressure: readings up to 20000 hPa "
                + "are counted in 32 bits"
        ),
        Case(
            "anomalies: {types: {spike: {enabled: false}}}",
            "1:13: anomalies.types: no type is enabled; enable one, or set anomalies.enabled to false"
        ),
        Case(
            "anomalies: {phases: [{at: 2h, probability: 0}, {at: 1h, probability: 1}]}",
            "1:49: anomalies.phases.1.at: the offsets of phases must rise"
        ),
        Case(
            "simulation: {interval: 4s}\nanomalies: {types: {pattern: {frequency: 0.2}}}",
            "2:31: anomalies.types.pattern.frequency: 0.2 Hz is more than half the readings per second; at most 0.125 "
                + "Hz can be seen"
        ),
        Case(
            "outputs: {csv: {compression: none, level: 3}}",
            "1:36: outputs.csv.level: a file that is not compressed has no level"
        ),
        Case(
            "outputs: {csv: {compression: snapy}}",
            "1:17: outputs.csv.compression: expected one of gzip, zstd, none, found snapy"
        ),
        Case(
            "outputs: {jsonl: {compression: snappy}}",
            "1:19: outputs.jsonl.compression: snappy is for the pages of parquet: expected gzip, zstd or none"
        ),
        Case(
            "outputs: {parquet: {compression: gzp, timestamps: epoch}}",
            "1:21: outputs.parquet.compression: expected one of zstd, snappy, none, found gzp",
            "1:39: outputs.parquet.timestamps: expected one of naive, utc, found epoch"
        ),
        Case(
            "outputs:\n  csv: {level: 10}",
            "2:9: outputs.csv.level: 10 is not between 1 and 9, the levels of gzip"
        ),
        Case(
            "outputs:\n  jsonl: {level: 20, compression: zstd}",
            "2:11: outputs.jsonl.level: 20 is not between 1 and 19, the levels of zstd"
        ),
        Case(
            "outputs: [csv: {compression: zstd, level: 0}]",
            "1:36: outputs.0.csv.level: 0 is not between 1 and 19, the levels of zstd"
        ),
        Case(
            "outputs: {csv: {compression: zstd, level: 1.5}}",
            "1:36: outputs.csv.level: expected a whole number from 1 to 9 with gzip, from 1 to 19 with zstd, found 1.5"
        ),
        Case(
            "simulation: {interval: 1500ms}\noutputs: {csv: {timestamps: epoch_s}}",
            "2:17: outputs.csv.timestamps: epoch_s is coarser than the readings' times: start and interval must be "
                + "whole seconds"
        ),
        Case("outputs: [csv, {csv: {}}]", "1:17: outputs.1.csv: csv is listed twice"),
        Case(
            "dataset: {duration: 36500d}\nreplicas: {count: 10000000}\nsimulation: {interval: 1ms}",
            "1:1: dataset: 10,000,000 sensors with 3,153,600,000,000 readings each are more than 2^53 readings"
        ),
    ]
}
