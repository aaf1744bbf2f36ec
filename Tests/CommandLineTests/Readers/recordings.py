"""recordings.py DATA FOLDER: writes the CSV of a recording with the columns ts, pump, T1, "Flow (l/s)" and remark as other files.

Parquet by four writers, in all their encodings and compressions, and a database of SQLite. Prints the names of the files.
"""

import decimal
import json
import os
import sqlite3
import sys

import duckdb
import fastparquet
import pandas
import polars
import pyarrow
import pyarrow.csv
import pyarrow.parquet

data, folder = map(os.path.abspath, sys.argv[1:3])
os.makedirs(folder, exist_ok=True)
os.chdir(folder)
table = pyarrow.csv.read_csv(data)
assert table.schema.types == [pyarrow.timestamp("s"), pyarrow.string(), pyarrow.float64(), pyarrow.int64(), pyarrow.string()], table.schema
names = []


def with_column(name, column):
    return table.set_column(table.schema.get_field_index(name), name, column)


def write(name, table=table, **options):
    pyarrow.parquet.write_table(table, name + ".parquet", **options)
    names.append(name + ".parquet")


for codec in ("none", "snappy", "gzip", "zstd"):
    for version in ("1.0", "2.0"):
        write(f"{codec}-{version[0]}", compression=codec, data_page_version=version, row_group_size=1_000, data_page_size=2_000)
write("plain", use_dictionary=False)
write("delta", use_dictionary=False, column_encoding={
    "ts": "DELTA_BINARY_PACKED", "pump": "DELTA_BYTE_ARRAY", "T1": "BYTE_STREAM_SPLIT", "Flow (l/s)": "DELTA_BINARY_PACKED",
    "remark": "DELTA_LENGTH_BYTE_ARRAY",
})
for unit in ("ms", "us", "ns"):
    write(f"time-{unit}", with_column("ts", table["ts"].cast(pyarrow.timestamp(unit, "UTC" if unit == "us" else None))))
write("int96", use_deprecated_int96_timestamps=True)
texts = table["T1"].to_pylist()
for precision in (8, 18, 30):
    column = pyarrow.array([None if value is None else decimal.Decimal(str(value)) for value in texts], pyarrow.decimal128(precision, 1))
    write(f"decimal-{precision}", with_column("T1", column))
    if precision < 30:
        write(f"decimal-{precision}-integer", with_column("T1", column), store_decimal_as_integer=True)
for kind in (pyarrow.int16(), pyarrow.int32(), pyarrow.uint16()):
    write(f"flow-{kind}", with_column("Flow (l/s)", table["Flow (l/s)"].cast(kind)), use_dictionary=kind != pyarrow.int32())
write("float", with_column("T1", table["T1"].cast(pyarrow.float32())), use_dictionary=False)
nested = pyarrow.array([[1, 2]] * table.num_rows), pyarrow.array([{"a": 1, "b": "x"}] * table.num_rows)
write("nested", table.add_column(0, "list", nested[0]).add_column(2, "record", nested[1]))
duckdb.from_arrow(table).write_parquet("duckdb.parquet")
polars.from_arrow(table).write_parquet("polars.parquet")
frame = table.to_pandas()
fastparquet.write("fastparquet.parquet", frame.assign(ts=frame.ts.astype("datetime64[us]")))
frame.to_parquet("pandas.parquet")
names += ["duckdb.parquet", "polars.parquet", "fastparquet.parquet", "pandas.parquet"]

with sqlite3.connect("plant.db") as database:
    database.execute('CREATE TABLE readings (ts TEXT, pump TEXT, T1 REAL, "Flow (l/s)" INTEGER, remark TEXT)')
    database.execute("CREATE INDEX narrow ON readings (remark, ts)")
    database.execute("CREATE TABLE notes (note TEXT)")
    rows = zip(*(column.to_pylist() for column in table.columns))
    database.executemany("INSERT INTO readings VALUES (?, ?, ?, ?, ?)", ((row[0].isoformat(), *row[1:]) for row in rows))
database.close()
names.append("plant.db")
# What is refused.
write("brotli", compression="brotli")
write("moment", with_column("ts", pyarrow.array([value * 1_000_000_000 + 1 for value in table["ts"].cast(pyarrow.int64()).to_pylist()], pyarrow.timestamp("ns"))))
write("twice", pyarrow.concat_tables([table, table.slice(7, 1)]))
del names[-3:]
pandas.DataFrame({"x": [1.0]}).to_parquet("timeless.parquet")
with sqlite3.connect("two.db") as database:
    for name in ("pumps", "valves"):
        database.execute(f"CREATE TABLE {name} (time TEXT, x REAL)")
database.close()
busy = sqlite3.connect("busy.db")
busy.execute("PRAGMA journal_mode = WAL")
busy.execute("CREATE TABLE readings (time TEXT, x REAL)")
busy.commit()
print(json.dumps({"names": names}), flush=True)
# Its log stays beside it.
os._exit(0)
