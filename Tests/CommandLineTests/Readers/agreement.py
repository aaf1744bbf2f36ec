"""agreement.py DATASET: whether CSV, JSON Lines and SQLite hold the same, cell for cell, and the labels their events.

Prints what is wrong, and how much there was to compare.
"""

import collections
import json
import sys

from dataset import INTEGERS, METRICS, NUMBERS, TWINS, Problems, csv_rows, database, json_rows, measure, text_of, typed

# The table of the reference's README, which existing tools expect column for column, with what is measured.
REFERENCE = """
CREATE TABLE reference (
    id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp DATETIME, sensor_id TEXT,
    METRICS,
    status_code INTEGER, anomaly_flag BOOLEAN, anomaly_type TEXT,
    firmware_version TEXT, model TEXT, manufacturer TEXT, serial_number TEXT,
    location TEXT, latitude REAL, longitude REAL, timezone TEXT,
    deployment_type TEXT, installation_date TEXT, height_meters REAL,
    synced BOOLEAN DEFAULT 0
)
"""

folder = sys.argv[1]
problems = Problems()
counts = collections.Counter()
readings = csv_rows(text_of(folder, "readings.csv", problems))
objects = json_rows(text_of(folder, "readings.jsonl", problems))
sqlite = database(folder)
declared = {row[1]: row[2] for row in sqlite.execute("PRAGMA table_info(sensor_data)")}
columns = list(readings[0])
measured = columns[columns.index("sensor_id") + 1:columns.index("status_code")]
measure(measured, {name for name in measured if declared.get(name) == "TEXT"})


def compare_database():
    integrity = [row[0] for row in sqlite.execute("PRAGMA integrity_check")]
    problems.expect(integrity == ["ok"], f"integrity_check: {integrity}")
    sqlite.execute("ATTACH ':memory:' AS other")
    metrics = ", ".join(f"{metric} {'REAL' if metric in NUMBERS else 'TEXT'}" for metric in METRICS)
    sqlite.execute(REFERENCE.replace("TABLE ", "TABLE other.").replace("METRICS", metrics))
    layout = [tuple(row) for row in sqlite.execute("PRAGMA main.table_info(sensor_data)")]
    reference = [tuple(row) for row in sqlite.execute("PRAGMA other.table_info(reference)")]
    problems.expect(layout[:len(reference)] == reference, f"sensor_data is not the reference's: {layout}")
    twins = [row[1] for row in layout[len(reference):]]
    problems.expect(twins in ([], TWINS), f"columns behind the reference's: {twins}")
    problems.expect(list(readings[0]) == [row[1] for row in layout], f"header of the CSV: {list(readings[0])}")
    stored = sqlite.execute("SELECT * FROM sensor_data").fetchall()
    problems.expect(len(stored) == len(readings), f"{len(stored)} rows in SQLite, {len(readings)} in CSV")
    for row, line in zip(stored, readings):
        for key, value in typed(line).items():
            counts["cells"] += 1
            same = row[key] == value and type(row[key]) is type(value)
            problems.expect(same, lambda: f"id {line['id']} {key}: {row[key]!r} in SQLite, {line[key]!r} in CSV")


def compare_objects():
    problems.expect(len(objects) == len(readings), f"{len(objects)} objects, {len(readings)} rows in CSV")
    for item, row in zip(objects, readings):
        anomaly = row["anomaly_type"]
        expected = {
            "timestamp": row["timestamp"],
            "sensor_id": row["sensor_id"],
            "readings": {metric: row[metric] for metric in METRICS},
            "location": {
                "name": row["location"],
                "latitude": row["latitude"],
                "longitude": row["longitude"],
                "timezone": row["timezone"],
            },
            "anomaly": {"detected": row["anomaly_flag"] == "1", "type": anomaly},
            "device": {
                "manufacturer": row["manufacturer"],
                "model": row["model"],
                "firmware": row["firmware_version"],
            },
        }
        if TWINS[0] in row:
            expected["clean"] = {metric: row["clean_" + metric] for metric in METRICS}
            twin = all(row[metric] == row["clean_" + metric] for metric in METRICS)
            problems.expect(anomaly or twin, lambda: f"id {row['id']} is normal and differs from its twin")
            counts["twins"] += 1
        # As text, so that the order of the keys counts too.
        left, right = json.dumps(item, ensure_ascii=False), json.dumps(expected, ensure_ascii=False)
        problems.expect(left == right, lambda: f"id {row['id']}: {left} in JSON, {right} in CSV")
        counts["objects"] += 1


