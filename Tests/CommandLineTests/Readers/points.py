"""points.py DATASET: whether line protocol says what the CSV of the same dataset says, value for value.

Its own reader of line protocol, written from InfluxDB's page about it. Prints what is wrong, and how much there was.
"""

import collections
import datetime
import json
import sys

from dataset import METRICS, Problems, csv_rows, measure, text_of

UNITS = {"epoch_s": 1_000_000, "epoch_ms": 1_000, "epoch_us": 1}
EPOCH = datetime.datetime(1970, 1, 1)


def split(text, separator, quotes=False):
    """Parts of a text at separators that neither a backslash nor quotes protect."""
    parts, part, inside, index = [], "", False, 0
    while index < len(text):
        letter = text[index]
        if letter == "\\" and index + 1 < len(text) and text[index + 1] in ('"\\' if inside else ",= "):
            part += text[index:index + 2]
            index += 2
            continue
        if quotes and letter == '"':
            inside = not inside
        if letter == separator and not inside:
            parts.append(part)
            part = ""
        else:
            part += letter
        index += 1
    return parts + [part]


def name(text):
    for letter in ",= ":
        text = text.replace("\\" + letter, letter)
    return text


def value(text):
    if text.startswith('"'):
        return json.loads(text)
    return text[:-1] if text.endswith("i") else text


def point(line):
    """Measurement, tags, fields as text, and time."""
    key = split(line, " ")[0]
    fields, time = split(line[len(key) + 1:], " ", quotes=True)
    measurement, *tags = split(key, ",")
    return (
        name(measurement),
        [tuple(map(name, split(tag, "="))) for tag in tags],
        {split(field, "=", True)[0]: value("=".join(split(field, "=", True)[1:])) for field in split(fields, ",", True)},
        int(time),
    )


def main(folder):
    problems, counts = Problems(), collections.Counter()
    with open(folder + "/manifest.json", encoding="utf-8") as file:
        entry = next(item for item in json.load(file)["files"] if item["format"] == "influx")
    rows = csv_rows(text_of(folder, "readings.csv", problems))
    lines = text_of(folder, "readings.lp", problems).split("\n")
    problems.expect(lines.pop() == "", "the last line has no line feed")
    lines = lines[lines.index("# DML") + 2:] if "# DML" in lines else lines
    columns = list(rows[0])
    measure(columns[columns.index("sensor_id") + 1:columns.index("status_code")], set())
    fixed = columns[columns.index("anomaly_type") + 1:columns.index("synced")] + ["sensor_id"]
    tags = sorted(set(entry["columns"]) & set(fixed))
    labels = ["anomaly_flag", "anomaly_type"] if "anomaly_type" in entry["columns"] else []
    fields = [column for column in columns if column in METRICS or column.startswith("clean_")] + labels
    expected = []
    for row in rows:
        time = (datetime.datetime.fromisoformat(row["timestamp"]) - EPOCH) // datetime.timedelta(microseconds=1)
        present = {field: row[field] for field in fields if row[field] is not None}
        counts["nulls"] += len(fields) - len(present) - (len(labels) == 2 and row["anomaly_type"] is None)
        if not present:
            counts["left out"] += 1
            continue
        unit = UNITS.get(entry["timestamps"])
        problems.expect(unit is None or time % unit == 0, f"{time} in {entry['timestamps']}")
        stamp = time * 1_000 if unit is None else time // unit
        expected.append(([(tag, row[tag]) for tag in tags if row[tag] is not None], present, stamp))
    problems.expect(len(lines) == len(expected) == entry["rows"], f"{len(lines)} points, {len(expected)}, {entry['rows']}")
    for line, wanted in zip(lines, expected):
        measurement, *rest = point(line)
        counts["points"] += 1
        counts["measurement " + measurement] += 1
        problems.expect(rest == list(wanted), lambda: f"{line}: {rest}, not {wanted}")
    print(json.dumps({"problems": problems, "counts": counts}))


if __name__ == "__main__":
    main(sys.argv[1])
