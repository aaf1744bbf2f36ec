"""What Spark asks of a data source."""

from __future__ import annotations

import dataclasses
import difflib
import functools
from collections.abc import Collection, Iterator, MutableMapping, Sequence

import pyarrow
from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StructType

from .._parts import GREATEST_COUNT, Parts, decoded, part_count, resolve
from .._recipe import Recipe, Source

_SHAPE = ("seed", "start", "duration", "end", "sensors")
_SELECTION = ("columns", "from", "to", "only_sensors")
_OPTIONS = ("path", "recipe", "shards", "threads", *_SELECTION, *_SHAPE)


class DefaultSource(DataSource):
    """`spark.read.format("gen_dataset")`.

    | option | what it is |
    | --- | --- |
    | `recipe`, or the argument of `load` | a path on the driver, the name of a bundled recipe, or a recipe itself: what has a line break, or begins with a brace |
    | `columns` | names, with commas between; so does `schema`, with types |
    | `from`, `to`, `only_sensors` | a part of the readings, as on the command line |
    | `seed`, `start`, `duration`, `end`, `sensors`, `set.KEY` | as on the command line |
    | `shards` | the number of partitions; by default one for each million readings |
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
        self._threads = self._number("threads", 1_024) or 1

    @classmethod
    def name(cls) -> str:
        return "gen_dataset"

    def schema(self) -> StructType:
        return from_arrow_schema(decoded(self._resolved[0].schema()), prefer_timestamp_ntz=True)

    def reader(self, schema: StructType) -> DataSourceReader:
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
        return _Reader(dataclasses.replace(parts, columns=tuple(schema.names)), self._shards or part_count(readings), wanted)

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
            set={name.removeprefix("set."): value for name, value in told.items() if name.startswith("set.")},
            **{name: told[name] for name in _SHAPE if name in told},
        )

    def _number(self, name: str, greatest: int) -> int | None:
        text = self.options.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= greatest):
            raise ValueError(f"option {name}: {text} is not a whole number from 1 to {greatest}")
        return int(text)


class _Shard(InputPartition):
    """A part of the readings, by its number from 0."""

    def __init__(self, index: int, count: int) -> None:
        super().__init__(index)
        self.count = count


class _Reader(DataSourceReader):
    """What tasks do; it travels to them."""

    def __init__(self, parts: Parts, shards: int, schema: pyarrow.Schema) -> None:
        self._parts = parts
        self._shards = shards
        self._schema = schema

    def partitions(self) -> Sequence[InputPartition]:
        return [_Shard(index, self._shards) for index in range(self._shards)]

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        assert isinstance(partition, _Shard)
        for batch in self._parts.read(partition.value, partition.count):
            columns = [column.cast(field.type) for column, field in zip(batch.columns, self._schema)]
            yield pyarrow.RecordBatch.from_arrays(columns, schema=self._schema)


def _hint(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]}?" if near else "there are " + ", ".join(known)