def compare_table(name):
    rows = csv_rows(text_of(folder, name + ".csv", problems))
    stored = sqlite.execute(f"SELECT * FROM {name}").fetchall()
    problems.expect(len(rows) == len(stored), f"{name}: {len(stored)} rows in SQLite, {len(rows)} in CSV")
    for row, line in zip(stored, rows):
        problems.expect(list(row.keys()) == list(line), f"{name}: columns {row.keys()} in SQLite, {list(line)} in CSV")
        for key, text in line.items():
            value = row[key]
            same = text is None if value is None else text == value if isinstance(value, str) else float(text) == value
            problems.expect(same, lambda: f"{name} {key}: {value!r} in SQLite, {text!r} in CSV")
            counts["cells"] += 1
    counts[name] = len(rows)
    return rows


def check_labels(sensors, events):
    """Every reading of an event and no other carries its label, and is where the event says."""
    with open(folder + "/manifest.json", encoding="utf-8") as file:
        manifest = json.load(file)
    ticks, interval = manifest["time"]["ticks"], manifest["time"]["interval_seconds"]
    # Instants from one reading of a sensor to its next: groups may have intervals of their own.
    steps = [round(float(sensor.get("interval_seconds", interval)) / interval) for sensor in sensors]
    places = [(instant, index) for index, step in enumerate(steps) for instant in range(0, ticks, step)]
    if manifest["order"] == "time":
        places.sort()
    numbers_of = {sensor["sensor_id"]: [] for sensor in sensors}
    for position, (_, index) in enumerate(places):
        numbers_of[sensors[index]["sensor_id"]].append(position + 1)
    labels, omitted, absent = {}, set(), set()
    for event in events:
        first, last = int(event["first_reading"]), int(event["last_reading"])
        numbers = [number for number in numbers_of[event["sensor_id"]] if first <= number <= last]
        problems.expect(len(numbers) == int(event["readings"]), f"event {event}: {len(numbers)} readings")
        for identifier in numbers:
            problems.expect(identifier not in labels, f"event {event} meets another")
            labels[identifier] = event["anomaly_type"]
            if event["mode"] == "omit":
                omitted.add(identifier)
            if event["mode"] == "blank":
                absent.add(identifier)
        counts[event["anomaly_type"]] += 1
        counts["mode " + str(event["mode"])] += 1
    rows = {int(row["id"]): row for row in readings}
    problems.expect([int(row["id"]) for row in readings] == sorted(rows), "ids do not rise")
    missing = set(range(1, len(places) + 1)) - set(rows)
    problems.expect(missing == omitted, f"{len(missing)} rows are absent, {len(omitted)} omitted")
    counts["gaps"] = len(missing)
    instants = sorted({row["timestamp"] for row in readings})
    problems.expect(len(instants) == ticks, f"{len(instants)} instants, {ticks} ticks")
    present = collections.defaultdict(set)
    for row in readings:
        present[row["sensor_id"]].update(metric for metric in METRICS if row[metric] is not None)
    for identifier, row in rows.items():
        instant, index = places[identifier - 1]
        expected = sensors[index]["sensor_id"]
        problems.expect(expected == row["sensor_id"], lambda: f"id {identifier} is of {row['sensor_id']}, not {expected}")
        problems.expect(row["timestamp"] == instants[instant], lambda: f"id {identifier} at {row['timestamp']}")
        kind = labels.get(identifier)
        flag = "0" if kind is None else "1"
        label = (row["anomaly_type"], row["anomaly_flag"], row["status_code"])
        problems.expect(label == (kind, flag, flag), lambda: f"id {identifier}: label {label}, event {kind}")
        nulls = [metric for metric in METRICS if row[metric] is None]
        # What a sensor never has it does not measure.
        foreign = [metric for metric in METRICS if metric not in present[row["sensor_id"]]]
        problems.expect(nulls == (METRICS if identifier in absent else foreign), lambda: f"id {identifier}: {kind}, NULL {nulls}")
        counts["nulls"] += len(nulls)
        counts["negative"] += sum((row[metric] or "").startswith("-") for metric in METRICS)
    for event in events:
        first = instants[places[int(event["first_reading"]) - 1][0]]
        problems.expect(event["start"] == first, f"event {event} starts at {first}")


assert set(NUMBERS + INTEGERS) - set(TWINS) < set(readings[0])
compare_database()
compare_objects()
check_labels(compare_table("sensors"), compare_table("events"))
counts["rows"] = len(readings)
print(json.dumps({"problems": problems, "counts": counts}))
