"""Spark's readings from gen-dataset and from dbldatagen: see benchmarks/spark."""

import argparse
import importlib.metadata
import os
import pathlib
import shutil
import statistics
import sys
import time

import dbldatagen
import pyspark
from pyspark.sql import SparkSession

import gen_dataset.spark
from gen_dataset._tool import run

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from measuring import machine, report
from measuring.session import RESULTS, scratch
from measuring.tool import FLEET, SENSORS

# How many times fewer rows dbldatagen makes: rates are compared.
FEWER = 4
DATASET = "a dataset of Parquet, by `gen_dataset.spark.write`"
SMALL_TEXTS = {
    "firmware_version": ["1.4.2", "2.0.1", "3.0.0"], "model": ["EnvMonitor-3000", "AirData-Plus"], "manufacturer": ["SensorTech", "DataSense"],
    "location": [f"City {number}" for number in range(20)], "timezone": [f"Europe/City_{number}" for number in range(20)],
    "deployment_type": ["indoor", "outdoor"], "installation_date": [f"2024-01-{day:02}" for day in range(1, 29)],
}
METRICS = {"temperature": (22, 2, 15, 30), "humidity": (65, 5, 30, 90), "pressure": (1013, 10, 990, 1040), "voltage": (12, 0.25, 11, 13)}


def peer(spark, rows, partitions):
    """The same 22 columns; what depends on the sensor alone does so here, too. Metrics are normal deviates, without weather or events."""
    data = dbldatagen.DataGenerator(spark, name="readings", rows=rows, partitions=partitions, seedColumnName="seq", randomSeed=1)
    data = data.withColumn("sensor", "int", expr=f"seq % {SENSORS}", omit=True)
    data = data.withColumn("id", "long", expr="seq + 1").withColumn(
        "timestamp", "timestamp", expr=f"timestamp_seconds(1735689600 + seq div {SENSORS})")
    data = data.withColumn("sensor_id", "string", expr="format_string('LOAD_%06d', sensor + 1)", baseColumn="sensor")
    for name, (mean, deviation, least, most) in METRICS.items():
        normal = dbldatagen.distributions.Normal(mean, deviation)
        data = data.withColumn(name, "double", minValue=least, maxValue=most, random=True, distribution=normal)
    data = data.withColumn("status_code", "byte", expr="0").withColumn("anomaly_flag", "byte", expr="0")
    data = data.withColumn("anomaly_type", "string", values=["spike", "trend", "pattern", "noise"], random=True, percentNulls=0.95)
    for name in ("firmware_version", "model", "manufacturer"):
        data = data.withColumn(name, "string", values=SMALL_TEXTS[name], baseColumn="sensor")
    data = data.withColumn("serial_number", "string", expr="format_string('SN-%08d', sensor)", baseColumn="sensor")
    data = data.withColumn("location", "string", values=SMALL_TEXTS["location"], baseColumn="sensor")
    for name in ("latitude", "longitude"):
        data = data.withColumn(name, "double", expr="sensor * 0.01", baseColumn="sensor")
    for name in ("timezone", "deployment_type", "installation_date"):
        data = data.withColumn(name, "string", values=SMALL_TEXTS[name], baseColumn="sensor")
    data = data.withColumn("height_meters", "double", expr="sensor * 0.1", baseColumn="sensor")
    return data.withColumn("synced", "byte", expr="0").build()


def spent():
    """Processor seconds of this process and of all below it: Java, Python workers, the program."""
    ticks, parents = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            ticks[int(entry.name)] = sum(map(int, fields[11:15]))

    def is_ours(process):
        while process and process != os.getpid():
            process = parents.get(process)
        return process is not None and process != 0

    return sum(count for process, count in ticks.items() if is_ours(process)) / os.sysconf("SC_CLK_TCK")


