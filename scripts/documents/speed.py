"""Figures of speed: README has those of `benchmarks/results`, and nobody's memory of them."""

import re
from collections.abc import Iterator

from .markdown import ROOT

# Row of README's table, and heading and row of the results.
_ROWS = {
    "Parquet, Zstandard": ("Parquet", "gen-dataset, Zstandard"),
    "Arrow, to a pipe": ("Arrow", "gen-dataset, to a pipe"),
    "gzip CSV": ("CSV", "gen-dataset, gzip"),
    "gzip JSON Lines": ("JSON Lines", "gen-dataset, gzip"),
    "SQLite": ("SQLite", "gen-dataset"),
}
# What README gives in figures, and two runs of one program differ by.
_SLACK = 0.03


def problems() -> Iterator[str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").split("## Speed", 1)[1]
    results = (ROOT / "benchmarks/results/rows-per-second.md").read_text(encoding="utf-8")
    for name, (heading, measured) in _ROWS.items():
        said = re.search(rf"^\| {re.escape(name)} \| (.*) \|$", readme, re.M)
        section = results.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
        found = re.search(rf"^\| \*\*{re.escape(measured)}\*\* \| (.*) \|$", section, re.M)
        if not said or not found:
            yield f"README.md: no row {name} in its table of speed, or none of {measured} in that of the results"
            continue
        _, rate, _, user, system, size, memory = (_number(cell) for cell in found[1].split(" | "))
        rates, cpu, *rest = said[1].split(" | ")
        for what, text, value in (("rows/s", rates, rate), ("CPU seconds", cpu, user + system), ("bytes", rest[0], size), ("memory", rest[1], memory)):
            bounds = [_number(word) for word in text.split(" to ")]
            unit = 0.5 if what == "bytes" else 0.011 if what == "CPU seconds" else 0
            if value and not min(bounds) * (1 - _SLACK) - unit <= value <= max(bounds) * (1 + _SLACK) + unit:
                yield f"README.md: {what} of {name} are {text}, benchmarks/results/rows-per-second.md has {value:,.6g}"


def _number(text: str) -> float:
    found = re.search(r"[\d.,]+", text)
    return float(found[0].replace(",", "")) if found else 0
