"""splits.py DATASET [OTHER]: whether the rows of a dataset are in the parts that its manifest, its events and its recipe say.

With OTHER, a dataset of the same readings and more: whether what is in both is in the same part.
"""

import bisect
import collections
import json
import sqlite3
import sys

from dataset import Problems, csv_rows, text_of

folder = sys.argv[1]
problems = Problems()


def read(folder):
    with open(folder + "/manifest.json", encoding="utf-8") as file:
        manifest = json.load(file)
    readings = csv_rows(text_of(folder, "readings.csv", problems))
    for row in readings:
        row["split"] = row["split"] or ""
    return manifest, readings, csv_rows(text_of(folder, "events.csv", problems))


manifest, readings, events = read(folder)
splits = manifest["splits"]
by_sensor = collections.defaultdict(list)
for event in events:
    by_sensor[event["sensor_id"]].append((event["start"], event["end"]))
named = [part for part in splits["parts"] if part["split"] is not None]
is_by_time = splits["by"] in ("time", "forward")


def by_time(row):
    """The part of a reading by the intervals and the events over their borders."""
    time = row["timestamp"]
    own = by_sensor[row["sensor_id"]]
    at = bisect.bisect_right(own, (time, "~")) - 1
    event = own[at] if at >= 0 and own[at][0] <= time < own[at][1] else None
    for part in named:
        start, end = (text[:-1] if "." in text else text[:-1] + ".000000" for text in (part["start"], part["end"]))
        if start <= time < end:
            is_first, is_last = part is named[0], part is named[-1]
            if event and ((event[0] < start and not is_first) or (event[1] > end and not is_last)):
                return ""
            return part["split"]
    return ""


counts = collections.Counter()
anomalous = collections.Counter()
sensors = collections.defaultdict(set)
parts_of_event = collections.defaultdict(set)
part_of_sensor = collections.defaultdict(set)
part_of_city = collections.defaultdict(set)
for row in readings:
    split, is_anomalous = row["split"], row["anomaly_flag"] == "1"
    counts[split] += 1
    anomalous[split] += is_anomalous
    sensors[split].add(row["sensor_id"])
    if is_by_time:
        expected = by_time(row)
        if splits["normal_only"] and is_anomalous and expected == named[0]["split"]:
            expected = ""
        problems.expect(split == expected, lambda: f"{row['sensor_id']} {row['timestamp']}: {split!r}, not {expected!r}")
    elif split or not splits["normal_only"]:
        part_of_sensor[row["sensor_id"]].add(split)
        part_of_city[row["location"]].add(split)
    if is_anomalous:
        own = by_sensor[row["sensor_id"]]
        at = bisect.bisect_right(own, (row["timestamp"], "~")) - 1
        parts_of_event[(row["sensor_id"], own[at][0])].add(split)
for event, parts in parts_of_event.items():
    problems.expect(len(parts) == 1, f"the event {event} is in {sorted(parts)}")
if splits["normal_only"]:
    problems.expect(anomalous["train"] == 0, "train has anomalies")
for sensor, parts in part_of_sensor.items():
    problems.expect(len(parts) == 1, f"{sensor} is in {sorted(parts)}")
if splits["by"] == "city":
    for city, parts in part_of_city.items():
        problems.expect(len(parts) == 1, f"{city} is in {sorted(parts)}")
for part in splits["parts"]:
    name = part["split"] or ""
    problems.expect(part["rows"] == counts[name], f"rows of {name!r}: {part['rows']} stated, {counts[name]} counted")
    if part["readings"] == part["rows"]:
        same = part["sensors"] == len(sensors[name])
        problems.expect(same, f"sensors of {name!r}: {part['sensors']} stated, {len(sensors[name])} counted")
        problems.expect(part["anomalous"] == anomalous[name], f"{name!r}: {part['anomalous']} anomalous stated")

# Other formats say the same.
paths = [file["path"] for file in manifest["files"]]
if "readings.sqlite" in paths:
    base = sqlite3.connect(f"file:{folder}/readings.sqlite?mode=ro", uri=True)
    stored = [(time, sensor, split or "") for time, sensor, split in
              base.execute("SELECT timestamp, sensor_id, split FROM sensor_data ORDER BY id")]
    problems.expect(
        stored == [(row["timestamp"], row["sensor_id"], row["split"]) for row in readings], "SQLite has other parts"
    )
if any(path.startswith("readings.jsonl") for path in paths):
    lines = [json.loads(line) for line in text_of(folder, "readings.jsonl", problems).splitlines()]
    problems.expect(
        [line["split"] or "" for line in lines] == [row["split"] for row in readings], "JSON Lines has other parts"
    )

shared = 0
if len(sys.argv) > 2:
    other = {(row["sensor_id"], row["timestamp"]): row["split"] for row in read(sys.argv[2])[1]}
    for row in readings:
        key = (row["sensor_id"], row["timestamp"])
        if key in other:
            shared += 1
            problems.expect(other[key] == row["split"], lambda: f"{key}: {other[key]!r} there, {row['split']!r} here")

print(json.dumps({
    "problems": problems,
    "counts": {"rows": len(readings), "events": len(parts_of_event), "shared": shared,
               "none": counts[""], "parts": len([name for name in counts if name])}
    | {name: count for name, count in counts.items() if name},
}))
