"""Compares series that a database has given with the CSV file of the same dataset, value by value.

series.py EXPORT CSV PREFIX STATES...: EXPORT is of VictoriaMetrics, lines of JSON, or of `promtool tsdb dump`; STATES are
METRIC=first,second,... with the states in order.
"""

import collections
import csv
import datetime
import json
import re
import sys

export, table, prefix, *states = sys.argv[1:]
states = {pair.split("=")[0]: pair.split("=")[1].split(",") for pair in states}
kinds = ["", "spike", "trend", "pattern", "missing_data", "noise"]
described = ["sensor_id", "firmware_version", "location", "manufacturer", "model"]
constants = described + [
    "serial_number", "latitude", "longitude", "timezone", "deployment_type", "installation_date", "height_meters",
    "id", "timestamp", "status_code", "anomaly_flag", "synced",
]

expected = {}
with open(table, newline="") as file:
    for row in csv.DictReader(file):
        time = datetime.datetime.fromisoformat(row["timestamp"]).replace(tzinfo=datetime.timezone.utc)
        labels = tuple(sorted((name, row[name]) for name in described if row[name]))
        for name, text in row.items():
            if name == "anomaly_type":
                value = kinds.index(text)
            elif name in constants or text == "":
                continue
            else:
                known = states.get(name.removeprefix("clean_"))
                value = known.index(text) if known else float(text)
            key = (f"{prefix}_{name}", labels, round(time.timestamp() * 1000))
            assert key not in expected, key
            expected[key] = value



def read(line):
    """The series of a line."""
    if line.startswith('{"'):
        return json.loads(line)
    # {__name__="sensor_data_temperature", sensor_id="A"} 21.5 1735689600000
    labels, value, time = line.rsplit(" ", 2)
    pairs = re.findall(r'(\w+)=("(?:[^"\\]|\\.)*")', labels)
    metric = {name: json.loads(text) for name, text in pairs}
    return {"metric": metric, "values": [float(value)], "timestamps": [int(time)]}


found = collections.Counter()
with open(export) as file:
    for line in file:
        series = read(line)
        name = series["metric"].pop("__name__")
        labels = tuple(sorted(series["metric"].items()))
        assert len(series["values"]) == len(series["timestamps"])
        for value, time in zip(series["values"], series["timestamps"]):
            key = (name, labels, time)
            assert expected[key] == value, (key, expected[key], value)
            found[key] += 1

missing = expected.keys() - found.keys()
assert not missing, sorted(missing)[:3]
assert all(count == 1 for count in found.values())
print(len(found), "samples")
