#!/usr/bin/env python3
"""Prints the line coverage of each library and of the worst files of DatasetGen, from `llvm-cov export -summary-only`.

coverage.py FILE LEAST: fails if DatasetGen has less than LEAST percent.
"""

import json
import pathlib
import sys

LIBRARIES = ["DatasetGen", "DatasetLive", "DatasetMonitoring", "gen-dataset"]


def main() -> int:
    root = pathlib.Path(__file__).resolve().parent.parent
    files = json.loads(pathlib.Path(sys.argv[1]).read_text())["data"][0]["files"]
    percents = {}
    for library in LIBRARIES:
        folder = f"{root}/Sources/{library}/"
        lines = [(f["filename"].removeprefix(folder), f["summary"]["lines"]) for f in files if f["filename"].startswith(folder)]
        count, covered = sum(l["count"] for _, l in lines), sum(l["covered"] for _, l in lines)
        percents[library] = 100 * covered / count if count else 0
        print(f"{percents[library]:6.2f} %  {covered} of {count} lines  {library}")
        if library == LIBRARIES[0]:
            worst = sorted(lines, key=lambda line: line[1]["covered"] - line[1]["count"])[:12]
    print("most lines that no test reaches:")
    for name, line in worst:
        print(f"  {line['count'] - line['covered']:4} of {line['count']:4}  {name}")
    return 0 if percents[LIBRARIES[0]] >= float(sys.argv[2]) else 1


sys.exit(main())
