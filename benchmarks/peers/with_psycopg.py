"""Loads readings that are in memory into PostgreSQL by psycopg's binary COPY, row by row as its documentation has it.

    with_psycopg.py ADDRESS TABLE FILE ROWS

FILE is a CSV of the table's rows, of which the first ROWS are read before the clock starts. Prints seconds as JSON.
"""
import csv
import json
import os
import sys
import time
from datetime import datetime, timezone

import psycopg


def main():
    address, table, file, count = *sys.argv[1:4], int(sys.argv[4])
    with psycopg.connect(address) as connection:
        columns = connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s "
            "ORDER BY ordinal_position", (table,)).fetchall()
        convert = [CONVERSIONS[kind] for _, kind in columns]
        rows = []
        with open(file, newline="") as text:
            for values in csv.reader(text):
                rows.append(tuple(make(value) if value else None for make, value in zip(convert, values)))
                if len(rows) == count:
                    break
        begin, used = time.monotonic(), os.times()
        names = ", ".join(name for name, _ in columns)
        with connection.cursor().copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types([TYPES[kind] for _, kind in columns])
            for row in rows:
                copy.write_row(row)
        connection.commit()
        now = os.times()
        print(json.dumps({"wall": time.monotonic() - begin, "user": now.user - used.user,
                          "system": now.system - used.system, "rows": len(rows)}))


TYPES = {"timestamp with time zone": "timestamptz", "double precision": "float8", "integer": "int4", "bigint": "int8",
         "smallint": "int2", "boolean": "bool", "text": "text"}
CONVERSIONS = {
    "timestamp with time zone": lambda text: datetime.fromisoformat(text.replace("+00", "+00:00")).astimezone(timezone.utc),
    "double precision": float, "integer": int, "bigint": int, "smallint": int, "boolean": lambda text: text == "t",
    "text": str,
}

if __name__ == "__main__":
    main()
