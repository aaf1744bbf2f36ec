"""Polars: frames chunk by chunk. Concatenated gzip members are one valid gzip file."""
from readings import ANOMALY_TYPES, COLUMNS, JSON_OBJECTS, SENSOR_NUMBERS, instants, timestamps, values


def series(fleet):
    """The sensors' columns as Polars keeps them."""
    import polars as pl

    return {
        name: pl.Series(column, dtype=pl.Float64 if name in SENSOR_NUMBERS else pl.String)
        for name, column in fleet.items()
    }


def frame(first, end, fleet, typed=False):
    """Rows `first` to `end`, their times as text, or `typed`."""
    import polars as pl

    made = values(first, end, len(fleet["sensor_id"]))
    sensor = pl.Series(made["sensor"])
    columns = {}
    for name in COLUMNS:
        if name == "timestamp" and typed:
            columns[name] = pl.Series(instants(made)).cast(pl.Datetime("us"))
        elif name == "timestamp":
            texts = pl.Series(timestamps(made["first_tick"], made["last_tick"]))
            columns[name] = texts.gather(pl.Series(made["tick"]))
        elif name == "anomaly_type":
            # 6 kinds, of which the last is none: -1 becomes 5.
            columns[name] = pl.Series(ANOMALY_TYPES + [None]).gather(pl.Series(made["type"] % 6))
        elif name in made:
            columns[name] = pl.Series(made[name])
        else:
            columns[name] = fleet[name].gather(sensor)
    return pl.DataFrame(columns)


def objects(table):
    """The rows as the objects of the JSON Lines."""
    import polars as pl

    table = table.with_columns(pl.col("anomaly_flag").cast(pl.Boolean))
    structs = [
        pl.struct([pl.col(column).alias(key) for key, column in members.items()]).alias(name)
        for name, members in JSON_OBJECTS.items()
    ]
    return table.select("timestamp", "sensor_id", *structs)


def write(output, task):
    """Writes `csv`, `csv.gz`, `csv-igzip`, `jsonl.gz`, `jsonl-igzip`, `parquet-zstd` or `sqlite` (through ADBC)."""
    fleet = series(task.fleet())
    if output == "sqlite":
        from adbc import ingest

        import polars as pl

        ingest(task, lambda first, end: frame(first, end, fleet).to_arrow(compat_level=pl.CompatLevel.oldest()))
        return
    if output.startswith("parquet"):
        from polars.io.plugins import register_io_source

        def chunks(columns, predicate, count, size):
            return (frame(first, end, fleet, typed=True) for first, end in task.chunks())

        schema = frame(0, 1, fleet, typed=True).schema
        how = {"compression": output.removeprefix("parquet-"), "compression_level": task.level}
        register_io_source(chunks, schema=schema).sink_parquet(task.file, **how)
        return
    if output.endswith("-igzip"):
        from isal import igzip

        file = igzip.open(task.file, "wb", compresslevel=task.level)
    else:
        file = open(task.file, "wb")
    gzip = {"compression": "gzip", "compression_level": task.level} if output.endswith(".gz") else {}
    with file:
        for first, end in task.chunks():
            table = frame(first, end, fleet)
            if output.startswith("jsonl"):
                objects(table).write_ndjson(file, **gzip)
            else:
                table.write_csv(file, include_header=first == 0, **gzip)
