"""clickhouse.py DATASET: loads a file in format Native as clickhouse.sql says, and compares what ClickHouse holds with the CSV.

ClickHouse runs inside this program, with its tables in a folder of its own.
"""

import collections
import csv
import glob
import io
import json
import os
import sys
import tempfile

from chdb import session

from dataset import Problems, csv_rows, text_of


def wanted(name, text, form):
    """A value of the CSV as ClickHouse writes it."""
    if text is None:
        return None
    kind = form.removeprefix("LowCardinality(").removeprefix("Nullable(").rstrip(")")
    if kind.startswith("Float64"):
        return float(text)
    if kind.startswith("DateTime64"):
        return text.replace("T", " ")
    if kind.startswith("DateTime"):
        return text.replace("T", " ")[:19]
    return text


def main(folder):
    problems, counts = Problems(), collections.Counter()
    path = os.path.abspath(glob.glob(folder + "/readings.native*")[0])
    with open(folder + "/clickhouse.sql", encoding="utf-8") as file:
        create = file.read()
    rows = csv_rows(text_of(folder, "readings.csv", problems))
    with tempfile.TemporaryDirectory() as place:
        database = session.Session(place)
        database.query(create)
        database.query(f"INSERT INTO sensor_data SELECT * FROM file('{path}', Native)")
        described = database.query("DESCRIBE TABLE sensor_data", "TabSeparatedRaw").bytes().decode()
        types = dict(line.split("\t")[:2] for line in described.splitlines())
        order = "id" if "id" in types else "timestamp, sensor_id"
        text = database.query(f"SELECT * FROM sensor_data ORDER BY {order} FORMAT CSVWithNames").bytes().decode()
        database.close()
    stored = list(csv.reader(io.StringIO(text), strict=True))
    names = stored.pop(0)
    problems.expect(names == list(types), f"columns {names}")
    problems.expect(len(stored) == len(rows), f"{len(stored)} rows in ClickHouse, {len(rows)} in CSV")
    if order != "id":
        rows.sort(key=lambda row: (row["timestamp"], row["sensor_id"].encode()))
    for values, row in zip(stored, rows):
        for name, value in zip(names, values):
            expected = wanted(name, row[name], types[name])
            found = None if value == "\\N" else float(value) if isinstance(expected, float) else value
            problems.expect(found == expected, lambda: f"{name} of {row['id']} is {found!r}, not {expected!r}")
            counts["cells"] += 1
            counts["nulls"] += expected is None
    counts["rows"] = len(stored)
    print(json.dumps({"problems": problems, "counts": counts}))


if __name__ == "__main__":
    main(sys.argv[1])
