"""Figures in sentences: what a page says in words, beside what the program gives.

A sentence must stand in its page word for word, so that whoever edits it comes by here; what it says is then asked of a dataset. Figures of
speed are a matter of `speed.py`.
"""

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .markdown import ROOT
from .words import Program


class Dataset:
    """What a run of the program has left."""

    def __init__(self, program: Program, folder: Path, recipe: str, *options: str):
        done = program.run("recipe", recipe, "--quiet", "--json", "--output", str(folder), *(options or ("--format", "csv")))
        if done.returncode:
            raise RuntimeError(f"{recipe} {' '.join(options)}: {done.stderr}")
        self.folder = folder
        self.manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        with open(folder / "sensors.csv", encoding="utf-8") as file:
            self.sensors = list(csv.DictReader(file))
        with open(folder / "events.csv", encoding="utf-8") as file:
            self.events = list(csv.DictReader(file))

    @property
    def readings(self) -> int:
        return self.manifest["labels"]["readings"]

    @property
    def share(self) -> float:
        return self.manifest["labels"]["rate"]

    @property
    def types(self) -> int:
        return sum(kind["events"] > 0 for kind in self.manifest["labels"]["types"].values())

    @property
    def hours(self) -> float:
        return self.manifest["time"]["ticks"] * self.manifest["time"]["interval_seconds"] / 3600

    @property
    def groups(self) -> dict[str, int]:
        """How many sensors there are of each prefix."""
        prefixes = [sensor["sensor_id"].rsplit("_", 1)[0] for sensor in self.sensors]
        return {prefix: prefixes.count(prefix) for prefix in prefixes}

    def cities(self, prefix: str = "") -> set[str]:
        return {sensor["location"] for sensor in self.sensors if sensor["sensor_id"].startswith(prefix)}

    def asked(self, table: str, name: str) -> float:
        """The share asked of a manufacturer or a firmware."""
        rows = self.manifest["labels"][table]
        return next(row["asked_rate"] for row in rows if name in row.values())

    def share_of_hour(self, hour: int) -> float:
        """The share of anomalous readings in an hour of the run, by the table of events."""
        start = f"T{hour:02}:"
        readings = sum(int(event["readings"]) for event in self.events if start in event["start"])
        return readings / (self.readings / self.hours)

    def size(self, name: str) -> int:
        return next(self.folder.glob(name + "*")).stat().st_size


@dataclass(frozen=True)
class Figure:
    page: str
    words: str
    holds: Callable[[Dataset], bool]


def _near(value: float, said: float, by: float = 0.05) -> bool:
    return abs(value - said) <= by * said


# By the recipe that they are about.
FIGURES: dict[str, list[Figure]] = {
    "quickstart.yaml": [
        Figure("recipes/quickstart.yaml", "3,600 readings, about 5 % of them anomalous, with all five types", lambda d: d.readings == 3600 and _near(d.share, 0.05, 0.1) and d.types == 5),
        Figure("recipes/quickstart.yaml", "5 % of the readings of this device: 0.06 · 1.2 (SensorTech) · 0.7 (firmware 1.x)", lambda d: _near(d.asked("manufacturers", "SensorTech"), 0.06 * 1.2 * 0.7, 0.001)),
        Figure("README.md", "a first look: one sensor, one hour", lambda d: len(d.sensors) == 1 and d.hours == 1),
        Figure("docs/tutorial.md", "an hour of one sensor: readings in three formats", lambda d: len(d.sensors) == 1 and d.hours == 1),
    ],
    "ml-training.yaml": [
        Figure("recipes/ml-training.yaml", "each of its three kinds in five cities of its own, one reading every 10 s (1.3 million rows)", lambda d: (
            all(len(d.cities(kind)) == 5 for kind in d.groups) and len(d.cities()) == 15 and len(d.groups) == 3 and _near(d.readings, 1.3e6, 0.01))),
        Figure("recipes/ml-training.yaml", "firmware_version: \"3.0.0-beta\" # 50 % more anomalies", lambda d: _near(d.asked("firmware_versions", "3.0.0-beta"), 0.05 * 1.2 * 1.5, 0.001)),
        Figure("recipes/ml-training.yaml", "firmware_version: \"2.0.0\" # 15 % fewer anomalies", lambda d: _near(d.asked("firmware_versions", "2.0.0"), 0.05 * 0.85, 0.001)),
        Figure("recipes/ml-training.yaml", "firmware_version: \"1.5.0\" # 30 % fewer anomalies", lambda d: _near(d.asked("firmware_versions", "1.5.0"), 0.05 * 0.8 * 0.7, 0.001)),
        Figure("README.md", "1.3 million labelled readings of a mixed fleet", lambda d: _near(d.readings, 1.3e6, 0.01) and len(d.groups) > 1),
        Figure("README.md", "training anomaly detectors: a mixed fleet, five types of anomalies", lambda d: d.types == 5 and len(d.groups) > 1),
    ],
    "chaos-test.yaml": [
        Figure("recipes/chaos-test.yaml", "a fifth of all readings is anomalous", lambda d: _near(d.share, 0.2)),
        Figure("README.md", "stressing alerts: a fifth of the readings is anomalous", lambda d: _near(d.share, 0.2)),
        Figure("docs/guide/alerts.md", "a recipe in which a fifth of all readings is anomalous", lambda d: _near(d.share, 0.2)),
    ],
    "load-test.yaml": [
        Figure("recipes/load-test.yaml", "100 sensors at 10 readings a second, an hour of it (3.6 million rows)", lambda d: len(d.sensors) == 100 and d.readings == 3_600_000),
        Figure("README.md", "bulk-loading databases: 100 sensors, 1,000 readings a second", lambda d: len(d.sensors) == 100 and d.readings / d.hours == 3_600_000),
    ],
    "multi-location.yaml": [
        Figure("recipes/multi-location.yaml", "a sensor in each of 20 cities around the world, for a week", lambda d: len(d.cities()) == len(d.sensors) == 20 and d.hours == 168),
        Figure("README.md", "dashboards and joins by place: 20 cities around the world", lambda d: len(d.cities()) == 20),
    ],
    "degradation.yaml": [
        Figure("recipes/degradation.yaml", "the share of anomalous readings rises from 1 % to 25 % in four hours", lambda d: (
            d.hours == 4 and _near(d.share_of_hour(0), 0.01, 0.4) and _near(d.share_of_hour(3), 0.25, 0.1))),
    ],
    "weather-stations.yaml": [
        Figure("recipes/weather-stations.yaml", "a week of 20 stations around the world", lambda d: d.hours == 168 and len(d.sensors) == 20 and len({s["country"] for s in d.sensors}) > 10),
    ],
    "indoor-air.yaml": [Figure("recipes/indoor-air.yaml", "a week of air quality in twenty offices", lambda d: d.hours == 168 and len(d.sensors) == 20)],
    "vibrating-machine.yaml": [Figure("recipes/vibrating-machine.yaml", "three days of ten pumps", lambda d: d.hours == 72 and len(d.sensors) == 10)],
    "energy-meter.yaml": [Figure("recipes/energy-meter.yaml", "a month of fifty smart meters", lambda d: d.hours == 720 and len(d.sensors) == 50)],
    "cold-chain.yaml": [
        Figure("recipes/cold-chain.yaml", "two days of a cold store: ten freezers beside twenty fridges and four rooms", lambda d: (
            d.hours == 48 and list(d.groups.values()) == [10, 20, 4])),
    ],
    "site-outage.yaml": [
        Figure("recipes/site-outage.yaml", "two weeks of thirty sensors at five sites", lambda d: d.hours == 336 and len(d.sensors) == 30 and len(d.cities()) == 5),
        Figure("docs/guide/failures.md", "`site-outage.yaml` has thirty sensors at five sites", lambda d: len(d.sensors) == 30 and len(d.cities()) == 5),
    ],
    "predictive-maintenance.yaml": [
        Figure("recipes/predictive-maintenance.yaml", "two months of twenty pumps", lambda d: d.hours == 1440 and len(d.sensors) == 20),
        Figure("docs/guide/failures.md", "`predictive-maintenance.yaml` has twenty pumps", lambda d: len(d.sensors) == 20),
    ],
}


