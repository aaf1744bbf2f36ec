"""PyArrow: tables chunk by chunk."""
from readings import ANOMALY_TYPES, COLUMNS, SENSOR_NUMBERS, instants, timestamps, values


def arrays(fleet):
    """The sensors' columns as Arrow keeps them."""
    import pyarrow as pa

    return {
        name: pa.array(column, pa.float64() if name in SENSOR_NUMBERS else pa.string())
        for name, column in fleet.items()
    }


def table(first, end, fleet, typed=False):
    """Rows `first` to `end`, their times as text, or `typed`."""
    import pyarrow as pa

    made = values(first, end, len(fleet["sensor_id"]))
    sensor = pa.array(made["sensor"])
    columns = {}
    for name in COLUMNS:
        if name == "timestamp" and typed:
            columns[name] = pa.array(instants(made), pa.timestamp("us"))
        elif name == "timestamp":
            columns[name] = pa.array(timestamps(made["first_tick"], made["last_tick"])).take(pa.array(made["tick"]))
        elif name == "anomaly_type":
            columns[name] = pa.array(ANOMALY_TYPES).take(pa.array(made["type"], mask=made["type"] < 0))
        elif name in made:
            columns[name] = pa.array(made[name])
        else:
            columns[name] = fleet[name].take(sensor)
    return pa.table(columns)


def write(output, task):
    """Writes `csv.gz`, `csv-igzip`, `parquet-zstd`, `parquet-snappy` or `sqlite` (through ADBC)."""
    import pyarrow as pa
    import pyarrow.csv

    pa.set_cpu_count(task.threads)
    fleet = arrays(task.fleet())
    if output == "sqlite":
        from adbc import ingest

        ingest(task, lambda first, end: table(first, end, fleet))
        return
    if output.startswith("parquet"):
        import pyarrow.parquet

        how = {"compression": output.removeprefix("parquet-")} | ({"compression_level": task.level} if task.level else {})
        writer = None
        for first, end in task.chunks():
            rows = table(first, end, fleet, typed=True)
            writer = writer or pa.parquet.ParquetWriter(task.file, rows.schema, **how)
            writer.write_table(rows)
        writer.close()
        return
    if output == "csv-igzip":
        from isal import igzip

        file = igzip.open(task.file, "wb", compresslevel=task.level)
    else:
        file = pa.CompressedOutputStream(task.file, "gzip")
    with file:
        for first, end in task.chunks():
            options = pa.csv.WriteOptions(include_header=first == 0, quoting_style="none")
            pa.csv.write_csv(table(first, end, fleet), file, options)
