"""realised.py DATASET: whether events say how large they are as the readings do.

The dataset has events.csv and readings.csv with the healthy twin. Of each event, the realised magnitude is the largest
difference of a reading and its twin, of the first of its metrics; the realised peak is that of any metric over the noise of
that metric, which the events that change one metric tell to a few digits.
"""

import bisect
import collections
import decimal
import json
import sys

from dataset import Problems, csv_rows, text_of

folder = sys.argv[1]
problems = Problems()
counts = collections.Counter()
readings = csv_rows(text_of(folder, "readings.csv", problems))
events = csv_rows(text_of(folder, "events.csv", problems))
metrics = [name.removeprefix("clean_") for name in readings[0] if name.startswith("clean_")]
derived = set(sys.argv[2:])

by_sensor = collections.defaultdict(list)
for row in readings:
    by_sensor[row["sensor_id"]].append(row)


def largest(event, metric):
    """The largest difference of an event's readings and their twins; None where there is no pair."""
    rows = by_sensor[event["sensor_id"]]
    first, end = (bisect.bisect_left(rows, event[key], key=lambda row: row["timestamp"]) for key in ("start", "end"))
    differences = [
        abs(decimal.Decimal(row[metric]) - decimal.Decimal(row["clean_" + metric]))
        for row in rows[first:end]
        if row[metric] and row["clean_" + metric]
    ]
    return max(differences, default=None)


changed = {event["event_id"]: [m for m in event["metrics"].split(";") if m not in derived] for event in events}
# What the noise of a sensor's metric can be, by what is rounded to four and to two decimals.
noises = {}
for event in events:
    if event["anomaly_type"] == "missing_data" or len(changed[event["event_id"]]) > 1:
        continue
    key = (event["sensor_id"], changed[event["event_id"]][0])
    size, peak = float(event["magnitude"]), float(event["peak_snr"])
    low, high = noises.get(key, (0, float("inf")))
    noises[key] = (max(low, (size - 6e-5) / (peak + 0.0051)), min(high, (size + 6e-5) / max(1e-9, peak - 0.0051)))

for event in events:
    name = f"event {event['event_id']}, {event['anomaly_type']}"
    magnitude, peak = event["realised_magnitude"], event["realised_peak_snr"]
    if event["anomaly_type"] == "missing_data":
        problems.expect(magnitude is None and peak is None, f"{name}: {magnitude}, {peak}")
        counts["missing"] += 1
        continue
    counts[event["anomaly_type"]] += 1
    counts["truncated"] += event["truncated"] == "1"
    sizes = {metric: largest(event, metric) for metric in changed[event["event_id"]]}
    first = sizes[changed[event["event_id"]][0]]
    told = decimal.Decimal(magnitude) if magnitude else None
    problems.expect(told == first, lambda: f"{name}: realised_magnitude {magnitude}, in the readings {first}")
    counts["smaller"] += first is not None and float(first) < float(event["magnitude"]) - 1e-9
    known = [(float(size), noises.get((event["sensor_id"], metric))) for metric, size in sizes.items() if size is not None]
    if not known or any(noise is None for _, noise in known):
        continue
    counts["peaks"] += 1
    low = max(size / noise[1] for size, noise in known) - 0.0051
    high = max(size / noise[0] for size, noise in known) + 0.0051
    problems.expect(low <= float(peak) <= high, lambda: f"{name}: realised_peak_snr {peak}, not {low} to {high}")
print(json.dumps({"problems": problems, "counts": counts}))