def problems(program: Program) -> Iterator[str]:
    for recipe, figures in FIGURES.items():
        with tempfile.TemporaryDirectory(prefix="check-docs-") as folder:
            dataset = Dataset(program, Path(folder, "one"), recipe)
            for figure in figures:
                yield from _said(figure.page, figure.words)
                if not figure.holds(dataset):
                    yield f'{figure.page}: "{figure.words}": {dataset.readings} readings of {len(dataset.sensors)} sensors, {dataset.share:.2%} anomalous, say otherwise'
    with tempfile.TemporaryDirectory(prefix="check-docs-") as folder:
        yield from _other_seed(program, Path(folder))
        yield from _compression(program, Path(folder))
    yield from _large(program)


def _said(page: str, words: str) -> Iterator[str]:
    """Lines may break anywhere, also in comments."""
    text = re.sub(r"\s+(# )?", " ", (ROOT / page).read_text(encoding="utf-8"))
    if words.replace("# ", "") not in text.replace("# ", ""):
        yield f'{page}: it does not say "{words}" any more; scripts/documents/figures.py asks whether that is so'


def _other_seed(program: Program, folder: Path) -> Iterator[str]:
    words = "the same kinds, other sensors in other cities"
    yield from _said("recipes/ml-training.yaml", words)
    short = ("--format", "csv", "--duration", "10m")
    one, other = (Dataset(program, folder / seed, "ml-training.yaml", *short, "--seed", seed) for seed in "12")
    if one.groups != other.groups or one.cities() == other.cities():
        yield f'recipes/ml-training.yaml: "{words}" is not so'


def _compression(program: Program, folder: Path) -> Iterator[str]:
    """What zstd makes of texts: much for a large fleet, less for a small one."""
    large, small = "a quarter of the size for this fleet", "a third less for a small one"
    yield from _said("README.md", f"{large}, {small}")
    for words, recipe, duration, least, most in ((large, ROOT / "benchmarks/fleet.yaml", "10m", 0.2, 0.3), (small, "ml-training.yaml", "1d", 0.55, 0.75)):
        sizes = {}
        for kind in ("gzip", "zstd"):
            settings = [word for output in ("csv", "jsonl") for word in ("--set", f"outputs.{output}.compression={kind}")]
            made = Dataset(program, folder / f"{duration}-{kind}", str(recipe), "--format", "csv,jsonl", "--duration", duration, *settings)
            sizes[kind] = [made.size("readings.csv"), made.size("readings.jsonl")]
        for name, gzip, zstd in zip(("CSV", "JSON Lines"), sizes["gzip"], sizes["zstd"], strict=True):
            if not least < zstd / gzip < most:
                yield f'README.md: "{words}": {name} with zstd is {zstd / gzip:.0%} of that with gzip'


def _large(program: Program) -> Iterator[str]:
    yield from _said("recipes/load-test.yaml", "864 million rows")
    if "864,000,000 readings" not in program.run("recipe", "load-test.yaml", "--sensors", "1000", "--duration", "1d", "--dry-run").stdout:
        yield 'recipes/load-test.yaml: "864 million rows" is not so'
