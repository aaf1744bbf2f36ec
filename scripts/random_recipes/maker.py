"""Makes recipes at random from the JSON Schema of recipes, small enough to be generated many times over."""

import copy
import datetime
import json
import math
import random

from random_recipes import metrics

TEXTS = [
    "a", "Rooftop 7", "007", "1.10", "1e5", "NA", "null", "true", "no", "~", "-", "--", "=1+1", "@home", "#1", "a,b", "a;b",
    '"quoted"', "it's", "'", "a: b", "{}", "[x", "back\\slash", "tab\there", "line\nbreak", "İ", "Zürich", "日本", "🌡",
    "e\u0301", "\u2028", "\u200b", " ", "x" * 300,
]
ZONES = ["UTC", "Europe/Oslo", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "Etc/GMT+12"]
MAKERS = ["SensorTech", "DataLogger", "MonitorPro", "DataSense", "Acme"]
FIRMWARE = ["1.4", "1.10", "2.0.1", "3.0.0-beta", "4.0.0-rc.1", 1.4, 2]
STARTS = [
    "1900-01-01", "1969-12-31T23:59:30Z", "1999-12-31T23:00:00Z", "2000-02-28T22:00Z", "2024-02-28T23:59:59.999999Z",
    "2025-01-01T00:00:00Z", "2025-03-30T00:30:00+01:00", "2025-06-15 12:00:00", "2038-01-19T03:14:00Z", "2100-02-28",
    "2199-12-31T00:00:00Z",
]
LAST_INSTANT = datetime.datetime(2200, 1, 1, tzinfo=datetime.timezone.utc)

# Keys that name files elsewhere, or say that a recipe is whole; and what is made by how long the run is.
LEFT_OUT = {"cities_file", "recording", "resolved", "splits", "incidents", "phenomena"}
# What matters to live runs only is stated now and then.
LIVE = {"database", "logging", "monitoring", "dynamic_reloading", "live"}


