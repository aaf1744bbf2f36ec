"""engines.py DATASET: whether DuckDB reads the same rows from the CSV, the JSON Lines and the SQLite file."""

import glob
import json
import sys

import duckdb
from dataset import METRICS, NUMBERS, Problems, csv_rows, database, text_of

folder = sys.argv[1]
problems = Problems()
duck = duckdb.connect()


def kind(column):
    """The type of a column of sensor_data in DuckDB."""
    if column in NUMBERS:
        return "DOUBLE"
    return {"id": "BIGINT", "timestamp": "TIMESTAMP", "status_code": "BIGINT"}.get(
        column, "BIGINT" if column in ("anomaly_flag", "synced") else "VARCHAR"
    )


csv = glob.glob(folder + "/readings.csv*")[0]
jsonl = glob.glob(folder + "/readings.jsonl*")[0]
sqlite = database(folder)
rows = [tuple(row) for row in sqlite.execute("SELECT * FROM sensor_data")]
names = [row["name"] for row in sqlite.execute("PRAGMA table_info(sensor_data)")]
types = {name: kind(name) for name in names}
duck.execute("CREATE TABLE stored (" + ", ".join(f"{name} {kind}" for name, kind in types.items()) + ")")
marks = "(" + ",".join("?" * len(names)) + ")"
for start in range(0, len(rows), 200):
    part = rows[start : start + 200]
    duck.execute("INSERT INTO stored VALUES " + ",".join([marks] * len(part)), [cell for row in part for cell in row])
duck.execute(f"CREATE TABLE csv AS FROM read_csv('{csv}', header = true, columns = {types})")
duck.execute(f"CREATE TABLE json AS FROM read_json('{jsonl}', format = 'newline_delimited')")
# DuckDB's own idea of the types must not lose anything either.
duck.execute(f"CREATE TABLE sniffed AS FROM read_csv('{csv}')")

nested = {metric: f"readings.{metric}" for metric in METRICS} | {
    "timestamp": "timestamp::TIMESTAMP",
    "sensor_id": "sensor_id",
    "anomaly_flag": "anomaly.detected::INT",
    "anomaly_type": "anomaly.type",
    "firmware_version": "device.firmware",
    "model": "device.model",
    "manufacturer": "device.manufacturer",
    "location": "location.name",
    "latitude": "location.latitude",
    "longitude": "location.longitude",
    "timezone": "location.timezone",
}
fields = ", ".join(nested)
objects = "SELECT " + ", ".join(f"{expression} AS {name}" for name, expression in nested.items()) + " FROM json"
pairs = {
    "SQLite and CSV": ("FROM stored", "FROM csv"),
    "CSV and JSON": (f"SELECT {fields} FROM csv", objects),
    "CSV as typed and as sniffed": ("FROM csv", "FROM sniffed"),
}
for name, (left, right) in pairs.items():
    for one, other in [(left, right), (right, left)]:
        extra = duck.execute(f"({one}) EXCEPT ALL ({other})").fetchall()
        problems.expect(not extra, f"{name}: {len(extra)} rows differ, such as {extra[:1]}")

problems.expect(len(csv_rows(text_of(folder, "readings.csv", problems))) == len(rows), "Python counts other rows")
compared = duck.execute("SELECT (SELECT count(*) FROM stored), (SELECT count(*) FROM json)").fetchone()
print(json.dumps({"problems": problems, "counts": {"sqlite": compared[0], "json": compared[1]}}))
