"""A stream of Spark: the readings of a recipe, some shards a micro-batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow
from pyspark.sql.datasource import DataSourceStreamReader, InputPartition
from pyspark.sql.streaming.datasource import ReadLimit, ReadMaxFiles, SupportsTriggerAvailableNow

from ._task import Shard, Task


class StreamReader(DataSourceStreamReader, SupportsTriggerAvailableNow):
    """Some shards after others. An offset is the number of those that have been given, so that a query which is started again goes on where it was."""

    def __init__(self, task: Task, shards: int, shards_per_batch: int) -> None:
        self._task = task
        self._shards = shards
        self._shards_per_batch = shards_per_batch

    def initialOffset(self) -> dict[str, int]:
        return {"shards": 0}

    def getDefaultReadLimit(self) -> ReadLimit:
        # A shard is to a stream what a file is elsewhere.
        return ReadMaxFiles(self._shards_per_batch)

    def latestOffset(self, start: dict[str, int], limit: ReadLimit) -> dict[str, int]:
        return {"shards": min(self._shards, start["shards"] + (limit.max_files if isinstance(limit, ReadMaxFiles) else self._shards))}

    def prepareForTriggerAvailableNow(self) -> None:
        """All that there will ever be is there."""

    def partitions(self, start: dict[str, int], end: dict[str, int]) -> Sequence[InputPartition]:
        return [Shard(index, self._shards) for index in range(start["shards"], end["shards"])]

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        return self._task.read(partition)
