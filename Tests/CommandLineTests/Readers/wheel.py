"""wheel.py PAGE WHEEL: whether the package that WHEEL has installed does what PAGE, its documentation, says; its examples run as they stand.

It writes into the folder that it is run in.
"""

import datetime
import json
import os
import pickle
import re
import shutil
import signal
import subprocess
import sys
import threading
import types

import duckdb
import polars
import pyarrow

import gen_dataset
from gen_dataset._parts import part_count, resolve
from gen_dataset._recipe import YAML

NASTY = """\
dataset: {seed: 7, start: 2025-01-05, duration: 4h}
simulation: {interval: 10s}
fleet:
  - {count: 2, prefix: "A,B", location: Windhoek, manufacturer: 'Müller "& Söhne", Inc.', model: "NaN", deployment_type: "indoor, dry"}
  - {count: 1, prefix: "Ω 🌡", location: Oslo, firmware_version: "1.10", manufacturer: "NA"}
normal_parameters:
  temperature: {mean: -5.5, std_dev: 2, min: -15, max: 4, resolution: 0.0625}
anomalies:
  probability: 0.2
  types: {spike: {}, trend: {duration: 2m}, missing_data: {duration: 1m, modes: [blank, omit]}}
"""
WRONG = """\
dataset: {duration: 1h}
anomalies:
  probability: 1.7
sensr: {}
"""
for name, text in (("nasty.yaml", NASTY), ("wrong.yaml", WRONG)):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)

assert "/venv/" in gen_dataset.__file__ and "/venv/" in str(gen_dataset.tool_path()), gen_dataset.__file__
told = subprocess.run([gen_dataset.tool_path(), "--version"], capture_output=True, text=True, check=True).stdout.strip()
assert told == gen_dataset.__version__, told


# The package in an archive, as Spark gives it to workers: the program is unpacked beside it, once.
archive = os.path.abspath("gen_dataset.zip")
shutil.copy(sys.argv[2], archive)
command = [sys.executable, "-B", "-c", "import gen_dataset; print(gen_dataset.tool_path()); assert gen_dataset.scan('quickstart.yaml').read_all().num_rows == 3_600"]
places = {subprocess.run(command, env={**os.environ, "PYTHONPATH": archive}, capture_output=True, text=True, check=True).stdout for _ in range(2)}
assert len(places) == 1 and places.pop().startswith(archive) and len([name for name in os.listdir() if "gen_dataset.zip" in name]) == 2


def programs():
    """The programs that this process has started and that have not ended."""
    found = subprocess.run(["ps", "-o", "pid=,stat=,comm=", "--ppid", str(os.getpid())], capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in found.splitlines() if "gen-dataset" in line and " Z" not in line]


def raised(kind, call):
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"no {kind}")


# The same rows from all files, and from the pipe.
tables = {}
for formats in ("arrow", "parquet", "csv"):
    dataset = gen_dataset.generate("nasty.yaml", "out/" + formats, format=formats, seed=3)
    tables[formats] = dataset.to_arrow()
tables["pipe"] = gen_dataset.scan("nasty.yaml", seed=3).read_all()
rows = tables["pipe"].to_pylist()
assert len(rows) > 4_000 and rows[0]["deployment_type"] == "indoor, dry" and rows[0]["model"] == "NaN" and rows[0]["timestamp"] == datetime.datetime(2025, 1, 5)
for name, table in tables.items():
    assert table.schema.names == tables["pipe"].schema.names and table.to_pylist() == rows, name
    assert pyarrow.types.is_dictionary(table.schema.field("location").type), name
assert dataset.manifest["seed"] == 3 and dataset.manifest["rows"] == len(rows)
assert dataset.to_pandas(["id", "temperature"]).shape == (len(rows), 2)
frame = dataset.to_polars(["id", "sensor_id", "temperature"])
assert frame["temperature"].to_list() == [row["temperature"] for row in rows] and frame.columns[1] == "sensor_id"
events = dataset.events().to_pylist()
assert len(events) > 100 and isinstance(events[0]["start"], datetime.datetime) and isinstance(events[0]["event_id"], int)
assert [sensor["sensor_id"] for sensor in dataset.sensors().to_pylist()] == sorted({row["sensor_id"] for row in rows})
counted = duckdb.from_arrow(gen_dataset.scan("nasty.yaml", ["id"], seed=3)).aggregate("count(*)").fetchall()[0][0]
assert counted == len(rows)
start = datetime.datetime(2025, 1, 5, 1)
raised(ValueError, lambda: gen_dataset.scan("nasty.yaml", only_sensors=[rows[0]["sensor_id"]]))
first = [rows[0]["sensor_id"].replace(",", "?")]
part = gen_dataset.scan("nasty.yaml", ["id"], seed=3, from_=start, to="2025-01-05T02:00", only_sensors=first)
assert part.read_all()["id"].to_pylist() == [
    row["id"] for row in rows if start.hour <= row["timestamp"].hour < 2 and row["sensor_id"] == rows[0]["sensor_id"]
]
# A text is one name.
for name in ("arrow", "parquet", "csv"):
    assert gen_dataset.Dataset("out/" + name).to_arrow("id").to_pylist() == [{"id": row["id"]} for row in rows], name
