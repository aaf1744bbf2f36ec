"""examples.py PAGE FOLDER: runs the examples of a page in a folder, and looks at the tables that they have read."""

import json
import os
import re
import sys

import duckdb
from dataset import Problems, csv_rows, text_of

page, folder = sys.argv[1:]
os.chdir(folder)
problems = Problems()
with open(page, encoding="utf-8") as file:
    text = file.read()
dataset = "datasets/ml-training"
stored = {
    "readings": csv_rows(text_of(dataset, "readings.csv", problems)),
    "events": csv_rows(text_of(dataset, "events.csv", problems)),
    "sensors": csv_rows(text_of(dataset, "sensors.csv", problems)),
}
WORDS = {
    "readings": ["sensor_id", "firmware_version", "model", "manufacturer", "serial_number", "anomaly_type"],
    "events": ["sensor_id", "mode", "metrics"],
    "sensors": ["sensor_id", "firmware_version", "model", "manufacturer", "serial_number", "country"],
}


def column(table, name):
    """The values of a column of whatever has read it; None for NULL."""
    if hasattr(table, "fetchall"):
        values = [row[0] for row in table.project(f'"{name}"').fetchall()]
    else:
        values = table[name].to_pylist() if hasattr(table[name], "to_pylist") else table[name].to_list() if hasattr(table[name], "to_list") else list(table[name])
    return [None if value is None or value != value else value for value in values]


count = 0
for language, code in re.findall(r"```(python|sql)\n(.*?)```", text, re.S):
    if dataset not in code:
        continue
    count += 1
    names = {}
    if language == "sql":
        for statement in code.split(";"):
            if statement.strip():
                duckdb.sql(statement).fetchall()
        continue
    exec(compile(code, page, "exec"), names)
    for table, words in WORDS.items():
        if table not in names:
            continue
        for name in words:
            expected = [row[name] for row in stored[table]]
            problems.expect(
                column(names[table], name) == expected,
                f"example {count}: {table}.{name} is {sorted(set(map(str, column(names[table], name))))[:6]}",
            )
        if table == "events":
            problems.expect(len(column(names[table], "start")) == len(expected), f"example {count}: events lack rows")
print(json.dumps({"problems": problems, "counts": {"examples": count}}))
