"""playback.py DATASET DATA FROM TO PHASE START END NOISE: whether a dataset without anomalies is a file that is played.

DATA has the columns ts, pump, T1 and flow, in seconds; FROM and TO cut it, and readings come again every TO - FROM seconds,
from PHASE seconds into the first round on. T1 has noise of the deviation NOISE added, never beyond 3.6 of it.
"""

import collections
import csv
import datetime
import json
import statistics
import sys

from dataset import Problems, csv_rows, text_of

folder, data = sys.argv[1:3]
problems = Problems()
EPOCH = datetime.datetime(1970, 1, 1)


def seconds(text):
    """Whole seconds since 1970 of a time without zone."""
    return int((datetime.datetime.fromisoformat(text[:19]) - EPOCH).total_seconds())


begin, end_of_part, start, end = (seconds(sys.argv[index]) for index in (3, 4, 6, 7))
phase, noise = int(sys.argv[5]), float(sys.argv[8])
period = end_of_part - begin

expected = {}
with open(data, encoding="utf-8") as file:
    for row in csv.DictReader(file):
        offset = seconds(row["ts"]) - begin
        if not 0 <= offset < period:
            continue
        time = start - phase + offset
        while time < end:
            if time >= start:
                expected[(row["pump"], time)] = (row["T1"], row["flow"])
            time += period

rows = csv_rows(text_of(folder, "readings.csv", problems))
found = {(row["sensor_id"], seconds(row["timestamp"])): (row["temp"] or "", row["flow"] or "") for row in rows}
problems.expect(len(found) == len(rows), "a reading stands twice")
problems.expect(found.keys() == expected.keys(), lambda: f"{len(found)} readings, {len(expected)} are due")
noises = collections.defaultdict(list)
gaps = 0
for key in found.keys() & expected.keys():
    (temp, flow), (original, of_flow) = found[key], expected[key]
    problems.expect(flow == of_flow, lambda: f"{key}: flow {flow}, recorded {of_flow}")
    problems.expect((temp == "") == (original == ""), lambda: f"{key}: temp {temp}, recorded {original}")
    gaps += original == ""
    if temp and original:
        noises[key[0]].append((key[1], float(temp) - float(original)))
for sensor, values in noises.items():
    sizes = [difference for _, difference in sorted(values)]
    spread = statistics.pstdev(sizes)
    largest = max(map(abs, sizes))
    problems.expect(abs(spread - noise) <= 0.1 * noise, f"{sensor}: noise of {spread}")
    # Rounding may add half a step.
    problems.expect(largest <= 3.6 * noise + 0.051, f"{sensor}: a deviate of {largest}")
    if noise:
        mean = statistics.fmean(x * y for x, y in zip(sizes, sizes[1:])) / spread**2
        problems.expect(abs(mean) < 4 / len(sizes) ** 0.5, f"{sensor}: noise follows itself by {mean}")
if noise:
    one, other = (dict(noises[sensor]) for sensor in sorted(noises)[:2])
    shared = [one[time] * other[time] for time in one.keys() & other.keys()]
    mean = statistics.fmean(shared) / noise**2
    problems.expect(abs(mean) < 4 / len(shared) ** 0.5, f"two sensors share noise by {mean}")
print(json.dumps({"problems": problems, "counts": {"rows": len(rows), "gaps": gaps}}))
