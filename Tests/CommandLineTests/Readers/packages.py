"""Loads datasets as the tools do that their README.md, croissant.json and datapackage.json are for, and compares all cells.

CITATION.cff is held against the format's schema.

packages.py FOLDER...: with the files themselves, as PyArrow and Python's own modules read them.
"""

import csv
import glob
import gzip
import hashlib
import importlib.util
import json
import logging
import os
import re
import sys
import tempfile
import warnings

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", HF_DATASETS_DISABLE_PROGRESS_BARS="1", HF_HOME=tempfile.mkdtemp())
warnings.simplefilter("ignore")
logging.disable(logging.WARNING)

import datasets
import frictionless
import jsonschema
import mlcroissant
import pyarrow.parquet
import yaml
from dataset import Problems

# What pandas takes for nothing unless told otherwise.
NOTHING = ["", "null", "NA", "None", "nan", "NULL", "N/A"]


def rows_of(path):
    """The rows of a file as dictionaries; those of its shards one behind the other."""
    if path.endswith("*"):
        return [row for shard in sorted(glob.glob(path)) for row in rows_of(shard)]
    if path.endswith(".parquet"):
        return pyarrow.parquet.read_table(path).to_pylist()
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        if ".jsonl" in path:
            return [json.loads(line) for line in file]
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file, strict=True)]


def text(value):
    """A value that a tool has made of a cell, as the cell would be written."""
    if value is None or value != value:
        return None
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, bool):
        return str(value).lower()
    if hasattr(value, "isoformat"):
        naive = value.replace(tzinfo=None)
        return naive.isoformat() + ("" if naive.microsecond else ".000000")
    return str(value)


def is_same(expected, value, loose):
    """Whether a tool has kept a cell; if loose, as far as pandas does at its defaults."""
    if isinstance(expected, dict):
        return isinstance(value, dict) and all(is_same(expected[key], value.get(key), loose) for key in expected)
    expected, value = text(expected), text(value)
    if expected == value or loose and value is None and expected in NOTHING:
        return True
    if expected is None or value is None:
        return False
    try:
        return float(expected) == float(value)
    except ValueError:
        return expected.removesuffix("Z") == value.removesuffix("Z")


def compare(problems, what, expected, found, loose=False):
    """Cell by cell; how many cells."""
    problems.expect(len(expected) == len(found), f"{what}: {len(found)} rows of {len(expected)}")
    for number, (row, own) in enumerate(zip(expected, found)):
        problems.expect(set(row) == set(own), lambda: f"{what}: columns {set(row) ^ set(own)}")
        for key in row:
            same = is_same(row[key], own.get(key), loose)
            problems.expect(same, lambda: f"{what}, row {number}: {key} is {own.get(key)!r}, not {row[key]!r}")
    return len(expected) * len(expected[0]) if expected else 0


def hugging_face(folder, problems):
    """What load_dataset gives, by the card alone."""
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        card = file.read()
    head = yaml.safe_load(card.split("---\n")[1])
    cells = 0
    names = [configuration["config_name"] for configuration in head["configs"]]
    problems.expect(names[0] == "readings", f"configurations {names}")
    for number, configuration in enumerate(head["configs"]):
        name = configuration["config_name"]
        arguments = [] if number == 0 else [name]
        loaded = datasets.load_dataset(folder, *arguments)
        problems.expect(list(loaded) == [item["split"] for item in configuration["data_files"]], f"{name}: splits {list(loaded)}")
        for item in configuration["data_files"]:
            expected = rows_of(os.path.join(folder, item["path"]))
            cells += compare(problems, f"datasets, {item['path']}", expected, loaded[item["split"]].to_list())
    # What no configuration loads has a line that does.
    for name, call in re.findall(r'^(\w+) = (load_dataset\("\w+", data_files=.*\))$', card, re.MULTILINE):
        loaded = eval(call.replace("PATH", folder), {"load_dataset": datasets.load_dataset})["train"]
        cells += compare(problems, f"datasets, {name}.csv", rows_of(os.path.join(folder, f"{name}.csv")), loaded.to_list())
        names.append(name)
    tables = {os.path.basename(path).split(".")[0] for path in glob.glob(os.path.join(folder, "*.csv"))}
    # Files of parts are splits of the readings.
    tables = {table for table in tables if not table.startswith("readings")}
    problems.expect(tables <= set(names), f"the card loads {names}, and not all of {tables}")
    return cells


