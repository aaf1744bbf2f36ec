"""Where commands stand that a reader types: pages, the comments of recipes, the program's help."""

import itertools
from collections.abc import Iterator

from . import markdown
from .markdown import ROOT, Block
from .words import Program

RUN = ("bash", "python", "sql")


def all_blocks(program: Program) -> dict[str, list[Block]]:
    """The blocks of each page that has some, in the order of the pages."""
    found: dict[str, list[Block]] = {}
    for page in markdown.pages():
        # Results are what was measured, and not how.
        if not page.name.startswith("benchmarks/") and page.blocks:
            found[page.name] = page.blocks
    for path in sorted((ROOT / "recipes").glob("*.yaml")):
        name = f"recipes/{path.name}"
        found[name] = list(_comments(name, path.read_text(encoding="utf-8")))
    for command in sorted(program.commands - {"help"}):
        name = f"gen-dataset help {command}"
        found[name] = list(_examples(name, program.help(command)))
    return {name: blocks for name, blocks in found.items() if any(block.language in RUN for block in blocks)}


def _comments(name: str, text: str) -> Iterator[Block]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#   gen-dataset "):
            yield Block(name, number, "bash", line.removeprefix("#   ") + "\n")


def _examples(name: str, text: str) -> Iterator[Block]:
    """The commands of a help text, which is broken into lines of 80 letters."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.startswith("  gen-dataset "):
            rest = itertools.takewhile(lambda word: word and not word.startswith("  "), lines[number:])
            yield Block(name, number, "bash", " ".join([line.strip(), *rest]) + "\n")
