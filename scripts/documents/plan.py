"""What is special about a page: what stands there before it is read, and which of its blocks are not run, and why.

Blocks are named by how their first lines begin. A page that is not here has nothing special.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Left:
    """Not run by this script: what it would need. `by` tries it instead."""

    why: str
    by: str | None = None


@dataclass(frozen=True)
class Scene:
    # Bash that has been run before the page begins; `$PORT` is a port that is free.
    before: str = ""
    # Blocks of YAML that the page speaks of as files.
    files: dict[str, str] = field(default_factory=dict)
    # What has another name here.
    instead: dict[str, str] = field(default_factory=dict)
    left: dict[str, Left] = field(default_factory=dict)
    # Folders of the repository that its commands begin with.
    folders: tuple[str, ...] = ()


_LOADS = "Tests/CommandLineTests/LoadDocumentationTests.swift"
_BROKERS = "Tests/CommandLineTests/BrokerDocumentationTests.swift"
_ENGINES = "scripts/test-engines"
_SCHEDULERS = "scripts/engines/try_schedulers.py"
_WHEEL = "scripts/test-wheel"
_IMAGE = "scripts/test-image"
_RELEASE = "scripts/test-release"
_SETUP = Left("installs and builds", ".ci/run")
_MEASURES = Left("measures for minutes, and means something only with nothing else beside it")

# Ninety days of two pumps, whose columns are called as those of the page.
_PLANT = """\
cat > pumps.yaml <<'END'
dataset: {name: pumps, seed: 3, duration: 90d}
simulation: {interval: 1h}
replicas: {count: 2, prefix: PUMP}
metrics: {t1: {mean: 60, std_dev: 4, min: 0, max: 120}, flow: {mean: 30, std_dev: 5, min: 0, max: 90}}
anomalies: {enabled: false}
END
for seed in 3 4; do
    gen-dataset recipe pumps.yaml -q --seed $seed -o - --format csv --columns timestamp,sensor_id,t1,flow | sed '1s/.*/ts,pump,T1,Flow (l\\/s)/' > $seed.csv
