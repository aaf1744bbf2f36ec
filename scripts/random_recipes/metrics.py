"""Makes the section `metrics` at random: most of what it asks for can be had."""

STANDARD = ["temperature", "humidity", "pressure", "voltage"]
NAMES = ["co2", "pm25", "load", "rms_x", "energy", "door", "mode", "dew_point", "a", "m_1", "x" * 63]
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def metrics(maker):
    """1 to 14 metrics by name, now and then all 64."""
    random = maker.random
    names = random.sample(STANDARD + NAMES, random.randint(1, 14))
    if maker.chance(0.03):
        names += [f"m{number}" for number in range(64 - len(names))]
    made = {}
    for name in names:
        if name in STANDARD and maker.chance(0.7):
            made[name] = {}
        elif maker.chance(0.05):
            made[name] = maker.value({"$ref": "#/$defs/metric"}, name)
        else:
            made[name] = random.choice([process] * 6 + [counter, state, derived])(maker, made)
    return made


def process(maker, made):
    random = maker.random
    mean = random.choice([0, 1, 20, 650, -40, 1e-3, 12_345.678, 1e6])
    deviation = abs(mean) * random.choice([0, 0.01, 0.05, 0.3]) or random.choice([0, 0.5, 2])
    metric = {"mean": mean, "std_dev": round(deviation, 6)}
    reach = max(deviation, 1e-6)
    optional = {
        "min": lambda: mean - reach * random.choice([2.5, 4, 10]),
        "max": lambda: mean + reach * random.choice([2.5, 4, 10]),
        "noise": lambda: round(deviation * random.choice([0, 0.1, 0.5]), 6),
        "levels": lambda: round(deviation * random.choice([0, 0.2, 0.6, 0.97]), 6),
        "resolution": lambda: random.choice([1e-6, 0.001, 0.01, 0.0625, 0.1, 1]),
        "distribution": lambda: random.choice(
            ["normal", "lognormal", "uniform", {"quantiles": [mean - 2 * reach, mean, mean + reach, mean + 5 * reach]}]
        ),
        "cycles": lambda: [cycle(maker) for _ in range(random.randint(1, 3))],
        "wander": lambda: {"period": maker.duration()},
        "follows": lambda: [
            {"metric": name, "weight": random.choice([1, 0.5, -0.3]), "lag": random.choice(["0s", "10m", "7s"])}
            for name in random.sample(list(made), min(len(made), random.randint(1, 2)))
        ],
        "shared": lambda: random.choice(["sensor", "city", "group", "fleet"]),
        "changes": lambda: [
            {"at": random.choice(["0s", "10s", "1h"]), "over": "10s", "mean": deviation, "std_dev": random.choice([0.5, 1, 1.5])}
        ],
        "unit": lambda: random.choice(["ppm", "µg/m³", "", "a,b", '"'] ),
        "description": lambda: random.choice(["Load", "x, y", "it's", "日本"]),
    }
    for key, value in optional.items():
        if maker.chance(0.25):
            metric[key] = value()
    if "wander" in metric and maker.later.random() < 0.5:
        metric["wander"] = octaves(maker.later)
    return metric


def octaves(random):
    """A wander of octaves of its own, or short ones of which vary in size."""
    made = random.choice([
        {"period": "1h"},
        {"octaves": [{"period": "90s", "share": 1}]},
        {"octaves": [{"period": "2d", "share": 0.6}, {"period": "40m", "share": 0.4}]},
        {"octaves": [{"period": f"{number}m", "share": 0.0625} for number in range(1, 17)]},
    ])
    if random.random() < 0.5:
        made = {**made, "volatility": {"size": random.choice([0, 0.4, 1]), "period": random.choice(["1h", "3h"])}}
    return made


def cycle(maker):
    made = {"period": maker.random.choice(["1d", "1h", "7d", "365d", "90s"]), "share": maker.random.choice([0, 0.1, 0.3])}
    if maker.chance(0.2):
        made["shape"] = maker.random.choice([[1, 1, 1, 1, 1, 0.5, 0], [0, 1], [-3, 0, 7.25, 1e3], [0] * 167 + [1]])
        return made
    if maker.chance(0.5):
        made["peak"] = maker.random.choice(["0s", "14h", "20d"])
    if made["period"] in ("1d", "1h") and maker.chance(0.4):
        made["days"] = maker.random.sample(WEEK, maker.random.randint(1, 7))
    return made


def counter(maker, made):
    metric = {"model": "counter", "rate": {"mean": maker.random.choice([1e-3, 0.4, 100, 1e5])}}
    if maker.chance(0.7):
        metric["resets_at"] = maker.random.choice([1, 10, 1000, 100_000])
    if maker.chance(0.3):
        metric["rate"]["cycles"] = [{**cycle(maker), "days": WEEK}]
        for key in ["days", "shape"]:
            metric["rate"]["cycles"][0].pop(key, None)
    if maker.chance(0.3):
        metric["rate"]["follows"] = [
            {"metric": name, "weight": maker.random.choice([1, 0.4]), "lag": maker.random.choice(["0s", "10m"])}
            for name in maker.random.sample(list(made), min(len(made), 1))
        ]
    if maker.chance(0.3):
        metric["resolution"] = maker.random.choice([0.001, 0.1, 1])
    return metric


def state(maker, made):
    states = maker.random.choice([
        {"closed": 0.96, "open": 0.04}, {"on": 0.5, "off": 0.5}, {"a": 0.4, "b": 0.3, "c": 0.2, "d": 0.1},
        {"null": 0.9, "NA": 0.1}, {"a,b": 0.75, 'say "no"': 0.25}, {" x": 0.5, "é": 0.5},
    ])
    return {"model": "state", "states": dict(states), "dwell": maker.random.choice(["1m", "90s", "1h", "1d"])}


def derived(maker, made):
    names = list(made) or ["a"]
    first, second = maker.random.choice(names), maker.random.choice(names)
    formula = maker.random.choice(
        ["{0} * 1.8 + 32", "{0} - {1}", "exp({0} / 100)", "log({0})", "max({0}, {1}, 0) ^ 2", "1 / ({0} - {1})", "1.5", "sqrt(-{0})"]
    )
    return {"formula": formula.format(first, second), "resolution": maker.random.choice([0.01, 0.1, 1])}


def tidy(maker, recipe):
    """What else the recipe says is of its metrics, in three of four."""
    if "metrics" not in recipe or maker.chance(0.25):
        return
    made = recipe["metrics"]
    normal = recipe.get("normal_parameters")
    for name in STANDARD:
        if normal and name in normal and made.get(name) != {}:
            del normal[name]
    measured = [name for name, metric in made.items() if metric == {} or "mean" in (metric or {})]
    for owner in [recipe, *(group for group in recipe.get("fleet") or [] if group)]:
        own = owner.get("metrics") if owner is not recipe else None
        own = [own] if isinstance(own, str) else own
        known = [name for name in measured if not own or name in own]
        for parameters in ((owner.get("anomalies") or {}).get("types") or {}).values():
            if isinstance(parameters, dict) and "metrics" in parameters and known:
                parameters["metrics"] = maker.random.sample(known, maker.random.randint(1, min(3, len(known))))
