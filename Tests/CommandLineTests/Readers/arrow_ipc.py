"""arrow_ipc.py [DATASET STREAM]...: whether all readers of Arrow find in readings.arrow what stands in readings.csv.

The same for a file with what was written to a pipe; and whether the file is laid out as readers need it.
"""

import collections
import json
import os
import sys

import duckdb
import polars
import pyarrow
import pyarrow.ipc

from cells import Cells
from dataset import Problems


def check(folder, stream):
    """What is wrong with a file and a stream of the same dataset, and how much was compared."""
    path = os.path.abspath(folder + "/readings.arrow")
    problems, counts = Problems(), collections.Counter()
    mapped = pyarrow.memory_map(path)
    file = pyarrow.ipc.open_file(mapped)
    schema = file.schema
    cells = Cells(folder, schema, problems, counts)

    def frame(reader, found):
        cells.compare(reader, found.to_dict(as_series=False))

    whole = file.read_all()
    whole.validate(full=True)
    cells.compare("PyArrow", {name: column.to_pylist() for name, column in zip(schema.names, whole.columns)})
    if whole.num_rows:
        table = whole.to_pandas()
        cells.compare("pandas", {name: table[name].tolist() for name in table.columns})
    duck = duckdb.connect()
    duck.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = true")
    found = duck.from_arrow(whole).fetchall()
    cells.compare("DuckDB", {name: [row[i] for row in found] for i, name in enumerate(schema.names)})
    frame("Polars", polars.read_ipc(path))
    frame("Polars, lazy", polars.scan_ipc(path).collect())
    with open(stream, "rb") as pipe, pyarrow.ipc.open_stream(pipe) as batches:
        problems.expect(batches.schema.equals(schema, check_metadata=True), f"{stream}: {batches.schema}")
        table = batches.read_all()
        problems.expect(pipe.read() == b"", f"{stream}: bytes behind its end")
    table.validate(full=True)
    problems.expect(table.equals(whole, check_metadata=True), f"{stream}: other values")
    frame("a stream of Polars", polars.read_ipc_stream(stream))

    # How the file is laid out.
    with open(folder + "/manifest.json", encoding="utf-8") as manifest:
        told = json.load(manifest)
    own = {f"gen-dataset.{key}".encode(): told[key].encode() for key in ("content_sha256", "recipe_sha256")}
    problems.expect(file.metadata == own, f"metadata {file.metadata}")
    problems.expect(not schema.metadata, f"the schema has {schema.metadata}")
    units = {column["column"]: column.get("unit") for column in told["schema"]}
    for field in schema:
        unit = (field.metadata or {}).get(b"unit", b"").decode() or None
        problems.expect(field.name not in units or unit == units[field.name], f"{field.name} is in {unit}")
        if pyarrow.types.is_timestamp(field.type):
            problems.expect(field.type.unit == "us", f"{field}")
            counts["utc"] += field.type.tz == "UTC"
        if pyarrow.types.is_dictionary(field.type):
            counts[f"{field.type.index_type} codes"] += 1
    for number in range(file.num_record_batches):
        batch = file.get_batch(number)
        counts["batches"] += 1
        for name, column in zip(schema.names, batch.columns):
            bits = column.buffers()[0]
            problems.expect((bits is None) == (column.null_count == 0), f"{name} of batch {number} has needless bits")
            problems.expect(schema.field(name).nullable or column.null_count == 0, f"{name} of batch {number} has NULLs")
            counts["null columns"] += column.null_count == len(column) > 0
            counts["full columns"] += schema.field(name).nullable and column.null_count == 0
            # In a file that is mapped into memory, pages begin at multiples of 4096.
            for buffer in column.buffers():
                problems.expect(buffer is None or buffer.address % 64 == 0, f"{name} of batch {number} is not aligned")
    return {"problems": problems, "counts": counts}


print(json.dumps([check(*pair) for pair in zip(sys.argv[1::2], sys.argv[2::2], strict=True)]))
