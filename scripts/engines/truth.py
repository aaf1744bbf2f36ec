"""What engines are held against: the CSV of a dataset, as a table of Arrow with texts as texts."""

import pathlib

import pyarrow

import gen_dataset

# Commas, quotes, wildcards, NULL, readings that are not there, metrics that not all sensors have, more than one block.
FLEET = """\
dataset: {name: engines, seed: 11, start: 2025-01-05, duration: {duration}}
simulation: {interval: 2s}
metrics:
  temperature: {}
  humidity: {}
  door: {model: state, states: {closed: 0.7, ajar: 0.3}, dwell: 90s}
fleet:
  - {count: 3, prefix: 'A,"B"', location: Oslo, manufacturer: 'Müller "& Söhne", Inc.', model: 'NaN'}
  - {count: 3, prefix: 'C*?', metrics: [temperature, door], location: Lima, firmware_version: 1.10.0}
anomalies: {probability: 0.2, types: {spike: {}, trend: {}, missing_data: {duration: 1m, modes: [null, omit]}}}
"""


def recipe(name="fleet.yaml", duration="6h"):
    """The recipe as a file."""
    pathlib.Path(name).write_text(FLEET.replace("{duration}", duration), encoding="utf-8")
    return name


def write():
    """The recipe as a file, and its readings as they are in the CSV."""
    name = recipe()
    return name, texts(gen_dataset.generate(name, "truth", format="csv", overwrite=True).to_arrow())


def texts(table):
    """A table whose dictionaries are texts."""
    fields = [field.with_type(pyarrow.string()) if pyarrow.types.is_dictionary(field.type) else field for field in table.schema]
    return table.cast(pyarrow.schema(fields, metadata=None))


def check(what, found, expected):
    """Whether two tables have the same rows, in whatever order; says so."""
    found, expected = (texts(table.select(expected.schema.names)).sort_by("id") for table in (found, expected))
    assert found.num_rows == expected.num_rows, f"{what}: {found.num_rows:,} rows, not {expected.num_rows:,}"
    for name in expected.schema.names:
        is_same = found[name].cast(expected[name].type).combine_chunks().equals(expected[name].combine_chunks())
        assert is_same, f"{what}: {name} differs"
    print(f"{what}: {found.num_rows:,} rows agree", flush=True)
