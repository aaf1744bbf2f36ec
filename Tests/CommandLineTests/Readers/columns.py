"""columns.py PLAIN SHAPED: whether the files of SHAPED have the columns and rows that its manifest says, and the values of PLAIN.

PLAIN is the same dataset with all columns, the healthy twin included. Its rows are read from the CSV; those of SHAPED from all
files, and those of its CSV by DuckDB as well.
"""

import collections
import csv
import glob
import json
import os
import sys

import duckdb
from dataset import Problems, csv_rows, database, text_of

plain, shaped = sys.argv[1:3]
problems = Problems()
counts = collections.Counter()
NUMBERED = ["id", "status_code", "anomaly_flag", "synced", "event_id"]
PLACES = {
    "location": ("location", "name"),
    "latitude": ("location", "latitude"),
    "longitude": ("location", "longitude"),
    "timezone": ("location", "timezone"),
    "anomaly_flag": ("anomaly", "detected"),
    "anomaly_type": ("anomaly", "type"),
    "event_id": ("anomaly", "event_id"),
    "difficulty": ("anomaly", "difficulty"),
    "manufacturer": ("device", "manufacturer"),
    "model": ("device", "model"),
    "serial_number": ("device", "serial_number"),
    "firmware_version": ("device", "firmware"),
    "deployment_type": ("deployment", "deployment_type"),
    "installation_date": ("deployment", "installation_date"),
    "height_meters": ("deployment", "height_meters"),
}

readings = csv_rows(text_of(plain, "readings.csv", problems))
with open(os.path.join(shaped, "events.csv"), encoding="utf-8", newline="") as file:
    events = list(csv.DictReader(file))
with open(os.path.join(shaped, "sensors.csv"), encoding="utf-8", newline="") as file:
    sensors = {row["sensor_id"]: row for row in csv.DictReader(file)}
with open(os.path.join(shaped, "manifest.json"), encoding="utf-8") as file:
    manifest = json.load(file)
names = list(readings[0])
metrics = names[names.index("sensor_id") + 1 : names.index("status_code")]
states = {name for name in metrics if f"{name}_resolution" not in next(iter(sensors.values()))}

by_sensor = collections.defaultdict(list)
for event in events:
    by_sensor[event["sensor_id"]].append(event)


def event_of(row):
    """The event of a reading; None for a healthy one."""
    if row["anomaly_type"] is None:
        return None
    inside = [
        event
        for event in by_sensor[row["sensor_id"]]
        if int(event["first_reading"]) <= int(row["id"]) <= int(event["last_reading"])
    ]
    problems.expect(len(inside) == 1, f"reading {row['id']} has {len(inside)} events")
    return inside[0]


def value(name, text):
    """A text of the CSV as what it means."""
    if text is None or text == "":
        return None
    if name in NUMBERED:
        return int(text)
    kind = name.removeprefix("clean_")
    return float(text) if kind in metrics and kind not in states or name in ("latitude", "longitude", "height_meters") else text


def rows(columns, layout):
    """The rows that a file should have, as tuples."""
    for row in readings:
        event = event_of(row)
        whole = {name: value(name, text) for name, text in row.items()}
        whole["event_id"] = int(event["event_id"]) if event else None
        whole["difficulty"] = (event["difficulty"] or None) if event else None
        if layout == "wide":
            yield tuple(whole[name] for name in columns)
            continue
        for place, metric in enumerate(metrics):
            if sensors[row["sensor_id"]].get(f"{metric}_resolution") == "":
                counts["unmeasured"] += 1
                continue
            whole["id"] = (int(row["id"]) - 1) * len(metrics) + place + 1
            whole["metric"] = metric
            whole["value"] = whole[metric]
            whole["clean_value"] = whole.get("clean_" + metric)
            yield tuple(whole[name] for name in columns)


def narrow_value(name, text, metric):
    """A value of the narrow layout; what it means says its metric."""
    return value(metric if name in ("value", "clean_value") else name, text)


def from_csv(path, columns, layout):
    found = csv_rows(text_of(shaped, "readings.csv", problems))
    problems.expect(not found or list(found[0]) == columns, f"header of the CSV: {list(found[0])}")
    for row in found:
        yield tuple(narrow_value(name, row[name], row.get("metric")) for name in columns)


def from_duck(path, columns, layout):
    types = {name: "VARCHAR" for name in columns}
    for row in duckdb.connect().execute(f"FROM read_csv('{path}', header = true, columns = {types})").fetchall():
        cells = dict(zip(columns, row))
        yield tuple(narrow_value(name, cells[name], cells.get("metric")) for name in columns)


def from_json(path, columns, layout):
    for line in text_of(shaped, "readings.jsonl", problems).splitlines():
        item = json.loads(line)
        cells = {}
        for name in columns:
            if layout == "narrow":
                cells[name] = item[name]
            elif name in metrics:
                cells[name] = item["readings"][name]
            elif name.removeprefix("clean_") in metrics:
                cells[name] = item["clean"][name.removeprefix("clean_")]
            elif name in PLACES:
                group, key = PLACES[name]
                cells[name] = int(item[group][key]) if name == "anomaly_flag" else item[group][key]
            else:
                cells[name] = item[name]
        count = sum(len(part) if isinstance(part, dict) else 1 for part in item.values())
        problems.expect(count == len(columns), f"more keys than columns: {line}")
        yield tuple(cells[name] for name in columns)


def from_sqlite(path, columns, layout):
    connection = database(shaped)
    declared = [row[1] for row in connection.execute("PRAGMA table_info(sensor_data)")]
    problems.expect(declared == columns, f"columns of sensor_data: {declared}")
    integrity = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    problems.expect(integrity == ["ok"], f"integrity_check: {integrity}")
    last = connection.execute("SELECT seq FROM sqlite_sequence").fetchone()[0]
    greatest = connection.execute("SELECT max(id) FROM sensor_data").fetchone()[0]
    problems.expect(last == greatest, f"sqlite_sequence is {last}, max(id) {greatest}")
    for row in connection.execute("SELECT * FROM sensor_data ORDER BY id"):
        yield tuple(row)


def compare(what, found, columns, layout, stated):
    expected = list(rows(columns, layout))
    found = list(found)
    problems.expect(len(found) == len(expected) == stated, f"{what}: {len(found)} rows, not {len(expected)} nor {stated}")
    for index, (one, other) in enumerate(zip(found, expected)):
        counts["rows"] += 1
        same = one == other and all(
            type(a) is type(b) or {type(a), type(b)} == {int, float} for a, b in zip(one, other)
        )
        problems.expect(same, lambda: f"{what}, row {index + 1}: {one}, not {other}")
    counts[what] = len(found)


for file in manifest["files"]:
    if not file["path"].startswith("readings."):
        continue
    columns, layout = file["columns"], file["layout"]
    path = glob.glob(os.path.join(shaped, file["path"]))[0]
    readers = {"csv": [from_csv, from_duck], "jsonl": [from_json], "sqlite": [from_sqlite]}[file["format"]]
    for reader in readers:
        compare(reader.__name__, reader(path, columns, layout), columns, layout, file["rows"])
    known = {column["column"] for column in manifest["schema"]}
    problems.expect(known.issuperset(columns), f"the schema does not tell of {set(columns) - known}")
counts["events"] = len(events)
counts["easy"] = sum(event["difficulty"] == "easy" for event in events)
print(json.dumps({"problems": problems, "counts": counts}))
