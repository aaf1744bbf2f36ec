"""What stands in backticks, in blocks that are not run and in help: commands, options, keys, files that must be there.

A command is looked up in the program's own help, a key in its own schema, a piece of a recipe is checked by the program.
"""

import functools
import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

from . import markdown, plan, tree
from .markdown import Block, Page

_FILE = re.compile(r"^(?:Sources|Tests|benchmarks|cluster|container|datasets|docs|fuzz|python|recipes|scripts)/[\w./-]+$")
_KEY = re.compile(r"^[a-z_]+(?:\.(?:[a-z_]+|\*|[A-Z]+))+$")
_NAME = re.compile(r"\.(csv|db|gz|json|parquet|py|yaml|zst)$")
_PIECE = re.compile(r"^([a-z_]+): ?[\[{\w]")


class Program:
    """What the program says of itself."""

    def __init__(self, tool: Path):
        self.tool = tool
        self.schema = json.loads(self.run("recipes", "schema").stdout)
        self.sections = set(self.schema["properties"])

    def run(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([self.tool, *arguments], input=text, capture_output=True, text=True, check=False)

    @functools.cache
    def help(self, *command: str) -> str:
        return self.run("help", *command).stdout

    @functools.cache
    def options(self, *command: str) -> frozenset[str]:
        text = self.help(*command) + (self.help(*command, "list") if command == ("recipes",) else "")
        return frozenset(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text)) | {"--generate-completion-script", "--help", "--version", "-h"}

    @functools.cached_property
    def commands(self) -> frozenset[str]:
        return frozenset(re.findall(r"^  ([a-z]+)  ", self.help(), re.M)) | {"help"}

    def has_key(self, key: str) -> bool:
        """Whether a recipe has a key; a part in capital letters, and `*`, stand for any name."""
        nodes = [self.schema]
        for part in key.split("."):
            nodes = [child for node in nodes for inner in self._inner(node) for child in self._child(inner, part)]
        return bool(nodes)

    def _inner(self, node: object) -> Iterator[dict]:
        """A node, and what it may be instead."""
        if not isinstance(node, dict):
            return
        if "$ref" in node:
            target: object = self.schema
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]  # type: ignore[index]
            yield from self._inner(target)
            return
        yield node
        for word in ("anyOf", "oneOf", "allOf"):
            for child in node.get(word, []):
                yield from self._inner(child)

    @staticmethod
    def _child(node: dict, part: str) -> Iterator[object]:
        properties = node.get("properties", {})
        if part == "*" or part.isupper():
            yield from properties.values()
        elif part in properties:
            yield properties[part]
        extra = node.get("additionalProperties")
        if isinstance(extra, dict):
            yield extra
        # A list of groups is spoken of as one.
        if "items" in node and isinstance(node["items"], dict):
            yield from Program._child(node["items"], part)


def problems(program: Program) -> Iterator[str]:
    for page in markdown.pages():
        # What has been is not what is.
        if page.name == "CHANGELOG.md" or page.name.startswith("benchmarks/"):
            continue
        for span in page.codes:
            for problem in _of_code(program, span.text):
                yield f"{span.place}: `{span.text}`: {problem}"
        for block in page.blocks:
            for problem in _of_block(program, page, block):
                yield f"{block.place}: {problem}"
    for command in sorted(program.commands - {"help"}):
        for line in re.sub(r"\n--", " --", program.help(command)).split("\n"):
            if line.startswith("  gen-dataset "):
                for problem in _of_command(program, line):
                    yield f"gen-dataset help {command}: {problem}"


def _of_code(program: Program, text: str) -> Iterator[str]:
    if text in plan.MADE:
        return
    if text.startswith("gen-dataset "):
        yield from _of_command(program, text)
    elif _FILE.match(text) and not tree.holds(text):
        yield "there is no such file"
    elif _KEY.match(text) and text.split(".")[0] in program.sections and not _NAME.search(text):
        if not program.has_key(text):
            yield "a recipe has no such key"
    elif (found := _PIECE.match(text)) and found[1] in program.sections and not text.endswith("…") and "…" not in text:
        if not text.startswith(plan.NO_RECIPES):
            yield from _of_recipe(program, text)


def _of_block(program: Program, page: Page, block: Block) -> Iterator[str]:
    if block.language in ("bash", "text"):
        for line in block.text.replace("\\\n", " ").split("\n"):
            if re.match(r"^(\$ )?([A-Z_]+=\S+ )?gen-dataset ", line):
                for problem in _of_command(program, line[line.index("gen-dataset") :]):
                    yield f"{line.strip()}: {problem}"
    elif block.language == "yaml" and not block.text.startswith(plan.NO_RECIPES):
        yield from _of_recipe(program, block.text)


def _of_command(program: Program, line: str) -> Iterator[str]:
    """What is wrong about a command: its name, and the names of its options."""
    line = re.split(r"\s#\s|[|;<>]|&&|\s\.\.\.", line.strip().removeprefix("$ "))[0]
    try:
        words = shlex.split(line)[1:]
    except ValueError:
        words = line.split()[1:]
    if not words or words[0].startswith("-"):
        command: tuple[str, ...] = ()
    elif words[0] in program.commands:
        nested = re.findall(r"^  ([a-z]+)  ", program.help("recipes"), re.M) + ["list"]
        command = (words[0], words[1]) if words[0] == "recipes" and words[1:2] and words[1] in nested else (words[0],)
    else:
        yield f"there is no command {words[0]}"
        return
    for word in words:
        if re.match(r"--?[a-zA-Z]", word) and word.split("=")[0] not in program.options(*command):
            yield f"{' '.join(('gen-dataset', *command))} has no {word}"


def _of_recipe(program: Program, text: str) -> Iterator[str]:
    around = next((around for start, around in plan.AROUND.items() if text.startswith(start)), "")
    checked = program.run("recipes", "check", "-", text=f"{text}\n{around}\n")
    if checked.returncode:
        yield "no recipe: " + checked.stderr.strip().replace("\n", "; ")
