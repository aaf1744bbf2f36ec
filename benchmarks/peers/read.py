#!/usr/bin/env python3
"""Reads readings into a frame of Polars, by itself or through the package gen_dataset.

    read.py csv --threads N FILE
    read.py scan --threads N TOOL RECIPE DURATION
"""
import argparse
import os
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("kind", choices=["csv", "scan"])
parser.add_argument("--threads", type=int)
parser.add_argument("arguments", nargs="+")
arguments = parser.parse_args()
os.environ["POLARS_MAX_THREADS"] = str(arguments.threads)

import polars

if arguments.kind == "csv":
    frame = polars.read_csv(arguments.arguments[0], try_parse_dates=True)
else:
    tool, recipe, duration = arguments.arguments
    os.environ["PATH"] = os.pathsep.join([str(Path(tool).parent), os.environ["PATH"]])
    import gen_dataset

    # The time of a program that is waited for counts.
    with gen_dataset.scan(recipe, duration=duration, threads=arguments.threads) as reader:
        frame = polars.from_arrow(reader.read_all())
if frame.height == 0:
    raise SystemExit("there are no rows")
