"""Whether Spark finds in the Parquet files of some datasets what stands in their CSV: see compare-parquet-spark."""

import argparse
import csv
import datetime
import pathlib
import subprocess
import sys
import tempfile

from pyspark.sql import SparkSession, functions

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLEET = """
dataset: {name: spark, seed: 11, start: 2025-01-05, duration: 3h, order: %s}
simulation: {interval: 2s}
metrics:
  temperature: {}
  humidity: {}
  co2: {unit: ppm, mean: 650, std_dev: 180, min: 400, max: 5000, resolution: 1}
  door: {model: state, states: {closed: 0.7, ajar: 0.3}, dwell: 90s}
normal_parameters: {temperature: {resolution: 0.0625}}
fleet:
  - {count: 3, prefix: A, location: Oslo}
  - {count: 3, prefix: B, metrics: [temperature, door], location: Lima, firmware_version: 1.10.0}
anomalies: {probability: 0.2, types: {spike: {}, trend: {}, missing_data: {duration: 1m, modes: [null, omit]}}}
outputs: {csv: {compression: none}, parquet: {%s}}
"""
CASES = [
    ("time", "row_group: 16384"), ("sensor", "compression: none, timestamps: utc"), ("time", "compatibility: v1, level: 3"),
    ("sensor", "row_group: 16384, compatibility: v1, timestamps: utc"),
]


def wanted(text, kind):
    """A field of the CSV as Spark's type of the column has it."""
    if text == "":
        return None
    if kind.startswith("timestamp"):
        return datetime.datetime.fromisoformat(text.removesuffix("Z"))
    if kind in ("int", "bigint"):
        return int(text)
    return float(text) if kind == "double" else text


def compare(spark, folder, table):
    """Cell by cell, and what conditions find, whose bounds may leave out pages and row groups."""
    frame = spark.read.parquet(f"{folder}/{table}.parquet")
    types = dict(frame.dtypes)
    with open(f"{folder}/{table}.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    expected = {name: [wanted(line[name], kind) for line in lines] for name, kind in types.items()}
    assert list(types) == list(lines[0]), f"{table}: columns {list(types)}"
    key = types.keys() & {"id", "event_id", "sensor_id"}
    order = "id" if "id" in key else "event_id" if "event_id" in key else "sensor_id"
    rows = sorted(frame.collect(), key=lambda row: row[order])
    places = sorted(range(len(lines)), key=lambda place: expected[order][place])
    assert len(rows) == len(lines), f"{table}: {len(rows)} rows, not {len(lines)}"
    for name, values in expected.items():
        for row, place in zip(rows, places):
            assert row[name] == values[place], f"{table}: {name} of row {place} is {row[name]!r}, not {values[place]!r}"
    trials = []
    for name, values in expected.items():
        known = sorted({value for value in values if value is not None})
        trials.append((name, "is NULL", functions.col(name).isNull(), values.count(None)))
        for bound in {known[len(known) // 3], known[-1]} if known else ():
            if isinstance(bound, datetime.datetime) and types[name] == "timestamp":
                bound = bound.replace(tzinfo=datetime.timezone.utc)
            plain = bound.replace(tzinfo=None) if isinstance(bound, datetime.datetime) else bound
            trials.append((name, f"> {bound}", functions.col(name) > bound, sum(value > plain for value in values if value is not None)))
            trials.append((name, f"= {bound}", functions.col(name) == bound, sum(value == plain for value in values if value is not None)))
    for name, condition, column, count in trials:
        found = frame.filter(column).count()
        assert found == count, f"{table}: {found} rows, not {count}, where {name} {condition}"
    return len(lines) * len(types), len(trials)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", default=str(ROOT / ".build/release/gen-dataset"))
    tool = parser.parse_args().tool
    spark = (
        SparkSession.builder.master("local[2]").config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    for order, options in CASES:
        with tempfile.TemporaryDirectory() as folder:
            recipe = pathlib.Path(folder, "recipe.yaml")
            recipe.write_text(FLEET % (order, options), encoding="utf-8")
            subprocess.run([tool, "recipe", recipe, "-o", folder + "/out", "--quiet"], check=True, stdout=subprocess.DEVNULL)
            cells = trials = 0
            for table in ("readings", "events", "sensors"):
                found = compare(spark, folder + "/out", table)
                cells, trials = cells + found[0], trials + found[1]
            print(f"{order}, {options}: {cells:,} cells and {trials} conditions agree", flush=True)
    return 0


sys.exit(main())
