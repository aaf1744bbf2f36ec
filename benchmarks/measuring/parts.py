"""The contests of benchmarks/rows-per-second.

A part is a function from a Place to its contestants; PARTS names them in the order of the report.
"""
import os
import shutil
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from .contest import Contestant
from .peers import Peers
from .process import Skipped, in_parallel, measured
from .tool import SENSORS, Tool

LONG = 100_000_000  # rows at which memory is measured
LONG_OF_ALL = 30_000_000
SHORT = 3_000_000
SHAPED = 10_000_000  # rows of wide and narrow fleets
FULL = 8_640_000  # rows of a run with the default settings: a day of 1,000 sensors
LIMIT_TIMEOUT = 180  # seconds


@dataclass
class Place:
    """Where and how much is measured."""
    tool: Tool
    peers: Peers
    folder: Path
    rows: int
    threads: int

    @property
    def seconds(self):
        """The run of the fleet that has the rows."""
        return self.rows // SENSORS

    def part(self, share):
        """Rows for one who is that much slower: whole ticks."""
        return max(1, int(self.rows * share) // SENSORS) * SENSORS

    def scaled(self, rows):
        """Rows that are `rows` in a full run, and as much fewer as this one has fewer."""
        return rows if self.rows >= FULL else max(SENSORS, rows * self.rows // FULL // SENSORS * SENSORS)

    def ours(self, key, name, outputs, *options, threads=None, rows=None, runs=None, keep=None, warm=False):
        """A run of this tool; with `warm` there is one before, as for `Texts.each`."""
        rows = rows or self.rows
        options = [*options, "--threads", str(threads or self.threads)]

        def run():
            need_space(self.folder, rows * 600 if None in outputs.values() else rows * 250)
            if warm:
                self.tool.run(rows // SENSORS, outputs, *options)
                os.sync()
            return self.tool.run(rows // SENSORS, outputs, *options, keep=keep)

        return Contestant(key, name, "tool", rows, run, runs)

    def peer(self, key, name, peer, output, share, level=None):
        """A peer that writes a share of the rows."""
        rows = self.part(share)
        return Contestant(key, name, "peer", rows, partial(self.peers.generate, peer, output, rows, level))


def need_space(folder, bytes):
    """Raises Skipped unless the disk has room."""
    free = shutil.disk_usage(folder).free
    if free < bytes * 1.1:
        raise Skipped(f"needs {bytes / 1e9:.0f} GB of disk, {free / 1e9:.0f} GB are free")


class Texts:
    """The finished uncompressed text, in as many files as threads, split between lines."""

    def __init__(self, place, format, share):
        self.place, self.format = place, format
        self.rows = place.part(share)
        self.files = []

    def prepare(self):
        """Writes and splits the text the first time that it is asked for."""
        if self.files:
            return self.files
        whole = self.place.folder / f"text.{self.format}"
        need_space(self.place.folder, self.rows * 1_000)
        dataset = self.place.folder / "text"
        self.place.tool.write(dataset, self.rows // SENSORS, {self.format: "none"})
        (dataset / f"readings.{self.format}").replace(whole)
        shutil.rmtree(dataset)
        size, start = whole.stat().st_size, 0
        with open(whole, "rb") as source:
            for number in range(self.place.threads):
                source.seek(size * (number + 1) // self.place.threads)
                source.readline()
                end = source.tell()
                piece = self.place.folder / f"text.{self.format}.{self.rows}.{number}"
                with open(piece, "wb") as file:
                    copy(source, file, start, end)
                self.files.append(piece)
                start = end
        whole.unlink()
        return self.files

    def each(self, line, warm):
        """Runs a line of shell on every file at the same time; $i is the file and $i.out its output.

        With `warm` it is run once before: the first copy of a large file pays for memory that nobody has used before.
        """
        if warm:
            self.each(line, False)
            os.sync()
        files = self.prepare()
        outputs = [Path(f"{file}.out") for file in files]
        lines = [line.replace("$i", f"'{file}'") for file in files]
        try:
            return measured(in_parallel(lines), LIMIT_TIMEOUT, lambda: sum(file.stat().st_size for file in outputs))
        finally:
            for file in outputs:
                file.unlink(missing_ok=True)

    def limit(self, key, name, line, warm=False):
        return Contestant(key, name, "limit", self.rows, partial(self.each, line, warm))


def copy(source, target, start, end):
    """Copies bytes from one open file to another, in little memory: see `measured`."""
    source.seek(start)
    while start < end:
        chunk = source.read(min(1 << 18, end - start))
        target.write(chunk)
        start += len(chunk)


def limits(place, format):
    """What compressors and the disk do with the finished text; slow ones get a part of it."""
    text, few = Texts(place, format, 0.5), Texts(place, format, 0.1)
    count = place.threads
    return [
        text.limit("igzip", f"igzip -1 of the finished text, {count} processes", "igzip -1 -c $i > $i.out"),
        text.limit("pigz", f"pigz -1 of the finished text, {count} processes", "pigz -1 -p 1 -c $i > $i.out"),
        few.limit("gzip", f"gzip -1 of the finished text, {count} processes", "gzip -1 -c $i > $i.out"),
        text.limit("copy", f"cp of the finished text, {count} processes", "cp $i $i.out", warm=True),
    ]


def csv(place):
    gzip = {"csv": "gzip"}
    return [
        place.ours("tool", "gen-dataset, gzip", gzip),
        place.ours("one", "gen-dataset, gzip, 1 thread", gzip, threads=1),
        place.ours("zstd", "gen-dataset, Zstandard", {"csv": "zstd"}),
        place.ours("none", "gen-dataset, uncompressed", {"csv": "none"}),
        place.peer("polars-igzip", "Polars + igzip level 1", "polars", "csv-igzip", 0.5, 1),
        place.peer("pyarrow-igzip", "PyArrow + igzip level 1", "pyarrow", "csv-igzip", 0.5, 1),
        place.peer("polars", "Polars, default gzip", "polars", "csv.gz", 0.25),
        place.peer("pyarrow", "PyArrow, default gzip", "pyarrow", "csv.gz", 0.1),
        place.peer("duckdb", "DuckDB, default gzip", "duckdb", "csv.gz", 0.1),
        place.peer("pandas", "pandas, default gzip", "pandas", "csv.gz", 0.05),
        *limits(place, "csv"),
    ]


def jsonl(place):
    gzip = {"jsonl": "gzip"}
    return [
        place.ours("tool", "gen-dataset, gzip", gzip),
        place.ours("one", "gen-dataset, gzip, 1 thread", gzip, threads=1),
        place.ours("zstd", "gen-dataset, Zstandard", {"jsonl": "zstd"}),
        place.ours("none", "gen-dataset, uncompressed", {"jsonl": "none"}),
        place.peer("polars-igzip", "Polars + igzip level 1", "polars", "jsonl-igzip", 0.5, 1),
        place.peer("polars-1", "Polars, gzip level 1", "polars", "jsonl.gz", 0.5, 1),
        place.peer("polars", "Polars, default gzip", "polars", "jsonl.gz", 0.2),
        place.peer("duckdb", "DuckDB, default gzip", "duckdb", "jsonl.gz", 0.1),
        place.peer("pandas", "pandas, default gzip", "pandas", "jsonl.gz", 0.05),
        *limits(place, "jsonl"),
    ]


def parquet(place):
    zstd = {"parquet": "zstd"}
    return [
        place.ours("tool", "gen-dataset, Zstandard", zstd),
        place.ours("one", "gen-dataset, Zstandard, 1 thread", zstd, threads=1),
        place.ours("snappy", "gen-dataset, Snappy", {"parquet": "snappy"}),
        place.ours("none", "gen-dataset, uncompressed", {"parquet": "none"}),
        place.peer("polars", "Polars, Zstandard level 1", "polars", "parquet-zstd", 0.5, 1),
        place.peer("pyarrow", "PyArrow, Zstandard level 1", "pyarrow", "parquet-zstd", 0.5, 1),
        place.peer("pyarrow-snappy", "PyArrow, default Snappy", "pyarrow", "parquet-snappy", 0.5),
        place.peer("duckdb", "DuckDB, Zstandard level 1", "duckdb", "parquet-zstd", 0.25, 1),
        place.peer("duckdb-snappy", "DuckDB, default Snappy", "duckdb", "parquet-snappy", 0.25),
        Contestant("generation", "generation alone, in memory", "tool", place.rows,
                   partial(place.tool.generate, place.rows, place.threads)),
    ]


def arrow(place):
    finished = place.folder / "finished.csv.gz"

    def pipe(key, name, threads):
        command = place.tool.stream(place.seconds, "arrow", "--threads", threads)
        line = '"$@" | cat > /dev/null'
        return Contestant(key, name, "tool", place.rows, partial(measured, ["sh", "-c", line, "sh", *command], LIMIT_TIMEOUT))

    def read():
        if not finished.exists():
            raise Skipped("there is no finished file of gen-dataset's")
        return place.peers.read("csv", finished)

    return [
        pipe("tool", "gen-dataset, to a pipe", place.threads),
        pipe("one", "gen-dataset, to a pipe, 1 thread", 1),
        place.ours("file", "gen-dataset, to a file", {"arrow": None}),
        Contestant("polars", "gen_dataset.scan into a frame of Polars", "tool", place.rows,
                   partial(place.peers.scan, place.tool, place.seconds)),
        place.ours("csv", "gen-dataset, gzip CSV", {"csv": "gzip"}, keep={"readings.csv.gz": finished}),
        Contestant("polars-csv", "Polars, that finished CSV into a frame", "peer", place.rows, read),
        Contestant("generation", "generation alone, in memory", "tool", place.rows,
                   partial(place.tool.generate, place.rows, place.threads)),
    ]


def sqlite(place):
    finished, copied = place.folder / "finished.sqlite", place.folder / "copied.sqlite"
    outputs = {"sqlite": None}

    def insert(key, name, way):
        rows = place.part(0.25)

        def run():
            if not finished.exists():
                raise Skipped("there is no finished file of gen-dataset's")
            return place.peers.insert(finished, rows, way)

        return Contestant(key, name, "peer", rows, run)

    def cp(key, name, line):
        def run():
            command = ["sh", "-c", line, "sh", finished, copied]
            try:
                # Once before, as for text: see `each`.
                measured(command, LIMIT_TIMEOUT)
                copied.unlink()
                os.sync()
                return measured(command, LIMIT_TIMEOUT, lambda: copied.stat().st_size)
            finally:
                copied.unlink(missing_ok=True)

        return Contestant(key, name, "limit", place.rows, run)

    return [
        place.ours("tool", "gen-dataset", outputs, keep={"readings.sqlite": finished}, warm=True),
        place.ours("one", "gen-dataset, 1 thread", outputs, threads=1, warm=True),
        insert("prepared", "C API, prepared statement", "prepared"),
        insert("tricks", "C API, every trick", "tricks"),
        place.peer("adbc-polars", "Polars through ADBC", "polars", "sqlite", 0.2),
        place.peer("adbc-pyarrow", "PyArrow through ADBC", "pyarrow", "sqlite", 0.2),
        place.peer("python", "Python's sqlite3, executemany", "sqlite3", "sqlite", 0.1),
        cp("cp", "cp of the finished file", 'cp --reflink=never "$1" "$2"'),
        cp("cp-sync", "cp of the finished file, and sync", 'cp --reflink=never "$1" "$2" && sync "$2"'),
    ]


def all_formats(place):
    every = {"sqlite": None, "csv": "gzip", "jsonl": "gzip"}
    return [
        place.ours("all", "SQLite, gzip CSV and gzip JSON Lines", every),
        place.ours("one", "the same, 1 thread", every, threads=1),
        place.ours("sqlite", "SQLite", {"sqlite": None}),
        place.ours("csv", "gzip CSV", {"csv": "gzip"}),
        place.ours("jsonl", "gzip JSON Lines", {"jsonl": "gzip"}),
        Contestant("generation", "generation alone, in memory", "tool", place.rows,
                   partial(place.tool.generate, place.rows, place.threads)),
    ]


def memory(place):
    every = {"sqlite": None, "csv": "gzip", "jsonl": "gzip"}
    contestants = []
    for key, name, outputs, long in [
        ("csv", "gzip CSV", {"csv": "gzip"}, LONG),
        ("jsonl", "gzip JSON Lines", {"jsonl": "gzip"}, LONG),
        ("parquet", "Parquet", {"parquet": "zstd"}, LONG),
        ("arrow", "Arrow", {"arrow": None}, LONG_OF_ALL),
        ("all", "all three", every, LONG_OF_ALL),
    ]:
        for suffix, rows in [("short", SHORT), ("long", long)]:
            rows = place.scaled(rows)
            contestants.append(place.ours(f"{key}-{suffix}", f"{name}, {rows:,} rows", outputs, rows=rows, runs=1))
    return contestants


def shapes(place):
    rows = place.scaled(SHAPED)
    contestants = []
    for format, outputs in [("sqlite", {"sqlite": None}), ("csv", {"csv": "gzip"}), ("jsonl", {"jsonl": "gzip"})]:
        for key, sensors in [("middle", 100), ("wide", rows // 100), ("narrow", 1)]:
            name = f"{format}: {count(sensors, 'sensor')}, {count(rows // sensors, 'reading')} each"
            contestants.append(fleet(place, f"{format}-{key}", name, outputs, sensors, rows // sensors))
    return contestants


def fleet(place, key, name, outputs, sensors, seconds, runs=None):
    """A run of this tool with another number of sensors."""
    def run():
        need_space(place.folder, sensors * seconds * (600 if "sqlite" in outputs else 250))
        return place.tool.run(seconds, outputs, "--sensors", str(sensors), "--threads", str(place.threads))

    return Contestant(key, name, "tool", sensors * seconds, run, runs)


def start(place):
    every = {"sqlite": None, "csv": "gzip", "jsonl": "gzip"}
    return [fleet(place, "start", "10 sensors, 100 readings each, in all formats", every, 10, 100, runs=15)]


def count(number, noun):
    """`1 sensor`, `1,000 sensors`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# The startup first, while no other run's pages wait to be written.
PARTS = {
    "start": start, "csv": csv, "jsonl": jsonl, "parquet": parquet, "arrow": arrow, "sqlite": sqlite, "all": all_formats,
    "memory": memory, "shapes": shapes,
}
TITLES = {
    "start": "Start", "csv": "CSV", "jsonl": "JSON Lines", "parquet": "Parquet", "arrow": "Arrow", "sqlite": "SQLite",
    "all": "All three formats at once", "memory": "Memory", "shapes": "Wide and narrow fleets",
}


def usable_threads():
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0))
