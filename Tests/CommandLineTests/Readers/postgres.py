"""postgres.py DATASET: loads a file for COPY by the script beside it, and compares what PostgreSQL holds with the CSV.

The server listens on no address, on a socket in a folder of its own.
"""

import collections
import csv
import datetime
import glob
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile

from dataset import Problems, csv_rows, text_of

PROGRAMS = (sorted(glob.glob("/usr/lib/postgresql/*/bin")) or [os.path.dirname(shutil.which("initdb") or "")])[-1]


def run(*command, check=True):
    """Runs a program of the server, as its user where we are root: it refuses to be root."""
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    return subprocess.run([*user, *command], check=check, capture_output=True, text=True)


def wanted(kind, text):
    if text is None:
        return ""
    if kind == "double precision":
        return float(text)
    if kind == "boolean":
        return "t" if text == "1" else "f"
    if kind.startswith("timestamp"):
        return datetime.datetime.fromisoformat(text + "+00:00")
    return text


def found(kind, text):
    if text != "" and kind == "double precision":
        return float(text)
    if kind.startswith("timestamp"):
        return datetime.datetime.fromisoformat(text)
    return text


def compare(folder, psql, problems, counts):
    rows = csv_rows(text_of(folder, "readings.csv", problems))
    types = subprocess.run(
        [*psql, "-At", "-F", "\t", "-c", "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
         "WHERE attrelid = 'sensor_data'::regclass AND attnum > 0 ORDER BY attnum"],
        check=True, capture_output=True, text=True)
    types = dict(line.split("\t") for line in types.stdout.splitlines())
    copy = "COPY (SELECT * FROM sensor_data ORDER BY id) TO STDOUT (FORMAT csv, HEADER)"
    told = subprocess.run([*psql, "-c", "SET timezone = 'UTC'", "-c", copy], check=True, capture_output=True, text=True)
    stored = list(csv.DictReader(io.StringIO(told.stdout.split("\n", 1)[1])))
    problems.expect(len(stored) == len(rows), f"{len(stored)} rows in PostgreSQL, {len(rows)} in CSV")
    for line, row in zip(stored, rows):
        for name, kind in types.items():
            one, two = found(kind, line[name]), wanted(kind, row[name])
            problems.expect(one == two, lambda: f"{name} of {row['id']} is {one!r}, not {two!r}")
            counts["cells"] += 1
            counts["nulls"] += two == ""
    counts["rows"] = len(stored)


def main(folder):
    problems, counts = Problems(), collections.Counter()
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o777)
        data = place + "/data"
        run(PROGRAMS + "/initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N")
        options = f"-c listen_addresses= -k {place} -c fsync=off"
        run(PROGRAMS + "/pg_ctl", "-D", data, "-w", "-l", place + "/log", "-o", options, "start")
        try:
            where = ["-h", place, "-U", "postgres", "-d", "postgres"]
            told = subprocess.run(["sh", folder + "/postgresql.sh", *where], check=False, capture_output=True, text=True)
            problems.expect(told.returncode == 0, told.stdout + told.stderr)
            compare(folder, ["psql", "-X", *where], problems, counts)
            again = subprocess.run(["sh", folder + "/postgresql.sh", *where], check=False, capture_output=True, text=True)
            problems.expect(again.returncode != 0 and "already exists" in again.stderr, f"again: {again.stderr}")
        finally:
            run(PROGRAMS + "/pg_ctl", "-D", data, "-m", "immediate", "-w", "stop", check=False)
    print(json.dumps({"problems": problems, "counts": counts}))


if __name__ == "__main__":
    main(sys.argv[1])