done
mv 3.csv plant.csv && mv 4.csv held-out.csv
"""

# A run whose recipe is changed while it goes on.
_LIVE = """\
printf 'dataset: {seed: 1}\\nsimulation: {interval: 100ms}\\n' > live.yaml
gen-dataset recipe live.yaml --realtime 2>log & run=$!
sleep 2
printf 'dataset: {seed: 1}\\nsimulation: {interval: 200ms}\\n' > new.yaml && mv new.yaml live.yaml
for i in $(seq 40); do grep -q 'version 2' log && break; sleep 0.25; done
sleep 1; kill -INT $run; wait $run || true
mkdir elsewhere
"""

SCENES: dict[str, Scene] = {
    "README.md": Scene(
        before="gen-dataset recipe quickstart.yaml -q",  # as ./setup has left it
        left={
            "./setup": _SETUP,
            "createdb sensors": Left("needs PostgreSQL; docs/databases.md has the same lines", _LOADS),
            "scripts/build-wheel": Left("needs Spark", _ENGINES),
            "cluster/make": Left("needs Slurm or Kubernetes", _SCHEDULERS),
        },
    ),
    "CONTRIBUTING.md": Scene(
        left={
            "./setup": _SETUP,
            "swift run -c release --package-path benchmarks": _MEASURES,
            "fuzz/run": Left("fuzzes for minutes", "scripts/nightly"),
        }
    ),
    "SECURITY.md": Scene(left={"strace": Left("needs strace, and leave to trace", "Tests/CommandLineTests/NetworkTests.swift")}),
    "docs/benchmarks.md": Scene(left={"gen-dataset bench": _MEASURES, "benchmarks/": _MEASURES}),
    "docs/brokers.md": Scene(left={"": Left("needs brokers", _BROKERS)}),
    "docs/databases.md": Scene(left={"": Left("needs databases", _LOADS)}),
    "docs/cluster.md": Scene(
        before="printf 'dataset: {name: fleet, start: 2025-01-01, duration: 7d}\\n' > fleet.yaml",
        left={
            "scripts/build-wheel": Left("installs Spark", _ENGINES),
            "readings =": Left("needs Spark", _ENGINES),
            "import gen_dataset.spark": Left("needs Spark", _ENGINES),
            "import gen_dataset.ray": Left("needs Ray", _ENGINES),
            "import gen_dataset.dask": Left("needs Dask", _ENGINES),
            "cp dist/": Left("needs Spark", _ENGINES),
            "dataset = gen_dataset.spark": Left("needs Spark", _ENGINES),
            "import deltalake": Left("needs Delta Lake and Iceberg", _ENGINES),
            "cluster/make": Left("needs Slurm", _SCHEDULERS),
            "cluster/object_store.py": Left("needs an object store", "scripts/engines/try_objects.py"),
            "gen-dataset recipe fleet.yaml -o - --format csv --shard": Left("needs an object store", "scripts/engines/try_objects.py"),
        },
    ),
    "docs/container.md": Scene(left={"": Left("needs Docker or a cluster", _IMAGE)}),
    "docs/data.md": Scene(
        before="gen-dataset recipe ml-training.yaml -q --duration 6h",
        left={
            "influx ": Left("needs InfluxDB", "Tests/CommandLineTests/LineProtocolTests.swift"),
            "clickhouse-client": Left("needs ClickHouse", "Tests/CommandLineTests/ClickHouseTests.swift"),
            "sh datasets/ml-training/postgresql.sh": Left("needs PostgreSQL", "Tests/CommandLineTests/PostgreSQLFileTests.swift"),
            "sh datasets/ml-training/openmetrics.sh": Left("needs Prometheus", "Tests/CommandLineTests/OpenMetricsTests.swift"),
        },
    ),
    "docs/delivery.md": Scene(left={"gen-dataset load": Left("needs PostgreSQL", "Tests/CommandLineTests/ArrivalLoadTests.swift")}),
    "docs/install.md": Scene(
        left={
            "scripts/build-release": Left("builds a release", _RELEASE),
            "sudo": Left("needs a release, and root", _RELEASE),
        }
    ),
    "docs/live.md": Scene(before=_LIVE, left={"gen-dataset recipe load-test.yaml --realtime": Left("does not end", "Tests/CommandLineTests/RealtimeTests.swift")}),
    "docs/ml.md": Scene(
        before="gen-dataset recipe cold-chain.yaml -q --duration 2h --set 'package=[huggingface]' --set dataset.license=CC-BY-4.0 --set dataset.description=x",
        left={
            "for fold in": Left("a pattern for whatever data there are", "Tests/CommandLineTests/SplitTests.swift"),
            "import pandas": Left("learns for half a minute", "Tests/CommandLineTests/SplitTests.swift"),
        },
    ),
    "docs/monitoring.md": Scene(
        before="gen-dataset recipe load-test.yaml --realtime --set monitoring.enabled=true --set monitoring.port=$PORT 2>log &\n"
        "for i in $(seq 100); do curl -s localhost:$PORT/healthz >/dev/null && break; sleep 0.1; done; sleep 1",
        instead={"localhost:8080": "localhost:$PORT"},
    ),
    "docs/own-data.md": Scene(before=_PLANT, files={"# recipe.yaml": "recipe.yaml"}),
    "docs/python.md": Scene(left={"": Left("needs the wheel", _WHEEL)}),
    "docs/scale.md": Scene(folders=("cluster",)),
    "docs/shards.md": Scene(
        before="for i in 1 2 3; do gen-dataset recipe ml-training.yaml -q -o shared/big --shard $i/4; done",
        instead={"/shared/": "shared/"},
    ),
    "docs/testing.md": Scene(
        left={
            "scripts/nightly": Left("takes hours"),
            "scripts/check-docs": Left("is this script"),
            "GEN_DATASET_EVERY_FAULT": Left("takes an hour"),
            "scripts/golden-digests": Left("needs the sources", "Tests/CommandLineTests/GoldenDigestTests.swift"),
        }
    ),
    "docs/verify.md": Scene(before="gen-dataset recipe ml-training.yaml -q"),
    "recipes/load-test.yaml": Scene(instead={"--duration 1d": "--duration 1d --dry-run"}),
    "gen-dataset help load": Scene(left={"": Left("needs PostgreSQL", _LOADS)}),
    "gen-dataset help bench": Scene(left={"": _MEASURES}),
    "gen-dataset help init": Scene(instead={"init greenhouse.yaml": "init greenhouse.yaml < /dev/null"}),
    "gen-dataset help inject": Scene(before=_PLANT + "printf 'anomalies: {probability: 0.02, types: {spike: {}}}\\n' > recipe.yaml"),
    "gen-dataset help learn": Scene(before="gen-dataset recipe quickstart.yaml -q -o - --format csv > plant.csv"),
    "gen-dataset help describe": Scene(before="gen-dataset recipe ml-training.yaml -q --format csv"),
    "gen-dataset help export": Scene(before="gen-dataset recipe ml-training.yaml -q --format csv"),
    "gen-dataset help merge": Scene(before="gen-dataset recipe ml-training.yaml -q --format csv --shard 0/1"),
}

# Languages of blocks that are tried elsewhere.
LANGUAGES = {"swift": Left("is compiled", "Tests/ExampleTests/ExampleTests.swift")}

# What looks like a piece of a recipe and is none, by its beginning: pages show what is refused, and files of others.
NO_RECIPES = ("# prometheus.yml", "# alerts.yml", "# recipe.yaml", "recording: {file: plant.csv", "dataset: {name: ../../home/you}")

# What pieces of recipes need around them, by their beginning.
_DAYS = "dataset: {duration: 7d}\nreplicas: {count: 50}\nrandom_location: {enabled: true, number_of_cities: 20}"
AROUND = {
    "splits:": _DAYS,
    "fleet:\n  - {count: 10, prefix: FREEZER, metrics: [temperature, door]":
        "metrics: {temperature: {}, door: {model: state, states: {closed: 0.9, open: 0.1}, dwell: 1m}, co2: {mean: 600, std_dev: 90}}",
}

# Files that are there once something has made them, and words with dots that are no keys.
MADE = (
    "fuzz/corpus/TARGET",
    "fuzz/.build-fuzzer/corpus",
    "fuzz/.build-fuzzer/findings",
    "benchmarks/.venv",
    "benchmarks/peers/with_NAME.py",
    "gen-dataset content 1",
)
