"""Writes the rows of benchmarks/rows-per-second with one peer; benchmarks/rows-per-second runs it.

    generate.py PEER OUTPUT --rows N --file FILE --sensors sensors.csv --schema schema.sql --threads N [--level N]

PEER is polars, pyarrow, duckdb, pandas or sqlite3, OUTPUT one of those that `write` of with_PEER.py names.
"""
import argparse
import importlib
import os

from readings import Task


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=["polars", "pyarrow", "duckdb", "pandas", "sqlite3"])
    parser.add_argument("output")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--file", required=True)
    parser.add_argument("--sensors", required=True)
    parser.add_argument("--schema", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--level", type=int)
    arguments = parser.parse_args()
    # Polars reads it when it is imported.
    os.environ["POLARS_MAX_THREADS"] = str(arguments.threads)
    with open(arguments.schema) as file:
        schema = file.read()
    task = Task(arguments.rows, arguments.file, arguments.sensors, schema, arguments.level, arguments.threads)
    importlib.import_module("with_" + arguments.peer).write(arguments.output, task)


main()