def croissant(folder, problems):
    """What mlcroissant validates and gives."""
    path = os.path.join(folder, "croissant.json")
    with open(path, encoding="utf-8") as file:
        stated = json.load(file)
    for item in stated["distribution"]:
        if item["@type"] == "cr:FileSet":
            files = [file["contentUrl"] for file in stated["distribution"] if file["@type"] == "cr:FileObject"]
            found = [path for path in files if path.startswith(item["includes"].removesuffix("*"))]
            shards = [os.path.relpath(path, folder) for path in sorted(glob.glob(os.path.join(folder, item["includes"])))]
            problems.expect(shards == found != [], f"{item['@id']}: {found}, not {shards}")
            continue
        with open(os.path.join(folder, item["contentUrl"]), "rb") as file:
            problems.expect(hashlib.sha256(file.read()).hexdigest() == item["sha256"], f"{item['@id']}: its digest")
    dataset = mlcroissant.Dataset(jsonld=path)
    issues = dataset.metadata.ctx.issues
    problems.expect(not issues.errors, f"mlcroissant: {issues.report()}")
    cells = 0
    for record_set in stated["recordSet"]:
        name = record_set["@id"]
        records = list(dataset.records(name))
        if "data" in record_set:
            problems.expect(len(records) == len(record_set["data"]), f"{name}: {records}")
            continue
        source = record_set["field"][0]["source"]
        source = source.get("fileSet", source.get("fileObject"))["@id"]
        expected = rows_of(os.path.join(folder, source))
        if ".jsonl" in source:
            places = {field["name"]: (field["source"]["extract"]["column"], field["source"].get("transform")) for field in record_set["field"]}
            expected = [
                {key: row[column][inner["jsonPath"][2:]] if inner else row[column] for key, (column, inner) in places.items()}
                for row in expected
            ]
        found = [{key.removeprefix(name + "/"): value for key, value in record.items()} for record in records]
        cells += compare(problems, f"mlcroissant, {source}", expected, found, loose=".parquet" not in source)
    return cells


def data_package(folder, problems):
    """What frictionless validates and gives."""
    path = os.path.join(folder, "datapackage.json")
    report = frictionless.validate(path)
    problems.expect(report.valid, f"frictionless: {report.flatten(['title', 'note'])[:3]}")
    cells = 0
    for resource in frictionless.Package(path).resources:
        with resource:
            found = [row.to_dict() for row in resource.row_stream]
        cells += compare(problems, f"frictionless, {resource.path}", rows_of(os.path.join(folder, resource.path)), found)
    return cells


def citation(folder, problems):
    """What the schema of the Citation File Format allows, as cffconvert has it; how many works are cited."""
    path = os.path.join(folder, "CITATION.cff")
    if not os.path.exists(path):
        return 0
    # Without the rest of cffconvert, which wants an older jsonschema.
    package = importlib.util.find_spec("cffconvert").submodule_search_locations[0]
    with open(os.path.join(package, "schemas/1.2.0/schema.json"), encoding="utf-8") as file:
        checker = jsonschema.Draft7Validator(json.load(file), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    with open(path, encoding="utf-8") as file:
        stated = yaml.load(file, Loader=CitationLoader)
    for error in checker.iter_errors(stated):
        problems.append(f"CITATION.cff: {error.json_path}: {error.message}"[:300])
    return 1


class CitationLoader(yaml.SafeLoader):
    """YAML whose days are texts, as the Citation File Format has them."""


CitationLoader.add_constructor("tag:yaml.org,2002:timestamp", yaml.SafeLoader.construct_yaml_str)


def main():
    problems = Problems()
    counts = {"huggingface": 0, "croissant": 0, "frictionless": 0, "citations": 0}
    for folder in sys.argv[1:]:
        own = Problems()
        counts["huggingface"] += hugging_face(folder, own)
        counts["croissant"] += croissant(folder, own)
        counts["frictionless"] += data_package(folder, own)
        counts["citations"] += citation(folder, own)
        problems += [f"{os.path.basename(folder)}: {problem}" for problem in own]
    print(json.dumps({"problems": problems, "counts": counts}))


if __name__ == "__main__":
    main()
