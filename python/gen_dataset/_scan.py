"""Readings without files."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow
import pyarrow.ipc

from ._errors import INVALID_RECIPE, GenDatasetError, error_of
from ._recipe import Source, arguments_of, names_of
from ._tool import run, tool_path


def scan(
    recipe: Source,
    columns: str | Sequence[str] | None = None,
    *,
    from_: Any = None,
    to: Any = None,
    only_sensors: str | Sequence[str] | None = None,
    shard: tuple[int, int] | None = None,
    seed: int | None = None,
    start: Any = None,
    duration: Any = None,
    end: Any = None,
    sensors: int | None = None,
    set: Mapping[str, Any] | None = None,
    threads: int | None = None,
) -> pyarrow.RecordBatchReader:
    """Generates readings as they are read, a record batch for each 16,384, and writes no file.

    `columns` are those of the batches, in their order, or the only one; `from_` and `to` bound the times at which readings were taken,
    `only_sensors` names sensors, with `*` and `?`: the rest is not computed. `shard`, such as (3, 16), is the fourth of sixteen parts of all
    that; one behind the other they are the whole. Other arguments are those of `generate`. A reader that takes nothing stops the generation; one that is closed, or
    forgotten, ends the program.

    Polars, DuckDB and pandas take the reader: `polars.from_arrow(scan(recipe).read_all())`, `duckdb.from_arrow(scan(recipe))`,
    `scan(recipe).read_pandas()`.

    Raises `RecipeError` and `GenDatasetError` at once for what cannot be. A run that breaks raises `GenDatasetError` from the reader: what
    has been read without an exception to its end is whole.
    """
    chosen = names_of(columns)
    names = only_sensors if only_sensors is None or isinstance(only_sensors, str) else _joined(only_sensors)
    options = {"seed": seed, "start": start, "duration": duration, "end": end, "sensors": sensors}
    part = {
        "columns": None if chosen is None else ",".join(chosen), "from": from_, "to": to, "only-sensors": names,
        "shard": None if shard is None else "{}/{}".format(*shard), "threads": threads,
    }
    arguments, text = arguments_of(recipe, {**options, **part}, set)
    try:
        return _Reader([arguments[0], "--output=-", "--format=arrow", "--quiet", *arguments[1:]], text)
    except GenDatasetError as error:
        if error.status == INVALID_RECIPE:
            # With lines and columns, unless it is about the part.
            arguments, text = arguments_of(recipe, {**options, "format": "arrow"}, set)
            run([arguments[0], "--dry-run", "--json", *arguments[1:]], text)
        raise


def _joined(names: Sequence[str]) -> str:
    for name in names:
        if "," in name:
            raise ValueError(f"only_sensors: write ? for the comma in {name!r}")
    return ",".join(names)


class _Reader(pyarrow.ipc.RecordBatchStreamReader):
    """Record batches from a run, which ends with the reader."""

    def __init__(self, arguments: list[str], text: bytes) -> None:
        self._pipe = _Pipe(arguments, text)
        try:
            super().__init__(self._pipe)
        except BaseException:
            self._pipe.close()
            raise

    def close(self) -> None:
        """Ends the run, whatever is left of it."""
        super().close()
        self._pipe.close()

    def __exit__(self, *details: object) -> None:
        self.close()


class _Pipe(io.RawIOBase):
    """The standard output of a run. Nobody asks it for more than belongs to the stream, so that its end is an error before its mark."""

    def __init__(self, arguments: list[str], text: bytes) -> None:
        # Neither the recipe nor what is said has to be read or written in step with the rows.
        self._errors = tempfile.TemporaryFile()
        with tempfile.TemporaryFile() as recipe:
            recipe.write(text)
            recipe.seek(0)
            self._process = subprocess.Popen(
                [tool_path(), *arguments], stdin=recipe, stdout=subprocess.PIPE, stderr=self._errors
            )

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert self._process.stdout is not None
        found = self._process.stdout.read(size)
        if len(found) < size:
            status = self._process.wait()
            self._errors.seek(0)
            raise error_of(status, b"", self._errors.read())
        return found

    def close(self) -> None:
        """Ends the program, if it has not ended by itself."""
        if self.closed:
            return
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._errors.close()
        super().close()
