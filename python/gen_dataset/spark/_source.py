"""What Spark asks of a data source."""

from __future__ import annotations

import dataclasses
import difflib
import functools
from collections.abc import Collection, Iterator, MutableMapping, Sequence

import pyarrow
from pyspark.sql.datasource import DataSource, DataSourceReader, DataSourceStreamReader, InputPartition
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from .._parts import GREATEST_COUNT, Parts, decoded, part_count, resolve
from .._recipe import YAML, Recipe, Source
from ._task import Shard, Task

_SHAPE = ("seed", "start", "duration", "end", "sensors")
_SELECTION = ("columns", "from", "to", "only_sensors")
_OPTIONS = ("path", "recipe", "shards", "shards_per_batch", "threads", *_SELECTION, *_SHAPE)


class DefaultSource(DataSource):
    """`spark.read.format("gen_dataset")`, and `spark.readStream`.

    | option | what it is |
    | --- | --- |
    | `recipe`, or the argument of `load` | a path on the driver, the name of a bundled recipe, or a recipe itself: what has a line break, or begins with a brace |
    | `columns` | names, with commas between; so does `schema`, with types |
    | `from`, `to`, `only_sensors` | a part of the readings, as on the command line |
    | `seed`, `start`, `duration`, `end`, `sensors`, `set.KEY` | as on the command line |
    | `shards` | the number of partitions; by default one for each million readings |
    | `shards_per_batch` | of a stream, how many of the shards each micro-batch has; 1 by default |
    | `threads` | of each task; 1, and should be `spark.task.cpus` |

    Conditions of queries are left to Spark: Spark 4.3 has a frame that has once been asked with conditions keep them for later queries without.
    """

    def __init__(self, options: MutableMapping[str, str]) -> None:
        super().__init__(options)
        for name in options:
            if name not in _OPTIONS and not name.startswith("set."):
                raise ValueError(f"option {name}: there is no such option; {_hint(name, [*_OPTIONS, 'set.KEY'])}")
        if ("path" in options) == ("recipe" in options):
            raise ValueError("option recipe: name one recipe, either by load or by this option")
        self._shards = self._number("shards", GREATEST_COUNT)
        self._shards_per_batch = self._number("shards_per_batch", GREATEST_COUNT)
        self._threads = self._number("threads", 1_024) or 1

    @classmethod
    def name(cls) -> str:
        return "gen_dataset"

    def schema(self) -> StructType:
        return from_arrow_schema(decoded(self._resolved[0].schema()), prefer_timestamp_ntz=True)

    def reader(self, schema: StructType) -> DataSourceReader:
        if self._shards_per_batch:
            raise ValueError("option shards_per_batch: only a stream has micro-batches; see spark.readStream")
        return _Reader(*self._task(schema))

    def streamReader(self, schema: StructType) -> DataSourceStreamReader:
        # Earlier than 4.2 Spark knows no limits of a batch.
        from ._stream import StreamReader

        return StreamReader(*self._task(schema), self._shards_per_batch or 1)

    def _task(self, schema: StructType) -> tuple[Task, int]:
        """What tasks do, and the number of shards."""
        parts, readings = self._resolved
        # A schema that is asked for may name any columns of the recipe.
        known = decoded(dataclasses.replace(parts, columns=None).schema())
        types = {field.name: field.dataType for field in from_arrow_schema(known, prefer_timestamp_ntz=True)}
        for field in schema:
            if field.name not in types:
                raise ValueError(f"schema: no column is called {field.name}; {_hint(field.name, types)}")
            if field.dataType != types[field.name]:
                raise ValueError(f"schema: {field.name} is {types[field.name].simpleString()}, not {field.dataType.simpleString()}")
        # Spark compares the schema of batches with its own, in which columns may be nullable that are not.
        wanted = pyarrow.schema([pyarrow.field(field.name, known.field(field.name).type, field.nullable) for field in schema])
        return Task(dataclasses.replace(parts, columns=tuple(schema.names)), wanted), self._shards or part_count(readings)

    @functools.cached_property
    def _resolved(self) -> tuple[Parts, int]:
        told = self.options
        text = told["recipe"] if "recipe" in told else told["path"]
        recipe: Source = Recipe(text) if "\n" in text or text.lstrip().startswith("{") else text
        columns = told.get("columns")
        return resolve(
            recipe,
            None if columns is None else [name.strip() for name in columns.split(",")],
            from_=told.get("from"),
            to=told.get("to"),
            only_sensors=told.get("only_sensors"),
            threads=self._threads,
            set={name.removeprefix("set."): YAML(value) for name, value in told.items() if name.startswith("set.")},
            **{name: told[name] for name in _SHAPE if name in told},
        )

    def _number(self, name: str, greatest: int) -> int | None:
        text = self.options.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= greatest):
            raise ValueError(f"option {name}: {text} is not a whole number from 1 to {greatest}")
        return int(text)


class _Reader(DataSourceReader):
    """All shards at once."""

    def __init__(self, task: Task, shards: int) -> None:
        self._task = task
        self._shards = shards

    def partitions(self) -> Sequence[InputPartition]:
        return [Shard(index, self._shards) for index in range(self._shards)]

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        return self._task.read(partition)


def _hint(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else "there are " + ", ".join(known)
