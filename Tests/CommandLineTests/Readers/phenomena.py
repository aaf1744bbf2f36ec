"""phenomena.py DATASET WITHOUT: whether the phenomena of a dataset are as its tables say, beside the same without them."""

import collections
import json
import sqlite3
import sys

import pyarrow.parquet

from dataset import Problems, csv_rows, text_of

folder, without = sys.argv[1:]
problems = Problems()
counts = collections.Counter()
rows = csv_rows(text_of(folder, "phenomena.csv", problems))
sensors = {row["sensor_id"]: row for row in csv_rows(text_of(folder, "sensors.csv", problems))}
KNOWN = {
    "rain": {"temperature", "humidity", "pressure"}, "fog": {"temperature", "humidity"}, "sun": {"temperature", "humidity"},
    "door": {"temperature", "vault"},
}
METRICS = ["temperature", "humidity", "pressure", "vault"]


def time(text):
    return text.replace("T", " ").removesuffix("Z").ljust(26, "0") if "." in text else text.replace("T", " ").removesuffix("Z") + ".000000"


# The three tables are one.
plain = [tuple(row.values()) for row in rows]
database = sqlite3.connect(f"file:{folder}/readings.sqlite?mode=ro", uri=True)
stored = [tuple(row) for row in database.execute("SELECT * FROM phenomena ORDER BY rowid")]
problems.expect([row[:5] for row in stored] == [row[:5] for row in plain], "the table of SQLite differs")
problems.expect(
    [tuple(map(time, row[5:])) for row in stored] == [tuple(map(time, row[5:])) for row in plain], "times of SQLite differ"
)
table = pyarrow.parquet.read_table(folder + "/phenomena.parquet").to_pylist()
problems.expect([tuple(row.values())[:5] for row in table] == [row[:5] for row in plain], "phenomena.parquet differs")
problems.expect(
    [time(row["start"].isoformat(" ")) for row in table] == [time(row["start"]) for row in rows], "times of phenomena.parquet differ"
)
counts["tables"] = 3
problems.expect(len({row["phenomenon_id"] for row in rows}) == len(rows), "an id stands twice")

felt = collections.defaultdict(list)
for row in rows:
    counts[row["phenomenon"]] += 1
    problems.expect(row["start"] < row["end"], lambda: f"{row} ends before it begins")
    whom = [row["sensor_id"]] if row["sensor_id"] else [
        name for name, sensor in sensors.items() if sensor["location"] == row["location"]
    ]
    problems.expect(bool(whom), lambda: f"{row}: nobody is there")
    problems.expect(sensors[whom[0]]["location"] == row["location"], lambda: f"{row}: another place")
    problems.expect(set(row["metrics"].split(";")) <= KNOWN[row["phenomenon"]], lambda: f"{row}: other metrics")
    for name in whom:
        felt[name].append((time(row["start"]), time(row["end"]), row["phenomenon"], row["phenomenon_id"]))

mine, theirs = csv_rows(text_of(folder, "readings.csv", problems)), csv_rows(text_of(without, "readings.csv", problems))
problems.expect(len(mine) == len(theirs), "phenomena change the number of rows")
seen, greatest = set(), collections.defaultdict(float)
# Rain that makes no difference: the air is damp already, and nothing but its humidity is measured.
unfelt = set()
for one, other in zip(mine, theirs):
    sensor, moment = one["sensor_id"], time(one["timestamp"])
    for key in ("id", "timestamp", "sensor_id", "anomaly_flag", "anomaly_type"):
        problems.expect(one[key] == other[key], lambda: f"{key} of reading {one['id']} differs")
    here = [item for item in felt[sensor] if item[0] <= moment < item[1]]
    names = {item[2] for item in here}
    if not other["clean_pressure"] and float(other["clean_humidity"] or 0) > 95:
        unfelt.update(item[3] for item in here if item[2] == "rain")
    for metric in METRICS:
        healthy, before = one["clean_" + metric], other["clean_" + metric]
        if one["anomaly_flag"] == "0":
            problems.expect(one[metric] == healthy, lambda: f"reading {one['id']} is healthy, and not as its twin")
        if healthy == before:
            continue
        counts["changed"] += 1
        counts["anomalous"] += one["anomaly_flag"] == "1"
        by = {name for name in names if metric in KNOWN[name]}
        problems.expect(by, lambda: f"{metric} of reading {one['id']} of {sensor} changed at {moment} by nothing")
        seen.update(item[3] for item in here)
        change = float(healthy) - float(before)
        for name in by:
            greatest[name, metric] = max(greatest[name, metric], change if name in ("sun", "door") and metric != "humidity" else abs(change))
    if healthy_vault := one["clean_vault"]:
        problems.expect(8 <= float(healthy_vault) <= 18, lambda: f"reading {one['id']} leaves its bounds")
    if one["clean_excess"] and one["clean_vault"] and one["clean_temperature"]:
        # Formulas follow what is read.
        wanted = float(one["clean_vault"]) - float(one["clean_temperature"])
        problems.expect(abs(float(one["clean_excess"]) - wanted) < 0.006, lambda: f"excess of reading {one['id']} does not follow")
for row in rows:
    if row["start"] > "2025-03-01" and row["phenomenon"] != "fog":
        problems.expect(row["phenomenon_id"] in seen | unfelt, lambda: f"nothing is felt of {row['phenomenon_id']}")
for (name, metric), least in {
    ("rain", "humidity"): 10, ("rain", "pressure"): 0.4, ("sun", "temperature"): 4, ("sun", "humidity"): 5, ("door", "vault"): 2.5,
    ("door", "temperature"): 0.5,
}.items():
    problems.expect(greatest[name, metric] >= least, lambda: f"{name} changes {metric} by {greatest[name, metric]} at most")
print(json.dumps({"problems": problems, "counts": counts}))
