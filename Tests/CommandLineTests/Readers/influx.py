"""influx.py DATASET: loads line protocol into InfluxDB as its users do, and compares what it holds with the CSV.
influx.py DATASET PORT: compares what the database sensors of a server on a port holds with the CSV.

The server listens on 127.0.0.1 alone and keeps its files in a folder of its own.
"""

import collections
import glob
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from dataset import METRICS, NUMBERS, Problems, csv_rows, measure, text_of
from points import EPOCH, datetime

UNITS = {"epoch_s": "s", "epoch_ms": "ms", "epoch_us": "u", "epoch_ns": "ns"}
TAGS = ["firmware_version", "location", "manufacturer", "model", "sensor_id"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(folder):
    port, backup = free_port(), free_port()
    settings = {
        "INFLUXDB_REPORTING_DISABLED": "true",
        "INFLUXDB_META_DIR": folder + "/meta",
        "INFLUXDB_DATA_DIR": folder + "/data",
        "INFLUXDB_DATA_WAL_DIR": folder + "/wal",
        "INFLUXDB_BIND_ADDRESS": f"127.0.0.1:{backup}",
        "INFLUXDB_HTTP_BIND_ADDRESS": f"127.0.0.1:{port}",
        "INFLUXDB_MONITOR_STORE_ENABLED": "false",
    }
    with open(folder + "/log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(["influxd"], env={**os.environ, **settings}, stdout=log, stderr=log)
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=5).close()
            return server, port
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    server.kill()
    with open(folder + "/log", encoding="utf-8") as log:
        raise SystemExit("influxd does not answer: " + log.read()[-2_000:])


def query(port, text):
    parameters = urllib.parse.urlencode({"db": "sensors", "q": text, "epoch": "u"})
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/query?{parameters}", timeout=60) as answer:
        return json.load(answer, parse_float=float)["results"][0].get("series", [])


def compare(folder, port, problems, counts):
    rows = csv_rows(text_of(folder, "readings.csv", problems))
    columns = list(rows[0])
    measure(columns[columns.index("sensor_id") + 1:columns.index("status_code")], {"door"})
    fields = METRICS + ["anomaly_flag", "anomaly_type"]
    stored = {}
    for series in query(port, 'SELECT * FROM "sensor_data"'):
        for values in series["values"]:
            point = dict(zip(series["columns"], values))
            stored[point["time"], point["sensor_id"]] = point
    problems.expect(len(stored) == len(rows), f"{len(stored)} points in InfluxDB, {len(rows)} rows in CSV")
    for row in rows:
        instant = (datetime.datetime.fromisoformat(row["timestamp"]) - EPOCH) // datetime.timedelta(microseconds=1)
        point = stored.get((instant, row["sensor_id"]))
        if point is None:
            problems.expect(False, f"{row['sensor_id']} at {row['timestamp']} is not there")
            continue
        for field in fields + TAGS:
            text = row[field]
            wanted = text if text is None or field not in NUMBERS + ["anomaly_flag"] else float(text)
            problems.expect(point.get(field) == wanted, lambda: f"{field} of {row['id']} is {point.get(field)!r}, not {wanted!r}")
            counts["values"] += 1
    counts["points"] = len(stored)


def load(folder, problems, counts):
    with open(folder + "/manifest.json", encoding="utf-8") as file:
        entry = next(item for item in json.load(file)["files"] if item["format"] == "influx")
    path = glob.glob(folder + "/readings.lp*")[0]
    with tempfile.TemporaryDirectory() as place:
        server, port = start(place)
        try:
            command = ["influx", "-host", "127.0.0.1", "-port", str(port), "-import", "-path", path]
            command += ["-precision", UNITS[entry["timestamps"]]] + (["-compressed"] if path.endswith(".gz") else [])
            told = subprocess.run(command, capture_output=True, text=True, check=False)
            problems.expect(told.returncode == 0, told.stdout + told.stderr)
            problems.expect("Failed 0 inserts" in told.stdout + told.stderr, told.stdout + told.stderr)
            compare(folder, port, problems, counts)
        finally:
            server.kill()
            server.wait()


def main(folder, port=None):
    problems, counts = Problems(), collections.Counter()
    if port:
        compare(folder, int(port), problems, counts)
    else:
        load(folder, problems, counts)
    print(json.dumps({"problems": problems, "counts": counts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
