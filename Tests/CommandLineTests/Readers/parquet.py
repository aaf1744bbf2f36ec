"""parquet.py DATASET...: whether all readers of Parquet find in readings.parquet what stands in readings.csv.

Cell by cell, and by conditions on each column, as bounds that are wrong show only there; and whether the file is laid out as
readers need it. Likewise, cell by cell, events.parquet and sensors.parquet.
"""

import bisect
import collections
import datetime
import json
import math
import os
import re
import sys
import tempfile

import chdb
import duckdb
import fastparquet
import polars
import pyarrow
import pyarrow.dataset
import pyarrow.parquet

from cells import Cells
from dataset import Problems
import parquet_pages


def check(folder):
    """What is wrong with the files of one dataset, and how much was compared."""
    path = os.path.abspath(folder + "/readings.parquet")
    problems, counts = Problems(), collections.Counter()
    file = pyarrow.parquet.ParquetFile(path, page_checksum_verification=True)
    schema, meta = file.schema_arrow, file.metadata
    names = schema.names

    cells = Cells(folder, schema, problems, counts)
    rows, expected = cells.rows, cells.expected
    duck = duckdb.connect()
    duck.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = true")

    def compare_all(path, cells, table):
        """All readers on one file, which PyArrow has read as a table."""
        names, label = list(cells.expected), os.path.basename(path)
        cells.compare(f"{label}: pyarrow", {name: column.to_pylist() for name, column in zip(names, table.columns)})
        found = duck.execute(f"FROM read_parquet('{path}')").fetchall()
        cells.compare(f"{label}: DuckDB", {name: [row[i] for row in found] for i, name in enumerate(names)})
        cells.compare(f"{label}: Polars", polars.read_parquet(path).to_dict(as_series=False))
        if not cells.rows:
            return
        frame = fastparquet.ParquetFile(path).to_pandas()
        cells.compare(f"{label}: fastparquet", {name: frame[name].tolist() for name in frame.columns})
        with tempfile.TemporaryDirectory() as place:
            found = chdb.query(
                f"SELECT * FROM file('{path}', Parquet) SETTINGS input_format_parquet_preserve_order = 1", "ArrowTable", place
            )
            cells.compare(f"{label}: chdb", {name: column.to_pylist() for name, column in zip(found.column_names, found.columns)})

    compare_all(path, cells, file.read())

    # The small tables beside it.
    for table in ("events", "sensors"):
        beside = os.path.abspath(f"{folder}/{table}.parquet")
        small, own = pyarrow.parquet.ParquetFile(beside, page_checksum_verification=True), collections.Counter()
        compare_all(beside, Cells(folder, small.schema_arrow, problems, own, table), small.read())
        parquet_pages.check(beside, small.metadata, problems, collections.Counter())
        counts[table] = own["rows"]

    # What conditions find, which bounds of pages and row groups may leave out.
    data = pyarrow.dataset.dataset(path)
    lazy = polars.scan_parquet(path)
    for name in names:
        values = sorted(value for value in expected[name] if value is not None)
        nulls = len(expected[name]) - len(values)
        column, field = polars.col(name), pyarrow.dataset.field(name)
        kind = schema.field(name).type
        trials = [(nulls, column.is_null(), field.is_null(), f'"{name}" IS NULL', [])]
        distinct = sorted(set(values))
        for value in distinct[:: max(1, len(distinct) // 3)] + distinct[-1:]:
            zoned = value.replace(tzinfo=datetime.timezone.utc) if pyarrow.types.is_timestamp(kind) and kind.tz else value
            scalar = pyarrow.scalar(zoned, kind)
            begin, end = bisect.bisect_left(values, value), bisect.bisect_right(values, value)
            trials.append((end - begin, column == zoned, field == scalar, f'"{name}" = ?', [zoned]))
            trials.append((len(values) - end, column > zoned, field > scalar, f'"{name}" > ?', [zoned]))
            trials.append((end, column <= zoned, field <= scalar, f'"{name}" <= ?', [zoned]))
        for count, of_polars, of_arrow, of_duck, parameters in trials:
            results = {
                "Polars": lazy.filter(of_polars).select(polars.len()).collect().item(),
                "PyArrow": data.count_rows(filter=of_arrow),
                "DuckDB": duck.execute(f"SELECT count(*) FROM read_parquet('{path}') WHERE {of_duck}", parameters).fetchone()[0],
            }
            for reader, result in results.items():
                problems.expect(result == count, f"{reader}: {result} rows, not {count}, where {of_duck} {parameters}")
            counts["conditions"] += 1

    # How the file is laid out.
    problems.expect(re.fullmatch(r"gen-dataset version \S+ \(build \S+\)", meta.created_by), meta.created_by)
    keys = meta.metadata or {}
    own = {b"gen-dataset.content_sha256", b"gen-dataset.recipe_sha256", b"gen-dataset.units"}
    problems.expect(set(keys) == own, f"keys {list(keys)}")
    with open(folder + "/manifest.json", encoding="utf-8") as manifest:
        told = json.load(manifest)
    problems.expect(keys[b"gen-dataset.content_sha256"].decode() == told["content_sha256"], "another digest of the content")
    problems.expect(keys[b"gen-dataset.recipe_sha256"].decode() == told["recipe_sha256"], "another digest of the recipe")
    json.loads(keys[b"gen-dataset.units"])
    problems.expect(meta.num_rows == len(rows), f"{meta.num_rows} rows")
    offset = 4
    for group_index in range(meta.num_row_groups):
        group = meta.row_group(group_index)
        problems.expect(len(group.sorting_columns) <= 1, "more than one sorting column")
        for sorting in group.sorting_columns:
            counts["sorted"] += 1
            problems.expect(names[sorting.column_index] in ("timestamp", "id"), "sorted by another column")
        for index in range(meta.num_columns):
            chunk = group.column(index)
            place = f"{names[index]} of group {group_index}"
            first = chunk.dictionary_page_offset if chunk.has_dictionary_page else chunk.data_page_offset
            problems.expect(first == offset, f"{place} begins at {first}, not {offset}")
            problems.expect(chunk.has_dictionary_page or chunk.dictionary_page_offset is None, f"{place}: an offset of no dictionary")
            problems.expect(not chunk.has_dictionary_page or chunk.data_page_offset > first, f"{place}: data before the dictionary")
            problems.expect(chunk.has_column_index and chunk.has_offset_index, f"{place} is not in the page index")
            offset += chunk.total_compressed_size
            told = chunk.statistics
            problems.expect(told is not None and told.has_null_count, f"{place} has no statistics")
            problems.expect(told is None or told.num_values == 0 or told.has_min_max, f"{place} has no bounds")
            if told is not None and told.has_min_max and isinstance(told.min, float):
                problems.expect(told.min != 0 or math.copysign(1, told.min) < 0, f"{place}: the least is +0")
                problems.expect(told.max != 0 or math.copysign(1, told.max) > 0, f"{place}: the greatest is -0")
            for encoding in chunk.encodings:
                counts[encoding] += 1
        counts["groups"] += 1
    for index in range(len(names)):
        column = meta.schema.column(index)
        problems.expect(schema.field(index).metadata is None, f"{column.name} has {schema.field(index).metadata}")
        kind = column.logical_type.to_json()
        problems.expect(
            "Int" not in kind and (column.physical_type, column.logical_type.type) in {
                ("INT32", "NONE"), ("INT64", "NONE"), ("DOUBLE", "NONE"), ("BYTE_ARRAY", "STRING"), ("INT64", "TIMESTAMP"),
            },
            f"{column.name} is {column.physical_type} {kind}",
        )
        if column.logical_type.type == "TIMESTAMP":
            counts["utc"] += json.loads(kind)["isAdjustedToUTC"]
            problems.expect(json.loads(kind)["timeUnit"] == "microseconds", kind)
    parquet_pages.check(path, meta, problems, counts)
    return {"problems": problems, "counts": counts}


print(json.dumps([check(folder) for folder in sys.argv[1:]]))
