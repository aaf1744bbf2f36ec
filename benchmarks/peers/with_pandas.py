"""pandas as most programs use it: to_csv and to_json into Python's gzip, to_sql into SQLite."""
import gzip

from readings import ANOMALY_TYPES, COLUMNS, JSON_OBJECTS, SENSOR_NUMBERS, timestamps, values


def frame(first, end, fleet):
    """Rows `first` to `end`; texts are categories, which write faster."""
    import numpy as np
    import pandas as pd

    made = values(first, end, len(fleet["sensor_id"]))
    sensor = made["sensor"]
    columns = {}
    for name in COLUMNS:
        if name == "timestamp":
            columns[name] = pd.Categorical.from_codes(
                made["tick"], timestamps(made["first_tick"], made["last_tick"]))
        elif name == "anomaly_type":
            columns[name] = pd.Categorical.from_codes(made["type"], ANOMALY_TYPES)
        elif name in made:
            columns[name] = made[name]
        elif name in SENSOR_NUMBERS:
            columns[name] = np.array(fleet[name], dtype=float)[sensor]
        else:
            kinds = sorted({text for text in fleet[name] if text is not None})
            codes = np.array([-1 if text is None else kinds.index(text) for text in fleet[name]])
            columns[name] = pd.Categorical.from_codes(codes[sensor], kinds)
    return pd.DataFrame(columns)


def write(output, task):
    """Writes `csv.gz` or `jsonl.gz`."""
    fleet = task.fleet()
    level = {} if task.level is None else {"compresslevel": task.level}
    members = [column for object in JSON_OBJECTS.values() for column in object.values()]
    with gzip.open(task.file, "wt", newline="", **level) as file:
        for first, end in task.chunks():
            table = frame(first, end, fleet)
            if output == "csv.gz":
                table.to_csv(file, index=False, header=first == 0)
            else:
                # The same members as in the dataset's objects, but flat: frames do not nest.
                table[["timestamp", "sensor_id", *members]].to_json(file, orient="records", lines=True)
