"""inject.py DATASET DATA TIME SENSOR METRIC=COLUMN…: whether a dataset has the readings of a file, cell by cell.

Rows that carry no label have the same text in every cell as the file has, and each row of the file is there; those that do
carry one differ at both ends of their event, and what is empty in the file stays empty but for lost rows. SENSOR may be
empty. The copy of the file is it, byte for byte.
"""

import collections
import csv
import glob
import gzip
import hashlib
import io
import json
import sys

from dataset import Problems, csv_rows, text_of

folder, data, time_column, sensor_column = sys.argv[1:5]
columns = dict(argument.split("=", 1) for argument in sys.argv[5:])
problems = Problems()
counts = collections.Counter()

with open(data, "rb") as file:
    original = file.read()
(copy,) = glob.glob(folder + "/recording.csv*")
with open(copy, "rb") as file:
    problems.expect(file.read() == original, "the copy is another file")
with open(folder + "/manifest.json", encoding="utf-8") as file:
    manifest = json.load(file)
digest = hashlib.sha256(original).hexdigest()
problems.expect(manifest["recording"]["sha256"] == digest, "the manifest has another digest")
text = (gzip.decompress(original) if original[:2] == b"\x1f\x8b" else original).decode("utf-8-sig")


def time_of(text):
    """The time as the dataset writes it."""
    text = text.replace(" ", "T").removesuffix("Z")
    return text if "." in text else text + ".000000"


source = {}
for row in csv.DictReader(io.StringIO(text)):
    key = (row[sensor_column] if sensor_column else None, time_of(row[time_column]))
    source[key] = {metric: row[column] or None for metric, column in columns.items()}

readings = csv_rows(text_of(folder, "readings.csv", problems))
events = csv_rows(text_of(folder, "events.csv", problems))
spans = collections.defaultdict(list)
for event in events:
    spans[event["sensor_id"]].append(event)
seen = set()
changed = collections.defaultdict(dict)
for row in readings:
    key = (row["sensor_id"] if sensor_column else None, row["timestamp"])
    seen.add(key)
    counts["rows"] += 1
    if key not in source:
        problems.expect(False, f"{key} is not in the file")
        continue
    values = {metric: row[metric] for metric in columns}
    if row["anomaly_flag"] == "0":
        counts["normal"] += 1
        problems.expect(values == source[key], lambda: f"{key}: {values}, in the file {source[key]}")
        continue
    counts["anomalous"] += 1
    own = [e for e in spans[row["sensor_id"]] if e["start"] <= row["timestamp"] < e["end"]]
    problems.expect(len(own) == 1, f"{key} is of {len(own)} events")
    for metric, value in values.items():
        gap = source[key][metric] is None
        counts["gaps"] += gap
        problems.expect(not gap or value is None, f"{key}: {metric} had no reading, and has {value}")
    if own:
        changed[own[0]["event_id"]][row["timestamp"]] = values != source[key]
omitted = set()
for key in source:
    if key in seen:
        continue
    sensor = key[0] if sensor_column else readings[0]["sensor_id"]
    is_lost = any(e["mode"] == "omit" and e["start"] <= key[1] < e["end"] for e in spans[sensor])
    problems.expect(is_lost, f"{key} has no row")
    omitted.add(key)
for event in events:
    counts["events"] += 1
    counts[event["anomaly_type"]] += 1
    times = sorted(changed[event["event_id"]])
    if event["mode"] == "omit" or event["truncated"] == "1":
        continue
    if not times:
        problems.expect(False, f"event {event['event_id']} has no rows")
        continue
    both = changed[event["event_id"]][times[0]] and changed[event["event_id"]][times[-1]]
    problems.expect(both, f"event {event['event_id']} does not change its first or last reading")
counts["omitted"] = len(omitted)
print(json.dumps({"problems": problems, "counts": counts}))
