"""Readings in parts, each of which any machine makes by itself: what the engines have in common."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow

from ._recipe import Recipe, Source, arguments_of, names_of, text_of
from ._scan import scan
from ._tool import run

GREATEST_COUNT = 100_000
"""How many parts there may be; names of files have digits for as many."""

READINGS_A_PART = 1_000_000
"""About a second of one core, and a hundred megabytes of columns."""


@dataclasses.dataclass(frozen=True)
class Parts:
    """Readings that can be taken part by part, wherever: it pickles, and needs no file of the machine that it comes from.

    `recipe` is the text of a resolved recipe, with all that shapes the data: neither the environment nor the folder of a worker changes them.
    """

    recipe: str = dataclasses.field(repr=False)
    columns: tuple[str, ...] | None = None
    from_: str | None = None
    to: str | None = None
    only_sensors: tuple[str, ...] | None = None
    threads: int | None = 1
    """Of each part. An engine gives a task one core unless it is told otherwise."""

    def schema(self) -> pyarrow.Schema:
        """The columns as the program writes them, texts as dictionaries."""
        with self._scan(None) as reader:
            return reader.schema

    def sample(self) -> pyarrow.RecordBatch:
        """The first readings; none, where there is none."""
        with self._scan(None) as reader:
            try:
                return reader.read_next_batch()
            except StopIteration:
                return pyarrow.RecordBatch.from_pylist([], schema=reader.schema)

    def read(self, index: int, count: int) -> Iterator[pyarrow.RecordBatch]:
        """The readings of one part of so many; one behind the other they are all of them.

        Raises `GenDatasetError`, wherever in the part the program breaks: what ends without an exception is whole.
        """
        with self._scan((index, count)) as reader:
            yield from reader

    def _scan(self, shard: tuple[int, int] | None) -> pyarrow.RecordBatchReader:
        return scan(
            Recipe(self.recipe), self.columns, from_=self.from_, to=self.to, only_sensors=self.only_sensors, shard=shard,
            threads=self.threads,
        )


def part_count(readings: int, least: int = 1) -> int:
    """Into how many parts an engine with so many cores takes readings, unless it is told."""
    return min(GREATEST_COUNT, max(1, least, -(-readings // READINGS_A_PART)))


def decoded(schema: pyarrow.Schema) -> pyarrow.Schema:
    """A schema with texts instead of dictionaries of texts, for engines whose columns are texts."""
    return pyarrow.schema(
        [field.with_type(pyarrow.string()) if pyarrow.types.is_dictionary(field.type) else field for field in schema]
    )


def resolve(
    recipe: Source,
    columns: str | Sequence[str] | None = None,
    *,
    from_: Any = None,
    to: Any = None,
    only_sensors: str | Sequence[str] | None = None,
    threads: int | None = 1,
    **options: Any,
) -> tuple[Parts, int]:
    """The parts of a recipe, and how many readings it describes; those of `from_`, `to` and `only_sensors` are among them.

    `options` are those of `scan` that shape the dataset: `seed`, `start`, `duration`, `end`, `sensors` and `set`.
    """
    resolved, count = resolve_recipe(recipe, "arrow", **options)
    chosen, names = names_of(columns), names_of(only_sensors)
    return (
        Parts(
            resolved,
            None if chosen is None else tuple(chosen),
            None if from_ is None else text_of(from_),
            None if to is None else text_of(to),
            None if names is None else tuple(names),
            threads,
        ),
        count,
    )


def resolve_recipe(recipe: Source, format: str, *, set: Mapping[str, Any] | None = None, **options: Any) -> tuple[str, int]:
    """The text of a recipe with all that shapes its data, for outputs of some formats, and how many readings it describes."""
    arguments, text = arguments_of(recipe, {**options, "format": format}, set)
    told = json.loads(run([arguments[0], "--dry-run", "--json", *arguments[1:]], text))
    return told["recipe"], told["readings"]


@dataclasses.dataclass(frozen=True)
class Shards:
    """A dataset that is written shard by shard into a folder, wherever; it pickles as `Parts` do."""

    recipe: str = dataclasses.field(repr=False)
    folder: str
    count: int
    threads: int = 1

    def write(self, index: int) -> None:
        """Writes one shard, or what is missing of it."""
        options = [f"--output={self.folder}", f"--shard={index}/{self.count}", f"--threads={self.threads}", "--resume", "--quiet"]
        run(["recipe", *options, "-"], self.recipe.encode())

    def merge(self) -> None:
        """Makes the shards one dataset."""
        run(["merge", "--", self.folder], b"")