assert gen_dataset.scan("nasty.yaml", "id", seed=3, only_sensors=first[0]).read_all().column_names == ["id"]
assert resolve("nasty.yaml", "id", only_sensors=first[0])[0].schema().names == ["id"]
# Parts, as tasks of engines take them: one behind the other they are all rows, also of what is chosen; workers need no file and no variable.
shards = [gen_dataset.scan("nasty.yaml", seed=3, shard=(index, 3)).read_all().to_pylist() for index in range(3)]
assert [row for shard in shards for row in shard] == rows
parts, count = resolve("nasty.yaml", ["sensor_id", "id"], seed=3, from_=start, only_sensors=[rows[1]["sensor_id"].replace(",", "?")])
assert count >= len(rows) and part_count(count) == 1 and part_count(count, 4) == 4 and part_count(10**9) == 1_000 and part_count(10**15) == 100_000
parts = pickle.loads(pickle.dumps(parts))
os.mkdir("worker")
os.chdir("worker")
os.environ["SENSOR_INTERVAL"] = "7"
found = [row["id"] for index in range(5) for batch in parts.read(index, 5) for row in batch.to_pylist()]
assert found == [row["id"] for row in rows if row["timestamp"] >= start and row["sensor_id"] == rows[1]["sensor_id"]] and found
assert parts.schema().names == ["sensor_id", "id"] and parts.sample().column(0).dictionary.to_pylist() == [rows[1]["sensor_id"]]
del os.environ["SENSOR_INTERVAL"]
os.chdir("..")
recipe = gen_dataset.Recipe({"dataset": {"start": start, "duration": datetime.timedelta(minutes=3)}})
assert gen_dataset.scan(recipe, set={"replicas.count": 2}).read_all().num_rows == 360
# A text of `set` is that text, whatever YAML would take it for; numbers, times and durations may be texts as well.
texts = {"dataset.description": "Lab # 5: é, 🌡 [x] \"y\"", "sensor.id": "A # B", "sensor.location": " NA "}
odd = ["null", "~", "- x", "a: b", "x #y", "'", "[a]", "{b}", "*c", "!d", "true", "1.10", "0x1F", "-", "a:", "42", "two\nlines"]
plain = {"dataset.seed": "42", "dataset.duration": "90s", "dataset.start": "2025-01-05T00:00:00Z", "anomalies.probability": "0.1"}
for text in [texts["dataset.description"], *odd]:
    told = resolve("quickstart.yaml", set={**texts, **plain, "dataset.description": text})[0].recipe
    assert json.dumps(text, ensure_ascii=False) in told, told
    assert '"A # B"' in told and "seed: 42" in told, told
assert gen_dataset.scan("quickstart.yaml", set=plain | {"anomalies.types": {"spike": {}}}).read_all().num_rows == 90
lists = YAML("[{count: 2, prefix: A}, {count: 1, prefix: B}]")
assert gen_dataset.scan({"dataset": {"duration": "1m"}}, set={"fleet": lists}).read_all().num_rows == 180

# What is wrong.
for call in (lambda: gen_dataset.generate("wrong.yaml", "never"), lambda: gen_dataset.scan("wrong.yaml")):
    error = raised(gen_dataset.RecipeError, call)
    assert [(one.line, one.column, one.key) for one in error.findings] == [(3, 3, "anomalies.probability"), (4, 1, "sensr")], error
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and str(again) == str(error) and again.findings == error.findings and again.status == error.status
    assert "did you mean sensor?" in str(error) and error.status == 65 and isinstance(error, ValueError)
assert "temperature" in str(raised(gen_dataset.RecipeError, lambda: gen_dataset.scan("nasty.yaml", ["temprature"])))
assert raised(gen_dataset.GenDatasetError, lambda: gen_dataset.scan("no.yaml")).status == 66
assert raised(gen_dataset.GenDatasetError, lambda: gen_dataset.generate("nasty.yaml", "out/csv")).status == 73
assert not os.path.exists("never")

# A reader that is closed or forgotten ends the program; one whose program is killed raises, and is never short.
endless = {"dataset": {"duration": "3000d"}, "replicas": {"count": 10}}
reader = gen_dataset.scan(endless)
assert reader.read_next_batch().num_rows == 16_384 and len(programs()) == 1
reader.close()
assert not programs()
with gen_dataset.scan(endless) as reader:
    reader.read_next_batch()
assert not programs()
reader = gen_dataset.scan(endless)
del reader
assert not programs()
reader = gen_dataset.scan(endless)
reader.read_next_batch()
os.kill(programs()[0], signal.SIGKILL)
assert "signal 9" in str(raised(gen_dataset.GenDatasetError, reader.read_all))

# An interrupted run can go on; a bar shows the share done.
class Bar:
    shown = []

    def __init__(self, **options):
        self.n = 0

    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass

    def update(self, count):
        self.n += count
        Bar.shown.append(self.n)


sys.modules["tqdm"], sys.modules["tqdm.auto"] = types.ModuleType("tqdm"), types.ModuleType("tqdm.auto")
sys.modules["tqdm.auto"].tqdm = Bar
long = {"dataset": {"duration": "200d"}, "replicas": {"count": 10}}  # seconds of work, that fit on a small disk
threading.Timer(1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
raised(KeyboardInterrupt, lambda: gen_dataset.generate(long, "out/long", format="csv", progress=True))
assert os.path.exists("out/long.partial") and not os.path.exists("out/long") and not programs()
again = gen_dataset.generate("nasty.yaml", "out/resumed", seed=3, resume=True, progress=True)
assert again.manifest["rows"] == len(rows) and Bar.shown[-1] == 100

with open(sys.argv[1], encoding="utf-8") as page:
    examples = re.findall(r"```python\n(.*?)```", page.read(), re.DOTALL)
assert len(examples) >= 5
names = {}
for example in examples:
    exec(example, names)
assert names["readings"] is not None and isinstance(names["dataset"], gen_dataset.Dataset)
assert isinstance(gen_dataset.Dataset("datasets/frame").to_polars(), polars.DataFrame)
print("all is well")
