"""DuckDB: one query that makes the rows and COPY that writes them; it does all in C++ and on all cores."""
import math

from readings import ANOMALY_TYPES, DAY, JSON_OBJECTS, START
from with_pyarrow import arrays

SENSOR_COLUMNS = [
    "firmware_version", "model", "manufacturer", "serial_number", "location", "latitude", "longitude", "timezone",
    "deployment_type", "installation_date", "height_meters",
]


def query(rows, sensors, typed=False):
    """All rows, their times as text, or `typed`; two pairs of normal deviates a row by the method of Box and Muller."""
    turn = 2 * math.pi
    time = f"make_timestamp(({START} + tick) * 1000000)"
    time = time if typed else f"strftime({time}, '%Y-%m-%dT%H:%M:%S.%f')"
    return f"""
        WITH drawn AS (
            SELECT i, i // {sensors} AS tick, i % {sensors} AS k, sqrt(-2 * ln(1 - random())) AS r1,
                {turn} * random() AS a1, sqrt(-2 * ln(1 - random())) AS r2, {turn} * random() AS a2, random() AS chance
            FROM range({rows}) t(i)),
        made AS (
            SELECT i, tick, k, sin((tick % {DAY}) * {turn / DAY} + k * {turn / sensors}) AS cycle, r1 * cos(a1) AS g1,
                r1 * sin(a1) AS g2, r2 * cos(a2) AS g3, r2 * sin(a2) AS g4, chance, chance < 0.05 AS anomalous
            FROM drawn)
        SELECT i + 1 AS id,
            {time} AS "timestamp", sensor_id,
            round(CASE WHEN chance < 0.01 THEN 2 ELSE 1 END * (22 + 5 * cycle + 0.5 * g1)
                + CASE WHEN chance >= 0.04 AND anomalous THEN 1.5 * g4 ELSE 0 END, 1) AS temperature,
            round(50 - 10 * cycle + 2 * g2, 1) AS humidity, round(1013.25 + 3 * cycle + 0.5 * g3, 2) AS pressure,
            round(12 + 0.1 * g4, 2) AS voltage, anomalous::INT AS status_code, anomalous::INT AS anomaly_flag,
            CASE WHEN anomalous THEN {ANOMALY_TYPES}[1 + floor(chance * 100)::INT] END AS anomaly_type,
            {", ".join(SENSOR_COLUMNS)}, 0 AS synced
        FROM made JOIN sensors USING (k)"""


def objects(rows):
    """The rows of a query as the objects of the JSON Lines."""
    structs = [
        "{" + ", ".join(f"'{key}': {column}" + ("::BOOL" if column == "anomaly_flag" else "")
                        for key, column in members.items()) + "} AS " + name
        for name, members in JSON_OBJECTS.items()
    ]
    return f'SELECT "timestamp", sensor_id, {", ".join(structs)} FROM ({rows})'


def write(output, task):
    """Writes `csv.gz`, `jsonl.gz`, `parquet-zstd` or `parquet-snappy`."""
    import duckdb
    import pyarrow as pa

    fleet = task.fleet()
    count = len(fleet["sensor_id"])
    connection = duckdb.connect()
    connection.execute(f"SET threads = {task.threads}")
    connection.register("given", pa.table({"k": list(range(count)), **arrays(fleet)}))
    connection.execute("CREATE TABLE sensors AS SELECT * FROM given")
    rows = query(task.rows, count, typed=output.startswith("parquet"))
    if output == "csv.gz":
        connection.execute(f"COPY ({rows}) TO '{task.file}' (FORMAT csv, HEADER, COMPRESSION gzip)")
    elif output.startswith("parquet"):
        how = f"COMPRESSION {output.removeprefix('parquet-')}" + (f", COMPRESSION_LEVEL {task.level}" if task.level else "")
        connection.execute(f"COPY ({rows}) TO '{task.file}' (FORMAT parquet, {how})")
    else:
        connection.execute(f"COPY ({objects(rows)}) TO '{task.file}' (FORMAT json, COMPRESSION gzip)")
