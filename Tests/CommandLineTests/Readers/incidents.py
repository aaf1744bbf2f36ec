"""incidents.py DATASET: whether the events of incidents are as the recipe of the dataset says, by its files alone."""

import collections
import datetime
import json
import sqlite3
import sys

import pyarrow.parquet
import yaml

from dataset import Problems, csv_rows, text_of

folder = sys.argv[1]
problems = Problems()
with open(folder + "/recipe.yaml", encoding="utf-8") as file:
    recipe = yaml.safe_load(file)
events = csv_rows(text_of(folder, "events.csv", problems))
sensors = {row["sensor_id"]: row for row in csv_rows(text_of(folder, "sensors.csv", problems))}
causes = {item["cause"]: item for item in recipe["incidents"]}
names = ["cause_id", "cause", "scope", "scope_name"]
counts = collections.Counter(events=len(events))


def seconds(text):
    units = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
    total, number = 0.0, ""
    for letter in text:
        if letter in units:
            total, number = total + float(number) * units[letter], ""
        else:
            number += letter
    return total


def bounds(value):
    values = value if isinstance(value, list) else [value, value]
    return seconds(values[0]), seconds(values[-1])


def time(text):
    return datetime.datetime.fromisoformat(text).timestamp()


def name_in(scope, sensor):
    """What the sensor has in common with others, by sensors.csv."""
    column = {"fleet": None, "city": "location", "group": "sensor_id"}.get(scope, scope)
    value = sensor[column] if column else None
    return value.rsplit("_", 1)[0] if scope == "group" else value


start = time(recipe["dataset"]["start"].rstrip("Z"))
duration = seconds(recipe["dataset"]["duration"])
members = {cause: collections.defaultdict(set) for cause in causes}
for cause, item in causes.items():
    for sensor in sensors.values():
        members[cause][name_in(item["scope"], sensor)].add(sensor["sensor_id"])

own = collections.defaultdict(list)
incidents = collections.defaultdict(list)
for event in events:
    own[event["sensor_id"]].append(event)
    given = {event[name] is None for name in names[:3]}
    problems.expect(len(given) == 1, f"event {event['event_id']} has some of {names}")
    if event["cause_id"]:
        incidents[event["cause_id"]].append(event)

for cause_id, hits in incidents.items():
    cause = hits[0]["cause"]
    item = causes[cause]
    effect = next(iter(item["effect"]))
    counts[cause] += 1
    counts["hits"] += len(hits)
    problems.expect(cause_id.startswith(cause + "-"), f"{cause_id} is of {cause}")
    for name in ("cause", "scope", "scope_name", "anomaly_type", "mode", "direction"):
        problems.expect(len({hit[name] for hit in hits}) == 1, f"{cause_id} has several of {name}")
    problems.expect(hits[0]["scope"] == item["scope"], f"{cause_id} has another scope")
    problems.expect(hits[0]["anomaly_type"] == effect, f"{cause_id} has another effect")
    scope_name = hits[0]["scope_name"]
    only = item.get("only")
    problems.expect(only is None or scope_name in only, f"{cause_id} is elsewhere")
    hit = {event["sensor_id"] for event in hits}
    problems.expect(len(hit) == len(hits), f"{cause_id} hits a sensor twice")
    problems.expect(hit <= members[cause][scope_name], f"{cause_id} hits others")
    spread = seconds(item["spread"])
    whole = [event for event in hits if event["truncated"] == "0"]
    step = {event["sensor_id"]: float(sensors[event["sensor_id"]].get("interval_seconds") or seconds(recipe["simulation"]["interval"]))
            for event in hits}
    for event in whole:
        lasts = time(event["end"]) - time(event["start"])
        low, high = bounds(item["duration"])
        slack = step[event["sensor_id"]]
        problems.expect(low - slack <= lasts <= high + slack, f"{cause_id} lasts {lasts} s")
    if whole:
        first = min(time(event["start"]) - step[event["sensor_id"]] for event in whole)
        last = max(time(event["start"]) for event in whole)
        problems.expect(last - first <= spread + 2 * max(step.values()), f"{cause_id} takes {last - first} s to come")
    if "at" in item and whole:
        offsets = [seconds(text) for text in item["at"]]
        begin = min(time(event["start"]) for event in whole) - start
        problems.expect(any(at <= begin <= at + spread + max(step.values()) for at in offsets), f"{cause_id} is at {begin}")
    # Whom it spares was hit by something else at the time, where it hits all.
    if item["share"] == 1 and effect == "missing_data" and whole:
        begin, end = min(time(event["start"]) for event in whole), min(time(event["end"]) for event in whole)
        for sensor in members[cause][scope_name] - hit:
            near = max(spread, 0) + 2 * max(step.values())
            touched = any(
                other["cause"] and time(other["start"]) <= end + near and time(other["end"]) >= begin - near
                for other in own[sensor]
            )
            problems.expect(touched, f"{cause_id} spares {sensor}")

# As many as the recipe says: by five standard deviations of a Poisson process, those of the ends included.
for cause, item in causes.items():
    if "every" not in item:
        continue
    chosen = [name for name in members[cause] if item.get("only") is None or name in item["only"]]
    expected = (duration + bounds(item["duration"])[1]) / seconds(item["every"]) * len(chosen)
    problems.expect(
        abs(counts[cause] - expected) <= 5 * expected**0.5 + 1, f"{cause}: {counts[cause]} incidents, {expected} expected"
    )

for events_of_sensor in own.values():
    for event, following in zip(events_of_sensor, events_of_sensor[1:]):
        problems.expect(event["end"] < following["start"], f"event {following['event_id']} touches the one before")

# Other formats say the same.
paths = [file["path"] for file in json.load(open(folder + "/manifest.json", encoding="utf-8"))["files"]]
expected = [[row[name] for name in names] for row in events]
if "readings.sqlite" in paths:
    base = sqlite3.connect(f"file:{folder}/readings.sqlite?mode=ro", uri=True)
    rows = base.execute(f"SELECT {', '.join(names)} FROM events ORDER BY event_id").fetchall()
    problems.expect([list(row) for row in rows] == expected, "the table events has other incidents")
    counts["tables"] += 1
if "events.parquet" in paths:
    table = pyarrow.parquet.read_table(folder + "/events.parquet", columns=names).to_pylist()
    problems.expect([[row[name] for name in names] for row in table] == expected, "events.parquet has other incidents")
    counts["tables"] += 1

print(json.dumps({"problems": problems, "counts": counts}))
