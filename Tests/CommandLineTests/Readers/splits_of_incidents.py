"""splits_of_incidents.py DATASET: whether the readings of each incident, on whatever sensors, are in one part or in none."""

import bisect
import collections
import json
import sys

from dataset import Problems, csv_rows, text_of

problems = Problems()
events = collections.defaultdict(list)
for event in csv_rows(text_of(sys.argv[1], "events.csv", problems)):
    events[event["sensor_id"]].append((event["start"], event["end"], event["cause_id"]))
parts = collections.defaultdict(set)
for row in csv_rows(text_of(sys.argv[1], "readings.csv", problems)):
    own = events[row["sensor_id"]]
    at = bisect.bisect_right(own, (row["timestamp"], "~")) - 1
    if at >= 0 and row["timestamp"] < own[at][1] and own[at][2]:
        parts[own[at][2]].add(row["split"])
for cause_id, found in parts.items():
    problems.expect(len(found) == 1, f"{cause_id} is in {sorted(map(str, found))}")
print(json.dumps({
    "problems": problems, "counts": {"incidents": len(parts), "cut": sum(found == {None} for found in parts.values())},
}))
