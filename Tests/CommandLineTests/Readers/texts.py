"""texts.py DATASET TEXTS.json: whether sensors and readings hold these texts, to Python's readers and to DuckDB."""

import csv
import glob
import gzip
import io
import json
import sys

import duckdb
from dataset import Problems, database

folder, expected = sys.argv[1], json.load(open(sys.argv[2], encoding="utf-8"))
problems = Problems()
counts = {"cells": 0}
COLUMNS = ["sensor_type", "manufacturer", "model", "serial_number", "location", "region", "country", "deployment_type"]


def same(reader, column, index, found):
    counts["cells"] += 1
    problems.expect(found == expected[index], f"{reader}, {column}: {found!r}, not {expected[index]!r}")


def check(reader, rows, columns):
    """Each row is of the sensor whose number its id begins with."""
    seen = set()
    for row in rows:
        index = int(row["sensor_id"].split(" ")[0])
        identifier = f"{index} {expected[index]}"
        problems.expect(identifier.startswith(row["sensor_id"]), f"{reader}: id {row['sensor_id']!r}")
        seen.add(index)
        for column in columns:
            same(reader, column, index, row[column])
    problems.expect(len(seen) == len(expected), f"{reader}: {len(seen)} sensors")


def text(name):
    with open(f"{folder}/{name}", "rb") as file:
        bytes = file.read()
    return (gzip.decompress(bytes) if name.endswith(".gz") else bytes).decode("utf-8")


DEVICE = ["manufacturer", "model", "serial_number", "location", "deployment_type"]
for name, columns in [("sensors.csv", COLUMNS), ("readings.csv.gz", DEVICE)]:
    check(name, csv.DictReader(io.StringIO(text(name), newline=""), strict=True), columns)
    rows = duckdb.connect().execute(f"FROM read_csv('{folder}/{name}', all_varchar = true)")
    names = [column[0] for column in rows.description]
    check(name + " in DuckDB", [dict(zip(names, row)) for row in rows.fetchall()], columns)

for table, columns in [("sensors", COLUMNS), ("sensor_data", DEVICE)]:
    check(table, database(folder).execute(f"SELECT * FROM {table}"), columns)


def flat(line):
    return {
        "sensor_id": line["sensor_id"], "manufacturer": line["device"]["manufacturer"],
        "model": line["device"]["model"], "location": line["location"]["name"],
    }


lines = text("readings.jsonl.gz")
check("JSON Lines", [flat(json.loads(line)) for line in lines.splitlines()], ["manufacturer", "model", "location"])
found = duckdb.connect().execute(
    f"SELECT sensor_id, device.manufacturer, device.model, location.name AS location "
    f"FROM read_json('{glob.glob(folder + '/readings.jsonl*')[0]}', format = 'newline_delimited')"
)
names = [column[0] for column in found.description]
check("JSON Lines in DuckDB", [dict(zip(names, row)) for row in found.fetchall()], ["manufacturer", "model", "location"])
print(json.dumps({"problems": problems, "counts": counts}))