class Contest:
    """What is measured, in turns: actions on frames of both sources, and the program's own writer in Spark's tasks."""

    def __init__(self, spark, folder, rows):
        self.spark, self.folder, self.rows = spark, folder, {"gen-dataset": rows, "dbldatagen": rows // FEWER}
        self.cores = spark.sparkContext.defaultParallelism
        self.sources = {"gen-dataset": self.own, "dbldatagen": lambda rows: peer(spark, rows, self.parts(rows))}
        self.actions = {
            "`count()`": lambda frame: frame.count(),
            "every row and column, to nowhere (`noop`)": lambda frame: frame.write.format("noop").mode("overwrite").save(),
            "`write.parquet`": lambda frame: frame.write.mode("overwrite").parquet(str(folder / "readings")),
        }

    def parts(self, rows):
        return max(self.cores, rows // 1_000_000)

    def own(self, rows):
        return gen_dataset.spark.read(self.spark, FLEET, shards=self.parts(rows), duration=f"{rows // SENSORS}s")

    def dataset(self, rows):
        place = self.folder / "dataset"
        gen_dataset.spark.write(self.spark, FLEET, place, shards=self.parts(rows), duration=f"{rows // SENSORS}s")
        shutil.rmtree(place)

    def turns(self):
        """What is done in a round: action, source, and the call that does it with so many rows."""
        for action, act in self.actions.items():
            for source, make in self.sources.items():
                yield action, source, lambda rows, act=act, make=make: act(make(rows))
        yield DATASET, "gen-dataset", self.dataset

    def run(self, runs):
        """Seconds, and processor seconds, per row of each; the first round warms Java up."""
        found = {}
        for turn in range(-1, runs):
            for action, source, call in self.turns():
                rows = self.rows[source] if turn >= 0 else SENSORS * 100
                begin, processor = time.monotonic(), spent()
                call(rows)
                if turn >= 0:
                    measured = ((time.monotonic() - begin) / rows, (spent() - processor) / rows)
                    found.setdefault((action, source), []).append(measured)
                    print(f"{action} of {source}: {1 / measured[0]:,.0f} rows/s, {measured[1] * 1e6:.2f} s/M", file=sys.stderr, flush=True)
        return {key: tuple(map(statistics.median, zip(*values))) for key, values in found.items()}


def table(found):
    lines = []
    for action, source in found:
        if source != "gen-dataset":
            continue
        own, other = found[action, source], found["`write.parquet`" if action == DATASET else action, "dbldatagen"]
        lines.append([
            action, report.rate(1 / own[0]), report.rate(1 / other[0]), f"{other[0] / own[0]:.1f} ×",
            f"{own[1] * 1e6:.2f}", f"{other[1] * 1e6:.2f}", f"{other[1] / own[1]:.1f} ×",
        ])
    heading = ["", "gen-dataset, rows/s", "dbldatagen, rows/s", "faster by", "gen-dataset, CPU s/M", "dbldatagen, CPU s/M", "less by"]
    return report.table(heading, lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=8_000_000, help="rows of gen-dataset; dbldatagen makes a quarter of them")
    parser.add_argument("--runs", type=int, default=3, help="of which the median counts")
    parser.add_argument("--out", type=pathlib.Path, default=RESULTS)
    told = parser.parse_args()
    spark = (
        SparkSession.builder.master("local[*]").appName("contest").config("spark.ui.enabled", "false").config("spark.driver.memory", "2g")
        .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
        .config("spark.ui.showConsoleProgress", "false").getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    with scratch() as folder:
        contest = Contest(spark, folder, told.rows)
        assert contest.own(SENSORS).columns == peer(spark, SENSORS, 1).columns
        found = contest.run(told.runs)
        version = run(["--version"], b"").decode().strip()
        described = "; ".join(f"{name}: {value}" for name, value in machine.description(folder).items())
    text = f"""# Readings in Spark

Made by `benchmarks/spark`; run it again to have the figures of your machine. PySpark {pyspark.__version__} in one process with {contest.cores} tasks at once,
gen-dataset {version} through its [data source](../../docs/cluster.md), and dbldatagen {importlib.metadata.version("dbldatagen")} with the same 22 columns;
{told.rows:,} and {told.rows // FEWER:,} rows of 1,000 sensors, in turns, medians of {told.runs} run(s). Time is that from the call to its end, with the start of Python workers
and of the program; processor time is that of Java, Python and the program, which other work on the machine moves less.

{described}

{table(found)}

dbldatagen's frame is an expression of Spark's, of which `count()` computes no column: it counts numbers. Readings have to arrive to be counted, and say more:
weather, events, labels. Of what `write.parquet` takes, most is Spark's own writer; the program's, in Spark's tasks, is the last line.
"""
    told.out.mkdir(parents=True, exist_ok=True)
    (told.out / "spark.md").write_text(text)
    spark.stop()
    print(text)


main()
