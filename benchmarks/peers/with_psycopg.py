"""Loads readings into PostgreSQL by psycopg's binary COPY, row by row as its documentation has it.

    with_psycopg.py ADDRESS TABLE FILE ROWS [made]

FILE is a CSV of the table's rows, of which the first ROWS are read before the clock starts; with `made` they are computed on
the way instead, as a script does that makes up its readings. Prints seconds as JSON.
"""
import csv
import json
import os
import random
import sys
import time
from datetime import datetime, timedelta, timezone

import psycopg


def main():
    address, table, file, count = *sys.argv[1:4], int(sys.argv[4])
    is_made = sys.argv[5:] == ["made"]
    with psycopg.connect(address) as connection:
        columns = connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
            "ORDER BY ordinal_position", (table,)).fetchall()
        convert = [CONVERSIONS[kind] for _, kind in columns]
        rows = made(count) if is_made else read(file, convert, count)
        begin, used = time.monotonic(), os.times()
        names = ", ".join(name for name, _ in columns)
        with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types([TYPES[kind] for _, kind in columns])
            for row in rows:
                copy.write_row(row)
        connection.commit()
        now = os.times()
        print(json.dumps({"wall": time.monotonic() - begin, "user": now.user - used.user,
                          "system": now.system - used.system, "rows": count}))


def read(file, convert, count):
    """The first rows of a file, in memory."""
    rows = []
    with open(file, newline="") as text:
        for values in csv.reader(text):
            rows.append(tuple(make(value) if value else None for make, value in zip(convert, values)))
            if len(rows) == count:
                break
    return rows


def made(count):
    """Rows of a thousand sensors: white noise, and no labels."""
    start, noise = datetime(2025, 1, 1, tzinfo=timezone.utc), random.Random(1).gauss
    for row in range(count):
        tick, sensor = divmod(row, 1_000)
        yield (start + timedelta(seconds=tick), sensor + 1, noise(22, 2), noise(65, 5), noise(1013, 5), noise(12, .1),
               False, None)


TYPES = {"timestamp with time zone": "timestamptz", "double precision": "float8", "integer": "int4", "bigint": "int8",
         "smallint": "int2", "boolean": "bool", "text": "text"}
CONVERSIONS = {
    "timestamp with time zone": lambda text: datetime.fromisoformat(text.replace("+00", "+00:00")).astimezone(timezone.utc),
    "double precision": float, "integer": int, "bigint": int, "smallint": int, "boolean": lambda text: text == "t",
    "text": str,
}

if __name__ == "__main__":
    main()
