"""exports.py FORMAT EXPORT DATASET: whether an export is what those who take it read, and what the rows of the dataset say.

The dataset has the files readings.csv, with the healthy twin, and events.csv. Files are read as the tools' own loaders do:
names are taken apart in the same way, columns are found by the same rules; TimeEval's also by aeon's own loader.
"""

import collections
import csv
import glob
import importlib
import json
import os
import pathlib
import re
import sys
import types

import numpy

from dataset import Problems, csv_rows, text_of

form, folder, dataset = sys.argv[1:4]
problems = Problems()
counts = collections.Counter()
metrics = ["temperature", "humidity", "pressure", "voltage"]
rows = collections.defaultdict(list)
for row in csv_rows(text_of(dataset, "readings.csv", problems)):
    rows[row["sensor_id"]].append(row)
sensors = list(rows)
events = collections.defaultdict(list)
for event in csv_rows(text_of(dataset, "events.csv", problems)):
    events[event["sensor_id"]].append(event)
with open(dataset + "/manifest.json", encoding="utf-8") as file:
    interval = json.load(file)["time"]["interval_seconds"]


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values(row, healthy=False):
    return [float(row[("clean_" if healthy else "") + metric]) for metric in metrics]


def flags(own):
    return [int(row["anomaly_flag"]) for row in own]


def part(own, name):
    """The first and the last row of a part, and all between them."""
    at = [index for index, row in enumerate(own) if row["split"] == name]
    return range(at[0], at[-1] + 1) if at else range(0)


def runs(bits):
    found = []
    for index, bit in enumerate(bits):
        if bit and index and bits[index - 1]:
            found[-1][1] = index
        elif bit:
            found.append([index, index])
    return found


def loader_of_aeon():
    """aeon's own loader, with this folder for its archive; without the rest of aeon, which needs 200 MB of other packages."""
    package = types.ModuleType("aeon.datasets")
    package.__path__ = [os.path.join(os.path.dirname(importlib.import_module("aeon").__file__), "datasets")]
    sys.modules[package.__name__] = package
    importlib.import_module("aeon.datasets.tsad_datasets")._DATA_FOLDER = pathlib.Path(folder)
    return importlib.import_module("aeon.datasets._tsad_data_loaders").load_anomaly_detection


def timeeval():
    index = table(folder + "/datasets.csv")
    seen, load = {}, loader_of_aeon()
    for entry in index:
        test = table(os.path.join(folder, entry["test_path"]))
        names = list(test[0])
        problems.expect(names == ["timestamp"] + [f"value-{i}" for i in range(4)] + ["is_anomaly"], f"columns {names}")
        bits = [int(row["is_anomaly"]) for row in test]
        lengths = [end - start + 1 for start, end in runs(bits)]
        data = numpy.array([[float(row[f"value-{i}"]) for i in range(4)] for row in test])
        stated = (int(entry["length"]), int(entry["dimensions"]), int(entry["num_anomalies"]),
                  int(entry["min_anomaly_length"]), int(entry["max_anomaly_length"]))
        problems.expect(stated == (len(test), 4, len(lengths), min(lengths), max(lengths)), f"{entry['dataset_name']}: {stated}")
        for key, value in (("contamination", sum(bits) / len(bits)), ("median_anomaly_length", numpy.median(lengths)),
                           ("mean", data.mean(axis=0).mean()), ("stddev", data.std(axis=0).mean())):
            problems.expect(abs(float(entry[key]) - value) < 1e-4, f"{entry['dataset_name']}: {key} {entry[key]}, {value}")
        kind = entry["train_type"]
        problems.expect(bool(entry["train_path"]) == (kind != "unsupervised"), f"{kind} trains on {entry['train_path']!r}")
        problems.expect((entry["train_is_normal"] == "True") == (kind == "semi-supervised"), f"{kind}: normal?")
        seen.setdefault(entry["test_path"], {})[kind] = entry["train_path"]
        name = (entry["collection_name"], entry["dataset_name"])
        for split in ("train", "test") if entry["train_path"] else ("test",):
            found, labels, told = load(name, split, pathlib.Path(folder), return_metadata=True)
            lines = test if split == "test" else table(os.path.join(folder, entry["train_path"]))
            wanted = numpy.array([[float(row[f"value-{i}"]) for i in range(4)] for row in lines])
            same = numpy.array_equal(found, wanted) and labels.tolist() == [int(row["is_anomaly"]) for row in lines]
            problems.expect(same, f"aeon: other values or labels in {split} of {name}")
            problems.expect((told["learning_type"], told["num_anomalies"]) == (kind, len(lengths)), f"aeon: {name}: {told}")
            counts["loaded"] += 1
        counts["anomalies"] += len(lengths)
    kept = [sensor for sensor in sensors if any(flags(rows[sensor])[i] for i in part(rows[sensor], "test"))]
    problems.expect(len(seen) == len(kept), f"{len(seen)} series, {len(kept)} expected")
    for sensor, (path, training) in zip(kept, seen.items()):
        own = rows[sensor]
        for name, which, healthy in ((path, "test", False), (training["supervised"], "train", False),
                                     (training["semi-supervised"], "train", True)):
            lines = table(os.path.join(folder, name))
            expected = [own[i] for i in part(own, which)]
            problems.expect(len(lines) == len(expected), f"{name} has {len(lines)} rows, not {len(expected)}")
            for line, row in zip(lines, expected):
                same = [float(line[f"value-{i}"]) for i in range(4)] == values(row, healthy)
                label = 0 if healthy else int(row["anomaly_flag"])
                time = row["timestamp"][:19].replace("T", " ")
                fine = same and int(line["is_anomaly"]) == label and line["timestamp"] == time
                problems.expect(fine, lambda: f"{name} at {line['timestamp']} is not {sensor} at {row['timestamp']}")
        counts["series"] += 1


