"""joins.py DATASET: whether readings and events join as they are read, in pandas, Polars and DuckDB, in any time zone."""

import json
import sys

import duckdb
import pandas
import polars
from dataset import Problems

folder = sys.argv[1]
problems = Problems()
csv, table = folder + "/readings.csv.gz", folder + "/events.csv"

readings = pandas.read_csv(csv)
events = pandas.read_csv(table)
labelled = int(readings.anomaly_flag.sum())
if readings.timestamp.dtype.kind != "i":
    readings = pandas.read_csv(csv, parse_dates=["timestamp"])
    events = pandas.read_csv(table, parse_dates=["start", "end"])
counts = {"pandas": sum(((readings.timestamp >= e.start) & (readings.timestamp < e.end)).sum() for e in events.itertuples())}

readings = polars.read_csv(csv, try_parse_dates=True)
events = polars.read_csv(table, try_parse_dates=True)
joined = readings.join_where(
    events,
    polars.col("timestamp") >= polars.col("start"),
    polars.col("timestamp") < polars.col("end"),
)
counts["polars"] = joined.height

query = f"""SELECT count(*) FROM '{csv}' r JOIN '{table}' e ON r.timestamp >= e.start AND r.timestamp < e."end" """
for zone in ["UTC", "America/New_York"]:
    duckdb.sql(f"SET timezone = '{zone}'")
    counts["duckdb in " + zone] = duckdb.sql(query).fetchall()[0][0]
for name, count in counts.items():
    problems.expect(count == labelled, f"{name} joins {count} of {labelled}")
print(json.dumps({"problems": problems, "counts": {"labelled": labelled}}))
