#!/usr/bin/env python3
"""Prints the line coverage of each library and of the worst files of the four that make datasets, from `llvm-cov export
-summary-only`.

coverage.py FILE LEAST: fails if the four together have less than LEAST percent.
"""

import json
import pathlib
import sys

CORE = ["DatasetGen", "DatasetFormats", "DatasetFiles", "DatasetChecks"]
LIBRARIES = CORE + ["DatasetLive", "DatasetMonitoring", "gen-dataset"]


def main() -> int:
    root = pathlib.Path(__file__).resolve().parent.parent
    files = json.loads(pathlib.Path(sys.argv[1]).read_text())["data"][0]["files"]
    worst, core, core_covered = [], 0, 0
    for library in LIBRARIES:
        folder = f"{root}/Sources/{library}/"
        lines = [(f["filename"].removeprefix(folder), f["summary"]["lines"]) for f in files if f["filename"].startswith(folder)]
        count, covered = sum(l["count"] for _, l in lines), sum(l["covered"] for _, l in lines)
        print(f"{100 * covered / max(1, count):6.2f} %  {covered} of {count} lines  {library}")
        if library in CORE:
            worst += [(f"{library}/{name}", line) for name, line in lines]
            core, core_covered = core + count, core_covered + covered
    print("most lines that no test reaches:")
    for name, line in sorted(worst, key=lambda line: line[1]["covered"] - line[1]["count"])[:12]:
        print(f"  {line['count'] - line['covered']:4} of {line['count']:4}  {name}")
    return 0 if 100 * core_covered >= float(sys.argv[2]) * core else 1


sys.exit(main())
