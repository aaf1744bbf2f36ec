"""What tasks do, of a query that ends and of a stream."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow
from pyspark.sql.datasource import InputPartition

from .._parts import Parts


class Shard(InputPartition):
    """A part of the readings, by its number from 0."""

    def __init__(self, index: int, count: int) -> None:
        super().__init__(index)
        self.count = count


class Task:
    """What a task does; it travels to all of them."""

    def __init__(self, parts: Parts, schema: pyarrow.Schema) -> None:
        self._parts = parts
        self._schema = schema

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        assert isinstance(partition, Shard)
        for batch in self._parts.read(partition.value, partition.count):
            columns = [column.cast(field.type) for column, field in zip(batch.columns, self._schema)]
            yield pyarrow.RecordBatch.from_arrays(columns, schema=self._schema)
