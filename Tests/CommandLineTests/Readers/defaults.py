"""defaults.py FOLDER...: what pandas, Polars, DuckDB and PyArrow at their defaults make of readings, events and sensors.

Every cell of CSV and Parquet, or of Parquet alone for `parquet:FOLDER`, must have the value that the CSV states. What is changed is told
as `TABLE.COLUMN by READER`. PyArrow keeps empty texts of CSV as such unless it is told that they may be NULL."""

import csv
import datetime
import glob
import gzip
import json
import os
import sys

import duckdb
import pandas
import polars
import pyarrow.csv
import pyarrow.parquet
from dataset import Problems

# What is a word even where it looks like a number.
WORDS = {
    "sensor_id", "sensor_type", "firmware_version", "model", "manufacturer", "serial_number", "instance_id", "location", "region",
    "country", "timezone", "deployment_type", "anomaly_type", "metrics", "mode", "difficulty", "direction",
}
NULLS = pyarrow.csv.ConvertOptions(strings_can_be_null=True, null_values=[""])
READERS = {
    "csv": {
        "pandas": lambda path: pandas.read_csv(path).astype(object).to_dict("list"),
        "Polars": lambda path: polars.read_csv(path).to_dict(as_series=False),
        "DuckDB": lambda path: duckdb.sql(f"FROM read_csv('{path}')").to_arrow_table().to_pydict(),
        "PyArrow": lambda path: pyarrow.csv.read_csv(path).to_pydict(),
        "PyArrow with NULL": lambda path: pyarrow.csv.read_csv(path, convert_options=NULLS).to_pydict(),
    },
    "parquet": {
        "pandas": lambda path: pandas.read_parquet(path).astype(object).to_dict("list"),
        "Polars": lambda path: polars.read_parquet(path).to_dict(as_series=False),
        "DuckDB": lambda path: duckdb.sql(f"FROM read_parquet('{path}')").to_arrow_table().to_pydict(),
        "PyArrow": lambda path: pyarrow.parquet.read_table(path).to_pydict(),
    },
}


def is_nothing(value):
    # NaN and NaT are not equal to themselves; NA answers nothing.
    return value is None or value is pandas.NA or value != value


def is_kept(name, text, value, keeps_empty):
    """Whether a value is what a cell of CSV says."""
    if keeps_empty and text == "" and value == "":
        return True
    if text == "" or is_nothing(value):
        return text == "" and is_nothing(value)
    if isinstance(value, str):
        return value == text
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None) == datetime.datetime.fromisoformat(text.removesuffix("Z"))
    if isinstance(value, datetime.date):
        return value.isoformat() == text
    if name in WORDS:
        # Taken for a number, which is written like the word or is not.
        return str(value) == text
    try:
        return float(text) == float(value)
    except ValueError:
        return False


def rows_of(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def main():
    problems, changed, cells = Problems(), set(), 0
    for argument in sys.argv[1:]:
        folder = argument.removeprefix("parquet:")
        texts = glob.glob(folder + "/*.csv*") if folder == argument else []
        for path in sorted(texts + glob.glob(folder + "/*.parquet")):
            table = os.path.basename(path).split(".")[0]
            kind = "parquet" if path.endswith(".parquet") else "csv"
            expected = rows_of(glob.glob(f"{folder}/{table}.csv*")[0])
            for reader, read in READERS[kind].items():
                found = read(path)
                problems.expect(not expected or set(found) == set(expected[0]), f"{table} by {reader}: columns {list(found)}")
                for name, values in found.items():
                    problems.expect(len(values) == len(expected), f"{table} by {reader}: {len(values)} rows")
                    cells += len(values)
                    keeps_empty = kind == "csv" and reader == "PyArrow"
                    if not all(is_kept(name, row[name], value, keeps_empty) for row, value in zip(expected, values)):
                        changed.add(f"{kind}: {table}.{name} by {reader}")
    print(json.dumps({"problems": problems + sorted(changed), "counts": {"cells": cells}}))


if __name__ == "__main__":
    main()
