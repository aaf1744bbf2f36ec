"""Whether Spark finds in the Parquet files of some datasets what stands in their CSV: see compare-parquet-spark."""

import argparse
import csv
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from pyspark.sql import SparkSession, functions

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from random_recipes.maker import Maker, text as yaml  # noqa: E402: from the folder above
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


def compare(spark, folder, table, limit=None):
    """Cell by cell, and what conditions find, whose bounds may leave out pages and row groups; at most so many conditions."""
    frame = spark.read.parquet(f"{folder}/{table}.parquet")
    types = dict(frame.dtypes)
    with open(f"{folder}/{table}.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    expected = {name: [wanted(line[name], kind) for line in lines] for name, kind in types.items()}
    assert not lines or list(types) == list(lines[0]), f"{table}: columns {list(types)}"
    # Whatever comes twice does so in both; nothing else would be told by a key.
    rows = sorted(repr(tuple(row)) for row in frame.collect())
    wanted_rows = sorted(repr(row) for row in zip(*expected.values())) if lines else []
    assert len(rows) == len(lines), f"{table}: {len(rows)} rows, not {len(lines)}"
    for row, other in zip(rows, wanted_rows):
        assert row == other, f"{table}: {row}, not {other}"
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
    trials = trials if limit is None else random.Random(len(lines)).sample(trials, min(limit, len(trials)))
    for name, condition, column, count in trials:
        found = frame.filter(column).count()
        assert found == count, f"{table}: {found} rows, not {count}, where {name} {condition}"
    return len(lines) * len(types), len(trials)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", default=str(ROOT / ".build/release/gen-dataset"))
    parser.add_argument("--count", type=int, default=200, help="recipes made at random")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    tool = arguments.tool
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
    for name in sorted(path.name for path in (ROOT / "recipes").glob("*.yaml")):
        with tempfile.TemporaryDirectory() as folder:
            made = run(tool, name, folder, "--duration", "10m", "--set", "outputs.csv.compression=none", "--format", "csv,parquet")
            assert made.returncode == 0, f"{name}: {made.stderr}"
            print(f"{name}: {tables(spark, folder)[0]:,} cells agree", flush=True)
    schema = subprocess.run([tool, "recipes", "schema"], capture_output=True, text=True, check=True).stdout
    maker = Maker(json.loads(schema), arguments.seed)
    done = cells = 0
    while done < arguments.count:
        recipe = maker.recipe_of_one_file()
        parquet = {"row_group": 16_384, "compression": maker.random.choice(["zstd", "snappy", "none"])}
        recipe["outputs"] = {"csv": {"compression": "none"}, "parquet": parquet, "clean": "delivery" not in recipe and maker.chance(0.3)}
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "recipe.yaml")
            file.write_text(yaml(recipe), encoding="utf-8")
            made = run(tool, file, folder)
            if made.returncode == 65:
                continue
            try:
                assert made.returncode == 0, made.stderr
                cells += tables(spark, folder)[0]
            except AssertionError:
                print(yaml(recipe))
                raise
            done += 1
    print(f"{done} recipes made at random: {cells:,} cells agree")
    return 0


def run(tool, recipe, folder, *options):
    command = [tool, "recipe", recipe, "-o", folder + "/out", "--quiet", *options]
    return subprocess.run(command, capture_output=True, text=True)


def tables(spark, folder):
    """Cells and conditions that agree in the tables of a dataset."""
    found = [compare(spark, folder + "/out", table, limit=4) for table in ("readings", "events", "sensors")]
    return sum(cells for cells, _ in found), sum(trials for _, trials in found)


sys.exit(main())