def tsb_ad():
    paths = sorted(os.listdir(folder))
    taken = iter(sensors)
    for path in paths:
        # As TSB-AD's own runs take a name apart.
        parts = path.split(".")[0].split("_")
        training, first = int(parts[-3]), int(parts[-1])
        problems.expect(path.count(".") == 1 and parts[-2] == "1st" and parts[-4] == "tr", path)
        lines = table(os.path.join(folder, path))
        problems.expect(list(lines[0]) == metrics + ["Label"], f"columns {list(lines[0])}")
        labels = [int(line["Label"]) for line in lines]
        problems.expect(labels.index(1) == first and first >= training > 0, f"{path}: first label {labels.index(1)}")
        for sensor in taken:
            own = rows[sensor]
            end = part(own, "train")[-1] + 1
            if any(flags(own)[end:]):
                break
        problems.expect(training == end and len(lines) == len(own), f"{path} is not {sensor}")
        for index, (line, row) in enumerate(zip(lines, own)):
            same = [float(line[metric]) for metric in metrics] == values(row, healthy=index < end)
            problems.expect(same, f"{path}: row {index}")
        problems.expect(labels[end:] == flags(own)[end:] and not any(labels[:end]), f"{path}: labels")
        counts["series"] += 1
        counts["anomalies"] += len(runs(labels))


def nab():
    with open(folder + "/labels/combined_windows.json", encoding="utf-8") as file:
        windows = json.load(file)
    found = sorted(os.path.relpath(path, folder + "/data") for path in glob.glob(folder + "/data/*/*.csv"))
    problems.expect(found == sorted(windows), "files and windows differ")
    for name, pairs in windows.items():
        number, metric = os.path.basename(name)[:-4].split("_", 1)
        sensor = sensors[int(number) - 1]
        lines = table(os.path.join(folder, "data", name))
        problems.expect(list(lines[0]) == ["timestamp", "value"], f"columns {list(lines[0])}")
        problems.expect(
            [(line["timestamp"], float(line["value"])) for line in lines]
            == [(row["timestamp"][:19].replace("T", " "), float(row[metric])) for row in rows[sensor]], name
        )
        inside = {line["timestamp"] for start, end in pairs for line in lines
                  if start[:19] <= line["timestamp"] <= end[:19]}
        expected = {row["timestamp"][:19].replace("T", " ") for event in events[sensor] for row in rows[sensor]
                    if metric in re.findall("[a-z_0-9]+", event["metrics"]) and event["start"] <= row["timestamp"] < event["end"]}
        problems.expect(inside == expected, f"{name}: {len(inside)} readings in windows, {len(expected)} expected")
        problems.expect(all(len(time) == 26 and time[10] == " " for pair in pairs for time in pair), f"{name}: {pairs[:1]}")
        counts["series"] += 1
        counts["anomalies"] += len(pairs)


def ucr():
    for path in sorted(os.listdir(folder)):
        parts = path[:-4].split("_")
        training, first, last = (int(text) for text in parts[-3:])
        problems.expect(parts[1:3] == ["UCR", "Anomaly"] and len(parts) == 7, path)
        data = numpy.loadtxt(os.path.join(folder, path))
        matches = []
        for sensor in sensors:
            own = rows[sensor]
            if not own[first - 1]["event_id"] or len(own) != len(data):
                continue
            for metric in metrics:
                healthy = numpy.array([float(row["clean_" + metric]) for row in own])
                real = numpy.array([float(row[metric]) for row in own])
                mixed = healthy.copy()
                mixed[first - 1:last] = real[first - 1:last]
                if (mixed == data).all():
                    ids = {row["event_id"] for row in own[first - 1:last]}
                    whole = len(ids) == 1 and own[first - 2]["event_id"] not in ids and (
                        last == len(own) or own[last]["event_id"] not in ids)
                    if whole and training == part(own, "train")[-1] + 1 and (healthy != data).any():
                        matches.append(sensor)
        problems.expect(matches and training < first <= last <= len(data), f"{path} is no event")
        counts["series"] += 1
        counts["anomalies"] += 1


def npy():
    covered = collections.Counter()
    for name in ("train", "test"):
        windows, labels, index = (numpy.load(f"{folder}/{name}_{what}.npy") for what in ("windows", "labels", "index"))
        problems.expect(windows.dtype == "<f4" and labels.dtype == "u1" and index.dtype == "<i8", f"{windows.dtype}")
        problems.expect(windows.shape[1:] == (20, 4) and labels.shape == windows.shape[:2], f"{windows.shape}")
        for window, flag, (sensor, tick) in zip(windows, labels, index):
            own = rows[sensors[sensor]][tick:tick + 20]
            expected = numpy.array([[float(row[metric] or "nan") for metric in metrics] for row in own], dtype="<f4")
            problems.expect(numpy.array_equal(window, expected, equal_nan=True), f"{name}: {sensor} at {tick}")
            problems.expect(list(flag) == flags(own), f"{name}: labels of {sensor} at {tick}")
            problems.expect({row["split"] for row in own} == {name}, f"{name}: {sensor} at {tick} is in other parts")
            counts["anomalies"] += any(flag)
        counts["series"] += len(windows)


{"timeeval": timeeval, "tsb-ad": tsb_ad, "nab": nab, "ucr": ucr, "npy": npy}[form]()
print(json.dumps({"problems": problems, "counts": dict(counts)}))
