"""Whether Spark's frames have the rows of the CSV: in one process, in a local cluster, and by two workers of a standalone master."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time

import pyarrow.compute
import pyarrow.parquet
import pyspark
import truth
from killing import Fault
from pyspark.sql import SparkSession

import gen_dataset
import gen_dataset.spark

HOME = pathlib.Path(pyspark.__file__).parent
# Long enough for a task to be met at work.
LONG = {"dataset": {"start": "2025-01-05", "duration": "1d"}, "replicas": {"count": 40}}


@contextlib.contextmanager
def session(master, **settings):
    builder = SparkSession.builder.master(master).appName("try")
    common = {
        "spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC", "spark.executor.memory": "1g", "spark.ui.showConsoleProgress": "false",
        "spark.sql.python.filterPushdown.enabled": "true",
    }
    for key, value in {**common, **settings}.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    try:
        yield spark
    finally:
        spark.stop()


def local(recipe, expected):
    """The data source by its name, parts of the readings, and what is wrong."""
    with session("local[2]") as spark:
        truth.check("local", spark.read.format("gen_dataset").option("shards", 7).load(recipe).toArrow(), expected)
        some = spark.read.format("gen_dataset").schema("id bigint, temperature double").option("only_sensors", "C*").load(recipe)
        is_c = pyarrow.compute.starts_with(expected["sensor_id"], "C")
        truth.check("local, some columns and sensors", some.toArrow(), expected.select(["id", "temperature"]).filter(is_c))
        frame = gen_dataset.spark.read(spark, recipe, shards=3)
        name = expected["sensor_id"][0].as_py()
        chosen = gen_dataset.spark.read(spark, recipe, from_="2025-01-05T01:00:00", to="2025-01-05T02:00:00", only_sensors=name.replace(",", "?"))
        condition = f"timestamp >= timestamp_ntz'2025-01-05T01:00:00' AND timestamp < timestamp_ntz'2025-01-05T02:00:00' AND sensor_id = '{name}'"
        truth.check("local, a part", chosen.toArrow(), frame.filter(condition).toArrow())
        # What one query has asked for is forgotten in the next.
        assert frame.count() == expected.num_rows
        assert gen_dataset.spark.read(spark, "quickstart.yaml", shards=5).count() == 3_600
        for options, message in (
            ({"shard": "3"}, "did you mean shards?"), ({"shards": "0"}, "not a whole number"), ({"columns": "temprature"}, "did you mean temperature?"),
            ({"set.anomalies.probability": "1.7"}, "not between"),
        ):
            try:
                spark.read.format("gen_dataset").options(**options).load(recipe)
            except Exception as error:
                assert message in str(error), (options, str(error))
            else:
                raise AssertionError(f"{options} are taken")


def stream(recipe, expected, folder):
    """A stream that is stopped and goes on, and what is wrong."""
    with session("local[2]") as spark:
        readings = spark.readStream.format("gen_dataset").options(shards=9, shards_per_batch=2).load(recipe)

        def written(**trigger):
            query = readings.writeStream.format("parquet").option("checkpointLocation", folder + "/checkpoint").trigger(**trigger)
            return query.start(folder + "/stream")

        query = written(processingTime="2 seconds")
        while not (query.lastProgress or {}).get("numInputRows"):
            assert query.isActive, query.exception()
            time.sleep(0.1)
        query.stop()
        query = written(availableNow=True)
        query.awaitTermination()
        batches = query.lastProgress["batchId"] + 1
        assert batches == 5 and len(query.recentProgress) < batches, (batches, len(query.recentProgress))
        truth.check("a stream that was stopped", spark.read.parquet(folder + "/stream").toArrow(), expected)
        try:
            spark.read.format("gen_dataset").option("shards_per_batch", 2).load(recipe).count()
        except Exception as error:
            assert "only a stream has micro-batches" in str(error), str(error)
        else:
            raise AssertionError("shards_per_batch is taken by what has no batches")


def cluster(recipe, expected, folder):
    """Executors that are processes of their own; one task's program is killed; the package travels as an archive."""
    truth_of_long = truth.texts(gen_dataset.scan(LONG).read_all())
    with session("local-cluster[2,1,1024]") as spark:
        truth.check("local-cluster", gen_dataset.spark.read(spark, recipe).toArrow(), expected)
        readings = gen_dataset.spark.read(spark, LONG, shards=6)
        with fault(spark, signal.SIGKILL) as failed:
            gen_dataset.spark.write(spark, LONG, "written", format="parquet", shards=6)
        assert failed() == 1, failed()
        subprocess.run([gen_dataset.tool_path(), "verify", "written", "--quiet"], check=True)
        truth.check("local-cluster, a dataset, a task killed", pyarrow.parquet.read_table("written/readings.parquet"), truth_of_long)
        with fault(spark, signal.SIGKILL) as failed:
            truth.check("local-cluster, a task killed", readings.toArrow(), truth_of_long)
        assert failed() == 1, failed()
    wheel = next(pathlib.Path("dist").glob("*.whl"))
    shutil.copy(wheel, "gen_dataset.zip")
    bare = os.environ["ROOT"] + "/.venv-engines/bin/python3"
    job(["--master", "local-cluster[2,1,1024]", "--py-files", "gen_dataset.zip"], recipe, folder + "/archive", bare)
    truth.check("spark-submit --py-files", pyarrow.parquet.read_table(folder + "/archive"), expected)


