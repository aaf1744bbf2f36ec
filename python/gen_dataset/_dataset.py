"""Datasets that are complete."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet

from ._recipe import names_of

if TYPE_CHECKING:
    import pandas
    import polars

_TEXT = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
_TYPES = {"INTEGER": pyarrow.int64(), "BOOLEAN": pyarrow.int8(), "REAL": pyarrow.float64(), "TEXT": _TEXT}
# Columns that the schema of the manifest does not tell of, or that the small tables have.
_OTHERS = {
    "event_id": pyarrow.int64(), "first_reading": pyarrow.int64(), "last_reading": pyarrow.int64(), "readings": pyarrow.int64(),
    "magnitude": pyarrow.float64(), "peak_snr": pyarrow.float64(), "realised_magnitude": pyarrow.float64(),
    "realised_peak_snr": pyarrow.float64(), "truncated": pyarrow.int8(), "latitude": pyarrow.float64(),
    "longitude": pyarrow.float64(), "elevation": pyarrow.float64(), "height_meters": pyarrow.float64(),
    "orientation_degrees": pyarrow.float64(),
}


class Dataset:
    """The folder of a dataset.

        dataset = Dataset("datasets/quickstart")
        dataset.manifest["labels"]["rate"]
        dataset.to_polars(["timestamp", "sensor_id", "temperature", "anomaly_type"])
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def __repr__(self) -> str:
        return f"Dataset({os.fspath(self.path)!r})"

    @functools.cached_property
    def manifest(self) -> dict[str, Any]:
        """What the dataset is: `manifest.json`."""
        with open(self.path / "manifest.json", encoding="utf-8") as file:
            told: dict[str, Any] = json.load(file)
        return told

    def to_arrow(self, columns: str | Sequence[str] | None = None) -> pyarrow.Table:
        """The readings, or one or some of their columns: from the file of Arrow, of Parquet or of CSV, the first that there is.

        Texts are dictionaries. Times are microseconds, in UTC where the file says so.
        """
        files = {file["format"]: file for file in self.manifest["files"] if file["path"].startswith("readings")}
        wanted = names_of(columns)
        if "arrow" in files:
            reader = pyarrow.ipc.open_file(pyarrow.memory_map(os.fspath(self.path / "readings.arrow")))
            table = reader.read_all()
            return table if wanted is None else table.select(wanted)
        if "parquet" in files:
            path = self.path / files["parquet"]["path"]
            schema = pyarrow.parquet.read_schema(path)
            texts = [field.name for field in schema if pyarrow.types.is_string(field.type)]
            return pyarrow.parquet.read_table(path, columns=wanted, read_dictionary=texts, partitioning=None)
        if "csv" in files:
            return self._csv(files["csv"]["path"], files["csv"]["timestamps"], wanted)
        known = ", ".join(sorted(files))
        raise ValueError(f"{self.path} has its readings as {known} only; generate it with arrow, parquet or csv")

    def to_pandas(self, columns: str | Sequence[str] | None = None) -> pandas.DataFrame:
        """The readings as a frame of pandas, texts as categories."""
        return self.to_arrow(columns).to_pandas()

    def to_polars(self, columns: str | Sequence[str] | None = None) -> polars.DataFrame:
        """The readings as a frame of Polars, texts as categories."""
        import polars

        frame = polars.from_arrow(self.to_arrow(columns))
        assert isinstance(frame, polars.DataFrame)
        return frame

    def events(self) -> pyarrow.Table:
        """The anomalies, one row each: `events.csv`."""
        return self._table("events.csv")

    def sensors(self) -> pyarrow.Table:
        """The sensors, one row each: `sensors.csv`."""
        return self._table("sensors.csv")

    def phenomena(self) -> pyarrow.Table:
        """What looks like a fault and is none, one row each: `phenomena.csv`.

        Raises ValueError for a dataset whose recipe has no phenomena.
        """
        return self._table("phenomena.csv")

    def _table(self, name: str) -> pyarrow.Table:
        """A small table."""
        found = [file for file in self.manifest["files"] if file["path"] == name]
        if not found:
            raise ValueError(f"{self.path} has no {name}: there is none of this recipe")
        return self._csv(name, found[0]["timestamps"], None)

    def _csv(self, name: str, timestamps: str | None, columns: list[str] | None) -> pyarrow.Table:
        """A table of text, whose columns have their types whatever stands in them."""
        types: dict[str, pyarrow.DataType] = dict(_OTHERS)
        if name.startswith("readings"):
            types |= {column["column"]: _TYPES.get(column["type"].split()[0], _TEXT) for column in self.manifest["schema"]}
        is_text = timestamps in ("naive", "utc")
        time = pyarrow.timestamp("us", "UTC" if timestamps == "utc" else None) if is_text else pyarrow.int64()
        path = self.path / name
        with pyarrow.input_stream(os.fspath(path)) as file:
            head = file.read(1 << 20).split(b"\n", 1)[0].decode().rstrip("\r").split(",")
        for column in head:
            if column in ("timestamp", "arrival_time", "start", "end"):
                types[column] = time
            elif column.endswith("_resolution") and name == "sensors.csv":
                types[column] = pyarrow.float64()
            types.setdefault(column, _TEXT)
        return pyarrow.csv.read_csv(
            path,
            # A text may hold what ends a line.
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            # NA is a country, and 1.10 a version.
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=types, null_values=[""], strings_can_be_null=True, include_columns=columns
            ),
        )
