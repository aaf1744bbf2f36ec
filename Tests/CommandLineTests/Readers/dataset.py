"""Reads the files of a dataset folder with Python's own modules, for the other scripts here."""

import csv
import gzip
import json
import os
import sqlite3
import subprocess
import zlib

METRICS = ["temperature", "humidity", "pressure", "voltage"]
TWINS = ["clean_" + metric for metric in METRICS]
NUMBERS = METRICS + TWINS + ["latitude", "longitude", "height_meters"]
INTEGERS = ["id", "status_code", "anomaly_flag", "synced"]


def measure(names, texts):
    """Says what is measured, where that is not the standard four; some of it may be texts."""
    METRICS[:] = names
    TWINS[:] = ["clean_" + name for name in names]
    numbers = [name for name in names if name not in texts]
    NUMBERS[:] = numbers + ["clean_" + name for name in numbers] + ["latitude", "longitude", "height_meters"]


class Problems(list):
    """What is wrong, with a limit, so that a broken file does not bury the first mistakes."""

    def expect(self, condition, text):
        """Notes a text, or what a function gives, which costs nothing where all is well, unless the condition holds."""
        if not condition and len(self) < 20:
            self.append(str(text() if callable(text) else text)[:300])


def text_of(folder, name, problems):
    """The text of a file, compressed or not; a gzip file must be a single member, a zstd file frames that fit."""
    path = os.path.join(folder, name)
    if os.path.exists(path):
        with open(path, "rb") as file:
            return file.read().decode("utf-8")
    if os.path.exists(path + ".zst"):
        # Checks the length and the checksum of every frame.
        return subprocess.run(["zstd", "-dcq", path + ".zst"], check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
    with open(path + ".gz", "rb") as file:
        packed = file.read()
    member = zlib.decompressobj(wbits=31)
    text = member.decompress(packed) + member.flush()
    problems.expect(member.eof and not member.unused_data, f"{name}.gz is not one gzip member")
    problems.expect(gzip.decompress(packed) == text, f"{name}.gz: gzip and zlib differ")
    return text.decode("utf-8")


def csv_rows(text):
    """The rows as dictionaries of text; an empty field is None."""
    rows = csv.DictReader(text.splitlines(keepends=True), strict=True)
    return [{key: None if value == "" else value for key, value in row.items()} for row in rows]


def json_rows(text):
    """The objects of JSON Lines, their numbers as text."""
    return [json.loads(line, parse_float=str, parse_int=str) for line in text.splitlines()]


def database(folder):
    """The SQLite file, read only."""
    connection = sqlite3.connect(f"file:{os.path.join(folder, 'readings.sqlite')}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def typed(row):
    """A row of the CSV with its numbers as numbers."""
    return {
        key: None if value is None else int(value) if key in INTEGERS else float(value) if key in NUMBERS else value
        for key, value in row.items()
    }