@contextlib.contextmanager
def fault(spark, number):
    """Something happens to the first program of a job; what is given tells how many tasks have failed."""
    group = str(time.monotonic())
    spark.sparkContext.setJobGroup(group, "fault")
    fault = Fault(number)
    tracker = spark.sparkContext.statusTracker()

    def failed():
        stages = {stage for job in tracker.getJobIdsForGroup(group) for stage in tracker.getJobInfo(job).stageIds}
        return sum(tracker.getStageInfo(stage).numFailedTasks for stage in stages)

    try:
        yield failed
        assert fault.target, "no program was met at work"
    finally:
        fault.is_over = True


def standalone(recipe, expected, folder):
    """Two workers of two hosts, so that a task that stands still is started again on the other."""
    truth_of_long = truth.texts(gen_dataset.scan(LONG).read_all())
    with workers() as master:
        settings = {"spark.speculation": "true", "spark.speculation.interval": "100ms", "spark.speculation.multiplier": "1.1", "spark.speculation.quantile": "0.5"}
        with session(master, **settings) as spark:
            truth.check("standalone", gen_dataset.spark.read(spark, recipe).toArrow(), expected)
            readings = gen_dataset.spark.read(spark, LONG, shards=6)
            with fault(spark, signal.SIGSTOP):
                truth.check("standalone, a task stopped", readings.toArrow(), truth_of_long)
        job(["--master", master], recipe, folder + "/standalone", sys.executable)
        truth.check("standalone, a job", pyarrow.parquet.read_table(folder + "/standalone"), expected)


@contextlib.contextmanager
def workers():
    environment = {**os.environ, "SPARK_HOME": os.fspath(HOME), "SPARK_LOCAL_HOSTNAME": "127.0.0.1"}
    running = []

    def start(kind, *arguments):
        log = pathlib.Path(f"{kind}-{len(running)}.log")
        command = [HOME / "bin/spark-class", f"org.apache.spark.deploy.{kind.lower()}.{kind}", *arguments]
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log.open("wb"), env=environment))
        return log

    def found(log, pattern):
        for _ in range(600):
            match = re.search(pattern, log.read_text())
            if match:
                return match[1]
            time.sleep(0.1)
        raise AssertionError(log.read_text())

    try:
        master = found(start("Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0"), r"Starting Spark master at (\S+)")
        for number in (1, 2):
            arguments = ["--host", f"127.0.0.{number}", "--webui-port", "0", "--cores", "1", "--memory", "1g", "--work-dir", f"work-{number}", master]
            found(start("Worker", *arguments), r"(Successfully registered)")
        yield master
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait()


def job(options, recipe, output, python):
    """Submits the job, whose driver and workers run a Python."""
    settings = ["--conf", "spark.ui.enabled=false", "--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.driver.host=127.0.0.1"]
    script = pathlib.Path(os.environ["ROOT"], "cluster/spark_job.py")
    done = subprocess.run(
        [HOME / "bin/spark-submit", *options, *settings, "--conf", "spark.executor.memory=1g", script, recipe, output, "--shards", "3"],
        capture_output=True, text=True, env={**os.environ, "SPARK_HOME": os.fspath(HOME), "PYSPARK_PYTHON": python},
    )
    assert done.returncode == 0, done.stderr[-5_000:]


def main():
    recipe, expected = truth.write()
    folder = os.getcwd()
    for step in sys.argv[1:] or ("local", "stream", "cluster", "standalone"):
        if step == "local":
            local(recipe, expected)
        elif step == "stream":
            stream(recipe, expected, folder)
        elif step == "cluster":
            cluster(recipe, expected, folder)
        else:
            standalone(recipe, expected, folder)


main()
