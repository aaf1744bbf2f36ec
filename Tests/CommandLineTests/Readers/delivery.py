"""delivery.py FAULTY FAULTLESS: whether undoing what delivery.csv tells makes the rows of FAULTY those of FAULTLESS.

FAULTLESS is the dataset of the same recipe without its section `delivery`. Everything that has happened on the way is taken
from delivery.csv and recipe.yaml; every reading that is late, missing or there twice has to be told there, and nothing else.
"""

import collections
import csv
import datetime
import glob
import json
import os
import sys

import duckdb
import yaml
from dataset import Problems, csv_rows, database, text_of

faulty, faultless = sys.argv[1:3]
problems = Problems()
counts = collections.Counter()
EPOCH = datetime.datetime(1970, 1, 1)


def micros(text):
    """An instant as microseconds since 1970."""
    return (datetime.datetime.fromisoformat(text) - EPOCH) // datetime.timedelta(microseconds=1)


def manifest(folder):
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        return json.load(file)


def duration(text):
    """A duration of a resolved recipe as microseconds."""
    units = {"d": 86_400_000_000, "h": 3_600_000_000, "m": 60_000_000, "s": 1_000_000, "ms": 1_000, "us": 1}
    total, number, unit = 0, "", ""
    for sign in text + "0":
        if sign.isdigit() and unit:
            total += int(number) * units[unit]
            number, unit = sign, ""
        elif sign.isdigit():
            number += sign
        else:
            unit += sign
    return total


def ends(value):
    """The ends of a range of durations."""
    return [duration(text) for text in (value if isinstance(value, list) else [value, value])]


with open(os.path.join(faulty, "recipe.yaml"), encoding="utf-8") as file:
    recipe = yaml.safe_load(file)
delivery = recipe["delivery"]
jitter = duration(delivery["jitter"])
start = micros(str(recipe["dataset"]["start"]).replace("Z", "").replace("+00:00", ""))
told = manifest(faulty)
rows = csv_rows(text_of(faulty, "readings.csv", problems))
wanted = csv_rows(text_of(faultless, "readings.csv", problems))
by_number = {row["id"]: row for row in wanted}
with open(os.path.join(faulty, "delivery.csv"), encoding="utf-8", newline="") as file:
    faults = list(csv.DictReader(file))

of_kind = collections.defaultdict(dict)
drift = {}
for fault in faults:
    counts[fault["fault"]] += 1
    reading = by_number.get(fault["reading"])
    if fault["fault"] == "clock_drift":
        drift[fault["sensor_id"]] = round(float(fault["clock_ppm"]) * 1000)
        problems.expect(fault["clock_ppm"] != "0" and fault["arrival_time"] == "", f"drift: {fault}")
        continue
    problems.expect(fault["reading"] not in of_kind[fault["fault"]], f"told twice: {fault}")
    of_kind[fault["fault"]][fault["reading"]] = fault
    same = reading and (reading["sensor_id"], reading["timestamp"]) == (fault["sensor_id"], fault["taken"])
    problems.expect(same, f"of another reading: {fault}")
    problems.expect((fault["arrival_time"] == "") == (fault["fault"] == "lost"), f"arrival: {fault}")
numbers = [int(fault["reading"]) for fault in faults]
problems.expect(numbers == sorted(numbers), "delivery.csv is not in the order of readings")

if delivery.get("order") == "arrival":
    places = [(row["arrival_time"], int(row["id"])) for row in rows]
    problems.expect(places == sorted(places), "rows are not in the order of arrival")
    problems.expect([int(row["id"]) for row in rows] != sorted(int(row["id"]) for row in rows), "nothing is out of order")
else:
    problems.expect([int(row["id"]) for row in rows] == sorted(int(row["id"]) for row in rows), "rows are out of order")

# What arrives, by reading.
arrivals = collections.defaultdict(list)
shown = {}
for row in rows:
    arrivals[row["id"]].append(row.pop("arrival_time"))
    problems.expect(shown.setdefault(row["id"], row) == row, lambda: f"the copies of reading {row['id']} differ")
lost, copies = of_kind["lost"], of_kind["duplicate"]
problems.expect(set(lost) == set(by_number) - set(arrivals), "other readings are missing than delivery.csv says")
problems.expect(not set(arrivals) - set(by_number), "there are readings that were never taken")
for number, times in arrivals.items():
    expected = 2 if number in copies else 1
    problems.expect(len(times) == expected, lambda: f"reading {number} is there {len(times)} times, not {expected}")
    if number in copies:
        problems.expect(times[-1] == copies[number]["arrival_time"], f"the copy of reading {number} arrives at {times}")
        low, high = ends(delivery["duplicates"]["delay"])
        between = micros(times[-1]) - micros(times[0])
        problems.expect(low <= between <= high, f"the copy of reading {number} is {between} late")

# Delays: those of late and offline readings as told, and of all others at most the jitter.
stretches = collections.defaultdict(list)
for number, times in arrivals.items():
    taken, arrival = micros(by_number[number]["timestamp"]), micros(times[0])
    rest = arrival - taken
    late, offline = of_kind["late"].get(number), of_kind["offline"].get(number)
    for fault in (late, offline):
        problems.expect(fault is None or fault["arrival_time"] == times[0], f"reading {number} arrives at {times[0]}: {fault}")
    least = most = 0
    if late:
        least, most = ends(delivery["late"]["delay"])
    if offline:
        most += ends(delivery["offline"]["duration"])[1]
        if jitter == 0 and not late:
            stretches[by_number[number]["sensor_id"]].append((taken, arrival))
    problems.expect(least <= rest <= most + jitter, lambda: f"reading {number} is {rest} late, not {least} to {most + jitter}")
    problems.expect(rest % 1000 == 0, lambda: f"reading {number} is {rest} late, which are no whole milliseconds")
    counts["delayed"] += rest > 0