class Maker:
    """Recipes, one after the other, from a seed."""

    def __init__(self, schema, seed):
        self.schema = schema
        self.random = random.Random(seed)
        # What was added later draws from numbers of its own, so that all else of a seed stays as it was.
        self.later = random.Random(f"later {seed}")

    def recipe(self):
        """A recipe as a tree of dictionaries; most are accepted."""
        recipe = {}
        for section in self.schema["properties"]:
            if section not in LEFT_OUT and self.chance({"sensor": 0.6, "normal_parameters": 0.5, "anomalies": 0.8, "outputs": 0.6}.get(
                section, 0.05 if section in LIVE else 0.25
            )):
                made = metrics.metrics(self) if section == "metrics" else None
                recipe[section] = made or self.value(self.schema["properties"][section], section)
        if isinstance(recipe.get("identity"), str):
            del recipe["identity"]
        if "fleet" in recipe:
            recipe.pop("replicas", None)
        self.tidy_normals(recipe)
        self.tidy_anomalies(recipe)
        metrics.tidy(self, recipe)
        self.fit(recipe)
        self.tidy_packages(recipe)
        self.split(recipe)
        self.incidents(recipe)
        self.phenomena(recipe)
        return recipe

    def recipe_of_one_file(self):
        """A recipe of one file of all readings, in a batch run, with nothing beside them."""
        recipe = self.recipe()
        for section in ("live", "package"):
            recipe.pop(section, None)
        recipe.get("splits", {}).pop("files", None)
        return recipe

    # Values of the schema

    def value(self, node, name):
        while "$ref" in node:
            node = self.schema["$defs"][node["$ref"].rsplit("/", 1)[1]]
        if "anyOf" in node:
            return self.value(self.random.choice(node["anyOf"]), name)
        if not any(key in node for key in ("enum", "type")):
            # A key that is passed over holds anything.
            return self.random.choice([None, 1, "x", {"y": [True]}])
        if "enum" in node:
            # Words such as `on` are booleans of YAML, but texts of JSON.
            return self.random.choice([item for item in node["enum"] if item in (True, False)] or node["enum"])
        kinds = node["type"] if isinstance(node["type"], list) else [node["type"]]
        kind = self.random.choice([kind for kind in kinds if kind != "null" or self.chance(0.05)] or kinds)
        return getattr(self, kind)(node, name)

    def null(self, node, name):
        return None

    def boolean(self, node, name):
        return self.chance(0.5)

    def object(self, node, name):
        # How sensors fail is what most can go wrong with.
        properties = node.get("properties", {})
        often = "types" in properties or "weight" in properties or name == "types"
        made, share = {}, self.random.choice([0.4, 0.8] if often else [0.1, 0.2, 0.5])
        for key, child in properties.items():
            if key not in LEFT_OUT and (key in node.get("required", []) or self.chance(share)):
                made[key] = self.value(child, key)
        for rule in node.get("allOf", []):
            keys = rule["not"]["required"]
            if all(key in made for key in keys):
                del made[self.random.choice(keys)]
        if "latitude" in made or "longitude" in made:
            for key in ("latitude", "longitude"):
                made[key] = self.value(node["properties"][key], key)
            if not any(key in made for key in ("location", "city", "name", "address")) and "name" in node["properties"]:
                made["name"] = "Somewhere"
        while len(made) < node.get("minProperties", 0):
            key = self.random.choice(list(properties) or TEXTS)
            made[key] = self.value(properties.get(key, node.get("additionalProperties")), key)
        while len(made) > node.get("maxProperties", len(made)):
            del made[self.random.choice(list(made))]
        return made

    def array(self, node, name):
        least = node.get("minItems", 0)
        count = self.random.randint(least, max(least, min(3, node.get("maxItems", 3))))
        items = [self.value(node["items"], name) for _ in range(count)]
        if "$ref" in node["items"]:
            items = [item or {} for item in items]
        if name == "phases":
            items = [phase for phase in items if phase]
        if name in ("duration", "duration_seconds", "magnitude"):
            return sorted(items, key=seconds)
        if all(isinstance(item, (str, int, float)) for item in items):
            return list(dict.fromkeys(items))
        return items

    def integer(self, node, name):
        low, high = node.get("minimum", 0), node.get("maximum", 10**6)
        if self.chance(0.1):
            return self.random.choice([low, high])
        return min(high, low + int(2 ** self.random.uniform(0, math.log2(min(high - low, 10**6) + 1))) - 1)

    def number(self, node, name):
        low = node.get("minimum", node.get("exclusiveMinimum", 0))
        high = node.get("maximum", 10_000)
        kind = self.random.randrange(10)
        if kind == 0 and "maximum" in node:
            return high
        if kind == 1:
            return low if "minimum" in node else high * 10.0 ** -self.random.randint(9, 24)
        if kind < 5:
            return low + (high - low) * 10 ** self.random.uniform(-6, 0)
        return round(self.random.uniform(low, min(high, low + 100)), self.random.randint(0, 4)) or (low + high) / 2

    def string(self, node, name):
        pattern = node.get("pattern", "")
        if pattern.startswith("^window="):
            return "window=1h"
        if "(w|d|h|ms|us|m|s)" in pattern:
            return self.duration()
        if pattern.startswith("^https?"):
            return self.random.choice(["https://example.com/data?a=b#c", "http://localhost:8080"])
        if pattern.startswith("^[0-9]"):
            return "1.10.0"
        if pattern.startswith("^[a-z]"):
            return self.random.choice(metrics.STANDARD + metrics.NAMES)
        if pattern.startswith("^\\d{4}"):
            return "2024-02-29" if pattern.endswith("\\d{2}$") else self.random.choice(STARTS)
        if name == "timezone":
            return self.random.choice(ZONES)
        if name == "firmware_version":
            return self.random.choice(FIRMWARE)
        if name == "manufacturer":
            return self.random.choice(MAKERS)
        if name in ("location", "city") and self.chance(0.6):
            return self.random.choice(["Oslo", "London", "New York", "Tokyo", "Quito"])
        if pattern:
            return "/status"
        if name == "prefix" or name in ("id", "sensor_id", "name"):
            return self.random.choice(["S", "A-1", "ROOF", "x_9", "N.1"])
        return self.random.choice(TEXTS)

    def duration(self):
        return self.random.choice(["5s", "1m", "90s", "1m30s", "2.5s", "30", "1h", "10ms", "1/3s", "7s", "3d"])

    def chance(self, share):
        return self.random.random() < share

    # What makes a recipe likely to be accepted, and small

    def tidy_packages(self, recipe):
        """What packages need, mostly."""
        if recipe.get("package") and self.chance(0.9):
            stated = {"description": "Made\nat random", "license": "CC0-1.0", "creator": "Nobody", "url": "https://example.com/"}
            recipe["dataset"].update({**stated, "date_published": "2024-02-29"})

    def split(self, recipe):
        """Parts, now and then; of a short run one may be empty, which is refused in words."""
        if self.chance(0.2):
            length = int(recipe["dataset"]["duration"].removesuffix("us"))
            recipe["splits"] = self.random.choice([
                {"test_from": f"{max(1, length // 2)}us", "normal_only": self.chance(0.3)},
                {"validation_from": f"{max(1, length // 4)}us", "test_from": f"{max(1, length // 2)}us", "embargo": f"{length // 20}us"},
                {"by": "sensor", "test_share": 0.4, "seed": self.random.randrange(9)},
                {"by": "city", "test_share": 0.4},
                {"by": "forward", "fold": f"{max(1, length // 3)}us"},
            ])
            recipe["splits"]["files"] = self.chance(0.4)

    def incidents(self, recipe):
        """Faults of several sensors, now and then; an effect on what a recipe does not measure is refused in words."""
        draw = self.later
        if draw.random() >= 0.3 or seconds(recipe["simulation"]["interval"]) < 0.01:
            return
        # As long as a reading of any group takes: it may be the only one that is left.
        intervals = [recipe["simulation"]["interval"], *(group["interval"] for group in recipe.get("fleet") or [] if "interval" in (group or {}))]
        interval = int(max(map(seconds, intervals)) * 1e6 + 0.5)
        length = int(recipe["dataset"]["duration"].removesuffix("us"))
        recipe["incidents"] = made = []
        for cause in draw.sample(["power", "gateway", "rollout", "storm"], draw.randint(1, 3)):
            lasts = interval * draw.choice([1, 2, 7])
            timing = draw.choice([
                {"every": f"{max(2 * (lasts * 2 + interval), length // 3)}us"}, {"at": ["0s", f"{max(1, length // 2)}us"]},
            ])
            made.append({
                "cause": cause, "duration": draw.choice([f"{lasts}us", [f"{lasts}us", f"{lasts * 2}us"]]), **timing,
                "scope": draw.choice(["fleet", "city", "group", "manufacturer", "model", "firmware_version"]),
                "spread": draw.choice(["0s", f"{interval}us", f"{interval // 2}us"]), "share": draw.choice([1, 0.5]),
                "effect": draw.choice([
                    {"missing_data": {"modes": draw.choice([["omit"], ["blank", "stuck"]])}}, {"missing_data": None},
                    {"trend": {"shape": "plateau"}}, {"spike": {"magnitude": [2, 9]}}, {"noise": None}, {"pattern": None},
                ]),
            })

    def phenomena(self, recipe):
        """What looks like a fault and is none, now and then; weather where the whole fleet has a climate, also a smaller one."""
        draw = self.later
        if draw.random() >= 0.3:
            return
        length = int(recipe["dataset"]["duration"].removesuffix("us"))
        has_weather = str(recipe.get("climate")).startswith("city") and not any("climate" in group for group in recipe.get("fleet") or [])
        kinds = draw.sample(["rain", "fog", "sun"], 2)
        made = [{"phenomenon": kind, "every": draw.choice(["1d", "50h"])} for kind in kinds if has_weather]
        measured = [name for name, value in (recipe.get("metrics") or {"temperature": None}).items() if not (value or {}).get("model")]
        if measured:
            made.append({
                "phenomenon": "door", "every": f"{max(3_000_000, length // 3)}us", "duration": f"{max(1_000_000, length // 30)}us", "onset": "1s",
                "recovery": f"{min(500_000, length // 20)}us", "metrics": {draw.choice(measured): draw.choice([0, 20])},
                "share": draw.choice([1, 0.5]),
            })
        if made:
            recipe["phenomena"] = made

    def tidy_normals(self, recipe):
        """Bounds around a mean, in three of four."""
        for parameters in (recipe.get("normal_parameters") or {}).values():
            if not isinstance(parameters, dict) or self.chance(0.25):
                continue
            mean, deviation = parameters.get("mean"), parameters.get("std_dev")
            if mean is None:
                for key in ("std_dev", "min", "max"):
                    parameters.pop(key, None)
                continue
            deviation = parameters["std_dev"] = round(abs(mean) * self.random.choice([0, 0.001, 0.02, 0.05]), 4)
            for key, sign in (("min", -1), ("max", 1)):
                if key in parameters:
                    parameters[key] = mean + sign * deviation * self.random.choice([4, 6, 20])
            if "resolution" in parameters:
                parameters["resolution"] = self.random.choice([0.001, 0.01, 0.0625, 0.1, 0.5, 1])

    def tidy_anomalies(self, recipe):
        """Shares that can mostly be had, of all sensors and of groups."""
        for owner in owners(recipe):
            self.tidy_shares(owner.get("anomalies"))

    def tidy_shares(self, anomalies):
        if not anomalies:
            return
        if "enabled" in anomalies:
            anomalies["enabled"] = self.chance(0.9)
        if "probability" in anomalies and not self.chance(0.2):
            anomalies["probability"] = round(10 ** self.random.uniform(-3, -0.2), 4)
        phases = anomalies.get("phases")
        if phases:
            phases.sort(key=lambda phase: seconds(phase["at"]))
            for phase in phases:
                if not self.chance(0.1):
                    phase["probability"] = round(10 ** self.random.uniform(-3, -0.5), 4)

    def fit(self, recipe):
        """Some thousand rows within the years that there are."""
        groups = recipe.get("fleet") or [recipe.setdefault("replicas", {}) or {}]
        if "fleet" not in recipe:
            recipe["replicas"] = groups[0]
        for group in groups:
            if group is None:
                continue
            named = any(key in group for key in ("id", "sensor_id"))
            group["count"] = 1 if named else self.random.choice([1, 1, 2, 3, 5, 17])
            if named:
                group.pop("prefix", None)
                group.pop("start_index", None)
        count = sum((group or {}).get("count", 1) for group in groups)
        sensor = recipe.get("sensor") or {}
        if count > 1 or "fleet" in recipe:
            sensor.pop("id", None), sensor.pop("sensor_id", None)
            if isinstance(recipe.get("identity"), dict):
                recipe["identity"].pop("id", None), recipe["identity"].pop("sensor_id", None)
        limits = self.random.choice([50, 500, 2_000, 4_000, 20_000])
        ticks = self.random.randint(1, max(2, limits // count))
        interval = self.random.choice(["1ms", "100ms", "1/3s", "1s", "5s", "7s", "1m", "10m", "1h", "1d"])
        recipe["simulation"] = {"interval": interval}
        dataset = recipe["dataset"] = recipe.get("dataset") or {}
        dataset.pop("end", None)
        for group in recipe.get("fleet") or []:
            if group is not None:
                group.pop("interval", None)
                if self.chance(0.3):
                    group["interval"] = multiple(interval, self.random.choice([1, 2, 6, 30]))
        if "window" in dataset.get("order", ""):
            dataset["order"] = "window=" + multiple(interval, self.random.choice([3, 30, 300]))
        start = dataset.get("start", "2025-01-01T00:00:00Z")
        room = (LAST_INSTANT - instant(start)).total_seconds()
        length = ticks * seconds(interval)
        if length > room:
            length = room
        dataset["duration"] = f"{max(1, math.floor(length * 1_000_000))}us"


def owners(recipe):
    """The recipe and its groups: what may have anomalies of its own."""
    return [recipe, *(group for group in recipe.get("fleet") or [] if group)]


def multiple(interval, factor):
    """A multiple of an interval of the list above; a day at most."""
    if seconds(interval) * factor > 86_400:
        return interval
    digits = len(interval) - len(interval.lstrip("0123456789"))
    return f"{int(interval[:digits]) * factor}{interval[digits:]}"


def instant(text):
    """The instant that a start of the list states."""
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)


def seconds(value):
    """A duration of the forms that are made here, in seconds; other numbers as they are."""
    if not isinstance(value, str):
        return value
    units = {"us": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600, "d": 86400}
    total, number, place = 0.0, "", 0
    while place < len(value):
        if value[place] in "0123456789./":
            number, place = number + value[place], place + 1
            continue
        unit = value[place:place + 2] if value[place:place + 2] in units else value[place]
        total, number, place = total + fraction(number) * units[unit], "", place + len(unit)
    return total + (fraction(number) if number else 0)


def fraction(text):
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)


