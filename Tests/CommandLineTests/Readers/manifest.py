"""manifest.py DATASET: whether manifest.json says what Python computes from the data."""

import collections
import hashlib
import json
import math
import os
import sys

from dataset import METRICS, Problems, csv_rows, text_of

folder = sys.argv[1]
problems = Problems()
with open(folder + "/manifest.json", encoding="utf-8") as file:
    manifest = json.load(file)
readings = csv_rows(text_of(folder, "readings.csv", problems))
events = csv_rows(text_of(folder, "events.csv", problems))
sensors = csv_rows(text_of(folder, "sensors.csv", problems))


def same(name, stated, computed):
    problems.expect(stated == computed, f"{name}: {stated!r} stated, {computed!r} computed")


def near(name, stated, computed):
    problems.expect(abs(stated - computed) <= 1e-6, f"{name}: {stated!r} stated, {computed!r} computed")


keys = {
    "format_version", "generator", "dataset", "seed", "recipe_sha256", "time", "sensors", "rows", "schema", "labels",
    "content_sha256", "statistics", "files",
}
same("missing keys", sorted(keys - set(manifest)), [])
same("columns", [column["column"] for column in manifest["schema"]], list(readings[0]))
for column in manifest["schema"]:
    same("keys of " + column["column"], sorted(column), ["column", "description", "type", "unit"])
same("rows", manifest["rows"], len(readings))
same("sensors", manifest["sensors"], len(sensors))
same("start", manifest["time"]["start"], min(row["timestamp"] for row in readings)[:19] + "Z")
with open(folder + "/recipe.yaml", "rb") as file:
    same("recipe_sha256", manifest["recipe_sha256"], hashlib.sha256(file.read()).hexdigest())

# Labels: omitted rows are in events.csv only.
labels = manifest["labels"]
omitted = collections.Counter()
for event in events:
    if event["mode"] == "omit":
        omitted[event["sensor_id"]] += int(event["readings"])
same("omitted", labels["omitted"], sum(omitted.values()))
same("readings", labels["readings"], len(readings) + sum(omitted.values()))
anomalous = sum(row["anomaly_flag"] == "1" for row in readings) + sum(omitted.values())
same("anomalous", labels["anomalous"], anomalous)
near("rate", labels["rate"], anomalous / labels["readings"])
by_type = collections.Counter(row["anomaly_type"] for row in readings)
by_type["missing_data"] += sum(omitted.values())
for name, stated in labels["types"].items():
    same(f"readings of {name}", stated["readings"], by_type[name])
    same(f"events of {name}", stated["events"], sum(event["anomaly_type"] == name for event in events))
    near(f"rate of {name}", stated["rate"], by_type[name] / labels["readings"])
for group, column in [("manufacturers", "manufacturer"), ("firmware_versions", "firmware_version")]:
    total, marked = collections.Counter(), collections.Counter()
    for row in readings:
        total[row[column]] += 1
        marked[row[column]] += row["anomaly_flag"] == "1"
    for sensor in sensors:
        total[sensor[column]] += omitted[sensor["sensor_id"]]
        marked[sensor[column]] += omitted[sensor["sensor_id"]]
    stated = {entry[column]: (entry["readings"], entry["anomalous"]) for entry in labels[group]}
    same(group, stated, {name: (total[name], marked[name]) for name in total})

# Statistics: exact extremes, moments by summation without loss.
for metric in METRICS:
    stated = manifest["statistics"][metric]
    for part, rows in [("normal", [row for row in readings if row["anomaly_flag"] == "0"]), ("all", readings)]:
        texts = [row[metric] for row in rows if row[metric] is not None]
        values = [float(text) for text in texts]
        mean = math.fsum(values) / len(values)
        deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))
        name = f"{part} {metric}"
        same(f"count of {name}", stated[part]["count"], len(values))
        same(f"nulls of {name}", stated[part]["nulls"], len(rows) - len(values))
        same(f"minimum of {name}", stated[part]["min"], min(values))
        same(f"maximum of {name}", stated[part]["max"], max(values))
        near(f"mean of {name}", stated[part]["mean"], mean)
        near(f"deviation of {name}", stated[part]["std_dev"], deviation)

# Files: all that are there and not in the list by nature.
for entry in manifest["files"]:
    text = entry["compression"] and text_of(folder, entry["path"].removesuffix(".gz"), problems)
    size = len(text.encode()) if text else os.path.getsize(os.path.join(folder, entry["path"]))
    same("bytes of " + entry["path"], entry["uncompressed_bytes"], size)
expected = sorted(set(os.listdir(folder)) - {"manifest.json", "SHA256SUMS"})
same("files", sorted(entry["path"] for entry in manifest["files"]), expected)
same("rows of the files", {entry["rows"] for entry in manifest["files"] if "readings" in entry["path"]}, {len(readings)})
print(json.dumps({"problems": problems, "counts": {"rows": len(readings), "events": len(events)}}))