for sensor, readings in stretches.items():
    ends_of = sorted({arrival for _, arrival in readings})
    counts["stretches"] += len(ends_of)
    for end in ends_of:
        inside = [taken for taken, arrival in readings if arrival == end]
        longest = ends(delivery["offline"]["duration"])[1]
        problems.expect(end - min(inside) <= longest, f"{sensor} is cut off for {end - min(inside)}")

# Undone: the clocks put right, each reading once, and those that are lost taken from where they never were.
rebuilt = []
for number in sorted(by_number, key=int):
    if number in lost:
        rebuilt.append(by_number[number])
        continue
    if number not in shown:
        continue
    row = dict(shown[number])
    true = micros(by_number[number]["timestamp"])
    seen = true + (true - start) * drift.get(row["sensor_id"], 0) // 1_000_000_000
    problems.expect(micros(row["timestamp"]) == seen, lambda: f"the clock of reading {number} shows {row['timestamp']}")
    counts["shifted"] += seen != true
    row["timestamp"] = by_number[number]["timestamp"]
    rebuilt.append(row)
problems.expect(rebuilt == wanted, "what is rebuilt is not what was taken")
problems.expect(told["content_sha256"] == manifest(faultless)["content_sha256"], "content_sha256 is another one")
for key in ["rows", "labels", "statistics", "sensors"]:
    problems.expect(told[key] == manifest(faultless)[key], f"{key} of the manifest differ")
for name in ["events.csv", "sensors.csv"]:
    with open(os.path.join(faulty, name), "rb") as one, open(os.path.join(faultless, name), "rb") as other:
        problems.expect(one.read() == other.read(), f"{name} differs")

expected = {
    "sent": len(wanted), "arrived": len(rows), "lost": len(lost), "duplicates": len(copies),
    "late": len(of_kind["late"]), "offline": len(of_kind["offline"]), "drifting_sensors": len(drift),
}
problems.expect(told["delivery"] == expected, f"delivery of the manifest: {told['delivery']}, not {expected}")
for file in told["files"]:
    if file["path"].startswith("readings."):
        problems.expect(file["rows"] == len(rows), f"rows of {file['path']}: {file['rows']}, not {len(rows)}")
        problems.expect(file["columns"][-1] == "arrival_time" or file["format"] == "influx", f"{file}")
    if file["path"] == "delivery.csv":
        problems.expect(file["rows"] == len(faults), f"rows of delivery.csv: {file['rows']}, not {len(faults)}")

# Shares, within six standard errors.
for name, share, number in [
    ("late", (delivery.get("late") or {}).get("share", 0), counts["late"]),
    ("duplicate", (delivery.get("duplicates") or {}).get("share", 0), counts["duplicate"]),
]:
    mean = share * (len(wanted) - len(lost))
    problems.expect(abs(number - mean) <= 6 * mean**0.5 + 1, f"{name}: {number}, about {mean} were asked for")
mean = delivery["loss"] * len(wanted)
problems.expect(abs(len(lost) - mean) <= 6 * mean**0.5 + 1, f"lost: {len(lost)}, about {mean} were asked for")

# The other files hold the same arrivals.
pairs = collections.Counter((shown[number]["sensor_id"], shown[number]["timestamp"], time) for number in arrivals for time in arrivals[number])
path = glob.glob(os.path.join(faulty, "readings.csv*"))[0]
duck = duckdb.connect().execute(
    f"SELECT sensor_id, timestamp, arrival_time FROM read_csv('{path}', types = {{'arrival_time': 'TIMESTAMP', 'timestamp': 'TIMESTAMP', 'sensor_id': 'VARCHAR'}})"
).fetchall()
duck = collections.Counter((sensor, one.isoformat(timespec="microseconds"), two.isoformat(timespec="microseconds")) for sensor, one, two in duck)
problems.expect(duck == pairs, "DuckDB reads other arrivals from the CSV")
if glob.glob(os.path.join(faulty, "readings.jsonl*")):
    lines = [json.loads(line) for line in text_of(faulty, "readings.jsonl", problems).splitlines()]
    found = collections.Counter((line["sensor_id"], line["timestamp"], line["arrival_time"]) for line in lines)
    problems.expect(found == pairs, "JSON Lines has other arrivals than the CSV")
    counts["lines"] = len(lines)
if os.path.exists(os.path.join(faulty, "readings.sqlite")):
    stored = [tuple(row) for row in database(faulty).execute("SELECT sensor_id, timestamp, arrival_time FROM sensor_data")]
    problems.expect(collections.Counter(stored) == pairs, "SQLite has other arrivals than the CSV")
    counts["stored"] = len(stored)
if glob.glob(os.path.join(faulty, "readings.lp*")):
    points = [line for line in text_of(faulty, "readings.lp", problems).splitlines()]
    problems.expect(len(points) == len(rows), f"{len(points)} points, not {len(rows)}")
    times = collections.Counter(int(line.rsplit(" ", 1)[1]) for line in points)
    unit = 1 if drift else 1_000_000
    problems.expect(times == collections.Counter(micros(row["timestamp"]) // unit for row in rows), "times of points differ")
counts["rows"] = len(rows)
counts["sensors"] = told["sensors"]
print(json.dumps({"problems": problems, "counts": counts}))