def limited(recipe, highest):
    """Lowers the probabilities to the highest that can be had, which a refusal names; whether that changes anything."""
    changed = False
    for anomalies in [owner.get("anomalies") or {} for owner in owners(recipe)]:
        for place in [anomalies, *(anomalies.get("phases") or [])]:
            if place.get("probability", 0) > highest:
                place["probability"], changed = highest, True
    return changed


def without(recipe, place):
    """Takes away what a place such as anomalies.phases.2.at names, or the nearest thing above it that is there."""
    steps = [int(step) if step.isdigit() else step for step in place.split(".")]
    node, last = recipe, None
    for step in steps:
        inside = isinstance(node, dict) and step in node or isinstance(node, list) and step in range(len(node))
        if not inside:
            break
        last, node = (node, step), node[step]
    if last is None:
        return False
    del last[0][last[1]]
    return True


def smaller(recipe):
    """The recipes that lack one key or item of this one."""
    def places(node, path):
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else []
        for key in keys:
            yield path + [key]
            yield from places(node[key], path + [key])

    for path in list(places(recipe, [])):
        less = copy.deepcopy(recipe)
        node = less
        for key in path[:-1]:
            node = node[key]
        del node[path[-1]]
        yield less


def text(recipe):
    """The recipe's file: JSON is YAML, but for the ends of lines that only YAML knows."""
    written = json.dumps(recipe, ensure_ascii=False)
    for end in "\x85\u2028\u2029":
        written = written.replace(end, f"\\u{ord(end):04x}")
    return written
