"""split_files.py WHOLE PARTS: whether the files that PARTS has for each part of its splits have the rows of WHOLE that say so."""

import csv
import io
import json
import sys

import pyarrow.compute as pc
import pyarrow.parquet as pq
from dataset import Problems, text_of

whole, parts = sys.argv[1:]
problems = Problems()
with open(parts + "/manifest.json", encoding="utf-8") as file:
    manifest = json.load(file)
names = [part["split"] for part in manifest["splits"]["parts"] if part["split"]]
stated = {file["path"]: (file["rows"], file.get("split")) for file in manifest["files"]}
counts = {"files": 0, "rows": 0, "none": 0}


def check(path, rows, expected, split):
    found = next((value for key, value in stated.items() if key.startswith(path)), None)
    problems.expect(found == (len(expected), split), f"{path}: {found} stated, {len(expected)} rows of {split}")
    problems.expect(rows == expected, f"{path}: other rows than those of {split}")
    counts["files"] += 1
    counts["rows"] += len(expected)


# Rows of CSV as they are written but for the last column, and lines of JSON but for the last key.
header, *rows = csv.reader(io.StringIO(text_of(whole, "readings.csv", problems)))
problems.expect(header[-1] == "split", "the whole has no column split")
lines = [(json.loads(line)["split"], line) for line in text_of(whole, "readings.jsonl", problems).splitlines()]
table = pq.read_table(whole + "/readings.parquet")
counts["none"] = sum(row[-1] == "" for row in rows)
for split in names:
    own_header, *own = csv.reader(io.StringIO(text_of(parts, f"readings-{split}.csv", problems)))
    problems.expect(own_header == header[:-1], f"{split}: columns {own_header}")
    check(f"readings-{split}.csv", own, [row[:-1] for row in rows if row[-1] == split], split)
    own = text_of(parts, f"readings-{split}.jsonl", problems).splitlines()
    tail = f',"split":"{split}"' + "}"
    check(f"readings-{split}.jsonl", own, [line[: -len(tail)] + "}" for part, line in lines if part == split], split)
    own = pq.read_table(parts + f"/readings-{split}.parquet")
    expected = table.filter(pc.equal(table["split"], split)).drop(["split"])
    check(f"readings-{split}.parquet", own.to_pylist(), expected.to_pylist(), split)
print(json.dumps({"problems": problems, "counts": counts}))
