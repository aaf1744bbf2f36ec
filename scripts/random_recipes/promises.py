"""What must hold of every recipe that is accepted, checked by the tool and by Python's own readers."""

import copy
import csv
import filecmp
import gzip
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import time

from random_recipes.maker import limited, multiple, seconds, text, without


class Broken(Exception):
    """A promise that does not hold; says which, and how one sees it."""


class TooLarge(Exception):
    """More rows than are read here. No recipe is made so long; what is left of one that is made smaller may be."""


# A row takes some kilobytes, as texts of which several lists are compared.
MOST_ROWS = 200_000


class Trial:
    """One recipe in a folder of its own."""

    def __init__(self, tool, recipe, folder, pace):
        self.tool, self.recipe, self.folder, self.pace = tool, recipe, pathlib.Path(folder), pace
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.rows = 0

    def run(self, *arguments, allowed=(0,)):
        """Runs the tool; it may take what so many rows explain on a busy machine."""
        limit = self.pace * (3 + self.rows / 10_000)
        environment = {"PATH": os.environ["PATH"], "SWIFT_BACKTRACE": "enable=no"}
        began = time.monotonic()
        try:
            done = subprocess.run(
                [self.tool, *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, timeout=limit
            )
        except subprocess.TimeoutExpired:
            raise Broken(f"{arguments[0]} takes longer than {limit:.0f} s for {self.rows} rows") from None
        if done.returncode not in allowed:
            said = (done.stderr.strip() or done.stdout.strip())[-600:]
            raise Broken(f"{' '.join(arguments)}: exit {done.returncode} after {time.monotonic() - began:.1f} s: {said}")
        return done

    def write(self, name, recipe):
        (self.folder / name).write_text(text(recipe))

    def generate(self, name, recipe, *options):
        self.write(f"{name}.json", recipe)
        self.run("recipe", f"{name}.json", "-o", name, "-q", "--set", "dataset.name=trial", *options)
        return self.folder / name

    def check(self):
        """Takes away what the recipe is refused for, then raises what does not hold of the rest; false if nothing is left."""
        refusals = 0
        while complaint := self.refusal():
            refusals += 1
            place, words = complaint
            # Shares are tried at the very limit of what can be had.
            highest = re.search(r"the highest is ([0-9.]+)", words)
            if highest and limited(self.recipe, float(highest[1])):
                continue
            if refusals > 60 or not without(self.recipe, place):
                return False
        self.keep_promises()
        return True

    def refusal(self):
        """The place in the recipe that it is refused for, and the words; every refusal must have both."""
        self.write("recipe.json", self.recipe)
        answer = self.run("recipes", "check", "recipe.json", allowed=(0, 65))
        if answer.returncode == 0:
            return None
        named = re.search(r"^error: recipe\.json(?::\d+:\d+)?: ([a-z_]+(?:\.[A-Za-z0-9_]+)*): (.+)", answer.stderr, re.MULTILINE)
        if not named:
            raise Broken(f"refused without a place: {answer.stderr[:300]}")
        return named[1], named[2]

    def keep_promises(self):
        size = json.loads(self.run("recipe", "recipe.json", "--dry-run", "--json", "-q").stdout)
        self.rows = size["readings"]
        if self.rows > MOST_ROWS:
            raise TooLarge
        self.whole_dataset()
        self.same_bytes()
        # What happens on the way is undone by tests of its own; here, what the sensors have taken is compared. Of shorter runs and
        # smaller fleets, parts may be empty.
        self.recipe = undelivered(self.recipe)
        self.recipe.pop("splits", None)
        self.same_rows()

    def whole_dataset(self):
        """Generated, it verifies, also against its recipe, its labels are exact, and it can be described."""
        self.generate("whole", self.recipe)
        self.run("verify", "whole", "-q")
        self.run("verify", "whole", "-q", "--regenerate")
        # Of what arrives there is no audit; without columns that it needs, it says so.
        allowed = (66,) if self.is_delivered() else (0, 66) if self.has_chosen_columns() or self.has_part_files() else (0,)
        self.run("audit", "whole", "-q", allowed=allowed)
        self.run("describe", "whole", "--plot", "day.svg")

    def is_delivered(self):
        """Whether something happens to readings on their way."""
        return (self.folder / "whole/delivery.csv").exists()

    def has_chosen_columns(self):
        outputs = self.recipe.get("outputs") or []
        settings = [value for output in (outputs if isinstance(outputs, list) else [outputs])
                    if isinstance(output, dict) for value in output.values()]
        return any(isinstance(value, dict) and {"columns", "layout", "labels"} & set(value) for value in settings)

    def has_part_files(self):
        return (self.recipe.get("splits") or {}).get("files", False)

    def same_bytes(self):
        """The resolved recipe and other numbers of threads give the same files."""
        whole = self.folder / "whole"
        self.run("recipe", "whole/recipe.yaml", "-o", "again", "-q")
        self.generate("threads", self.recipe, "--threads", "3")
        for other in ("again", "threads"):
            names = sorted(path.name for path in whole.iterdir())
            if names != sorted(path.name for path in (self.folder / other).iterdir()):
                raise Broken(f"{other}: other files than {names}")
            _, differing, lost = filecmp.cmpfiles(whole, self.folder / other, names, shallow=False)
            if differing or lost:
                raise Broken(f"{other}: other bytes in {differing + lost}")

    def same_rows(self):
        """Rows as they are in other formats, orders, fleets, lengths and without anomalies."""
        rows = self.texts("texts", self.recipe)
        self.formats(rows)
        by_sensor = lone(rows)

        window = "window=" + multiple(self.shortest_interval(), 30)
        for name, order in (("by-sensor", "sensor"), ("by-window", window)):
            changed = self.changed(lambda recipe: recipe["dataset"].update(order=order))
            if lone(self.texts(name, changed)) != by_sensor:
                raise Broken(f"order: {order} has other rows")

        shorter = self.changed(lambda recipe: recipe["dataset"].update(duration=self.half()))
        for sensor, part in lone(self.texts("shorter", shorter)).items():
            if part != by_sensor.get(sensor, [])[:len(part)]:
                raise Broken(f"a shorter run has other rows of {sensor}")

        if self.has_more_than_one():
            for sensor, part in lone(self.texts("fewer", self.changed(one_less))).items():
                if part != by_sensor.get(sensor):
                    raise Broken(f"a smaller fleet has other rows of {sensor}")

        metrics = measured(rows)
        healthy = {(row["sensor_id"], row["timestamp"]): row for row in self.texts("healthy", self.changed(well))}
        for row in rows:
            twin = healthy.get((row["sensor_id"], row["timestamp"]))
            if twin is None:
                raise Broken(f"no healthy reading of {row['sensor_id']} at {row['timestamp']}")
            if row["anomaly_flag"] == "0" and any(row[metric] != twin[metric] for metric in metrics):
                raise Broken(f"an unlabelled reading of {row['sensor_id']} at {row['timestamp']} is not the healthy one")

    def changed(self, change):
        recipe = copy.deepcopy(self.recipe)
        change(recipe)
        return recipe

    def shortest_interval(self):
        """That of the groups: a window is a multiple of it."""
        usual = self.recipe.get("simulation", {}).get("interval", "1s")
        groups = [group or {} for group in self.recipe.get("fleet") or [{}]]
        return min((group.get("interval", usual) for group in groups), key=seconds)

    def half(self):
        """Half of the run's length, a whole number of microseconds."""
        return f"{max(1, int(self.recipe['dataset']['duration'].removesuffix('us')) // 2)}us"

    def has_more_than_one(self):
        groups = self.recipe.get("fleet") or [self.recipe.get("replicas")]
        return sum((group or {}).get("count", 1) for group in groups) > 1

    def texts(self, name, recipe):
        """The rows as plain CSV has them."""
        recipe = copy.deepcopy(recipe)
        recipe["outputs"] = {"csv": {"compression": "none"}, "jsonl": {"compression": "gzip"}, "sqlite": {}}
        formats = "csv,jsonl,sqlite" if name == "texts" else "csv"
        folder = self.generate(name, recipe, "--format", formats)
        with open(folder / "readings.csv", newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def formats(self, rows):
        """JSON Lines and SQLite have the numbers of the CSV."""
        folder = self.folder / "texts"
        with gzip.open(folder / "readings.jsonl.gz", "rt", encoding="utf-8", newline="\n") as lines:
            objects = [json.loads(line) for line in lines]
        database = sqlite3.connect(f"file:{folder / 'readings.sqlite'}?mode=ro", uri=True)
        metrics = measured(rows)
        columns = ["id", "timestamp", "sensor_id", *metrics, "anomaly_flag", "anomaly_type"]
        records = database.execute(f"SELECT {', '.join(columns)} FROM sensor_data ORDER BY id").fetchall()
        database.close()
        if not len(rows) == len(objects) == len(records):
            raise Broken(f"{len(rows)} rows of CSV, {len(objects)} of JSON Lines, {len(records)} of SQLite")
        for row, line, record in zip(rows, objects, records):
            values = [value(row[metric]) for metric in metrics]
            plain = (row["timestamp"], row["sensor_id"])
            if [line["readings"][metric] for metric in metrics] != values or (line["timestamp"], line["sensor_id"]) != plain:
                raise Broken(f"JSON Lines differs from CSV in reading {row['id']}")
            labels = (int(row["anomaly_flag"]), row["anomaly_type"] or None)
            if record != (int(row["id"]), *plain, *values, *labels):
                raise Broken(f"SQLite differs from CSV in reading {row['id']}")


def measured(rows):
    """The names of the metrics, which stand between sensor and label."""
    columns = list(rows[0]) if rows else []
    return columns[columns.index("sensor_id") + 1:columns.index("status_code")] if rows else []


def value(text):
    """A number, or the text of a state; nothing is NULL."""
    try:
        return float(text) if text else None
    except ValueError:
        return text


def lone(rows):
    """Per sensor its rows, without their place in the dataset."""
    found = {}
    for row in rows:
        found.setdefault(row["sensor_id"], []).append([value for key, value in row.items() if key != "id"])
    return found


def one_less(recipe):
    """Takes a sensor away from the last group that can spare one."""
    groups = recipe.get("fleet") or [recipe["replicas"]]
    for place in reversed(range(len(groups))):
        if (groups[place] or {}).get("count", 1) > 1:
            groups[place]["count"] -= 1
            return
    groups.pop()


def undelivered(recipe):
    """A recipe to whose readings nothing happens on the way."""
    recipe = copy.deepcopy(recipe)
    for part in [recipe, *(recipe.get("fleet") or [])]:
        (part or {}).pop("delivery", None)
    return recipe


def well(recipe):
    """Takes the anomalies away."""
    for group in recipe.get("fleet") or []:
        (group or {}).pop("anomalies", None)
    recipe["anomalies"] = {**(recipe.get("anomalies") or {}), "enabled": False}
