extension RecipeErrorTests {
    static let keys = [
        Case("anomalies: {probabilty: 0.1}", "1:13: anomalies.probabilty: unknown key; did you mean probability?"),
        Case("simulations: {}", "1:1: simulations: unknown key; did you mean simulation?"),
        Case("probability: 0.1", "1:1: probability: unknown key here; did you mean anomalies.probability?"),
        Case("replicas: {colour: red}", "1:12: replicas.colour: unknown key; known here: count, prefix, start_index"),
        Case(
            "anomalies: {types: {spike: {rate_change: 0.5}}}",
            "1:29: anomalies.types.spike.rate_change: concerns trend only, not spike"
        ),
        Case(
            "anomalies: {types: {trend: {rows: omit}}}",
            "1:29: anomalies.types.trend.rows: concerns missing_data only, not trend"
        ),
        Case(
            "outputs: {sqlite: {level: 3}}",
            "1:20: outputs.sqlite.level: concerns csv, jsonl, influx, clickhouse, pgcopy, openmetrics and parquet only, not sqlite"
        ),
        Case("anomalies: {phases: [{at: 1h}]}", "1:22: anomalies.phases.0: the key probability is missing"),
        Case(
            "dataset: {seed: 1}\nsensor: {}\ndataset: {seed: 2}\nseed: 3\n\"seed\": 4",
            "3:1: dataset: the key is repeated; it stands at recipe.yaml:1:1 first",
            "4:1: seed: unknown key here; did you mean dataset.seed?",
            "5:1: seed: the key is repeated; it stands at recipe.yaml:4:1 first"
        ),
    ]

    static let syntax = [
        Case(
            "a: [1, 2\nb: 3",
            "2:2: this is not YAML: while parsing a flow sequence at line 1: did not find expected ',' or ']'"
        ),
        Case(
            "\ta: 1",
            "1:1: this is not YAML: the line begins with a tab; YAML is indented by spaces"
        ),
        Case("just text", "1:1: expected a section, found just text"),
        Case("sensor: {id: a\u{1}b}", "1:15: this is not YAML: control characters are not allowed"),
        Case("sensor: {id: !secret x}", "1:10: sensor.id: the tag !secret has no meaning in a recipe"),
        Case("? [a]\n: 1", "1:3: a key must be text"),
        Case("sensor: *base", "1:9: this is not YAML: found undefined alias"),
        Case(
            String(repeating: "[", count: 100_000),
            "1:66: \([String](repeating: "0", count: 65).joined(separator: ".")): values are nested more than 64 levels deep"
        ),
        Case(
            "a: &a 1\nsensor: {<<: *a}",
            "1:1: a: unknown key; \(topLevelKeys)",
            "2:10: sensor: << expects a section or a list of sections, found 1"
        ),
        Case("outputs: [{csv: {}, jsonl: {}}]", "1:11: outputs.0: expected one format, found 2 keys"),
        Case("outputs: {cvs: {}}", "1:11: outputs.cvs: unknown format; did you mean csv?"),
        Case("sensor: {id: A, sensor_id: B}", "1:17: sensor.sensor_id: cannot be given together with id"),
        Case("sensor: {type: a, sensor_type: b}", "1:19: sensor.sensor_type: cannot be given together with type"),
        Case(
            "outputs: {excel: {}}",
            "1:11: outputs.excel: unknown format; known: sqlite, csv, jsonl, influx, clickhouse, pgcopy, openmetrics, parquet, arrow, clean"
        ),
        Case(
            "outputs: csv",
            "1:1: outputs: expected a list or a section of sqlite, csv, jsonl, influx, clickhouse, pgcopy, openmetrics, parquet, arrow and clean, found csv"
        ),
        Case(
            "a: 1\n---\nb: 2",
            "2:1: this is not YAML: expected a single document in the stream at line 1: but found another document"
        ),
    ]
}
