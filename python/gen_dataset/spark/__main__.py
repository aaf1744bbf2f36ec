"""Writes the readings of a recipe by a writer of Spark: `python -m gen_dataset.spark RECIPE OUTPUT`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from pyspark.sql import SparkSession

from .._errors import GenDatasetError
from .._recipe import YAML
from . import read


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="gen_dataset.spark", description="Writes the readings of a recipe by a writer of Spark.")
    parser.add_argument("recipe", help="a path, or the name of a bundled recipe")
    parser.add_argument("output", help="where Spark writes them: a folder or an address that it knows; the name of a table with --table")
    parser.add_argument("--format", default="parquet", help="a format that Spark has, such as parquet, orc, delta or iceberg")
    parser.add_argument("--table", action="store_true", help="OUTPUT is a table of a catalog")
    parser.add_argument("--mode", default="errorifexists", choices=("append", "errorifexists", "ignore", "overwrite"), help="if OUTPUT is there")
    parser.add_argument("--columns", help="names, with commas between")
    parser.add_argument("--shards", type=int, help="number of partitions, and so of files")
    parser.add_argument("--threads", type=int, default=1, help="of each task")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="any key of the recipe; repeatable")
    told = parser.parse_args(arguments)
    wrong = [one for one in told.set if "=" not in one]
    if wrong:
        parser.error(f"--set {wrong[0]}: write a key, = and a value")
    spark = SparkSession.builder.appName("gen-dataset").getOrCreate()
    try:
        frame = read(
            spark, told.recipe, None if told.columns is None else told.columns.split(","), shards=told.shards, threads=told.threads,
            seed=told.seed, set={key: YAML(value) for key, value in (one.split("=", 1) for one in told.set)},
        )
        writer = frame.write.mode(told.mode).format(told.format)
        if told.table:
            writer.saveAsTable(told.output)
        else:
            writer.save(told.output)
    except GenDatasetError as error:
        parser.exit(error.status, f"error: {error}\n")
    finally:
        spark.stop()


if __name__ == "__main__":
    main()
