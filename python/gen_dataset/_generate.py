"""Datasets as folders."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from ._dataset import Dataset
from ._errors import error_of
from ._recipe import Source, arguments_of
from ._tool import tool_path


def generate(
    recipe: Source,
    path: str | os.PathLike[str] | None = None,
    *,
    seed: int | None = None,
    start: Any = None,
    duration: Any = None,
    end: Any = None,
    sensors: int | None = None,
    format: str | Sequence[str] | None = None,
    set: Mapping[str, Any] | None = None,
    threads: int | None = None,
    overwrite: bool = False,
    resume: bool = False,
    progress: bool | None = None,
) -> Dataset:
    """Generates the dataset that a recipe describes, and returns it when it is complete.

    `path` is its folder, `datasets/NAME` unless stated. `seed`, `start`, `duration`, `end`, `sensors` and `format` are the options of the
    command, `set` sets any key: `{"anomalies.probability": 0.1}`. Times may be `datetime`s, durations `timedelta`s. `overwrite` replaces a
    dataset that is there once the new one is complete, `resume` finishes one that was interrupted. `progress` shows a bar of tqdm, where
    that is installed; by default in notebooks and terminals.

    Raises `RecipeError` for a recipe that cannot be, `GenDatasetError` for whatever else goes wrong.
    """
    formats = format if format is None or isinstance(format, str) else ",".join(format)
    options = {
        "output": None if path is None else os.path.join(os.curdir, os.fspath(path)), "seed": seed, "start": start,
        "duration": duration, "end": end, "sensors": sensors, "format": formats, "threads": threads,
    }
    arguments, text = arguments_of(recipe, options, set)
    flags = [name for name, is_set in (("--overwrite", overwrite), ("--resume", resume)) if is_set]
    with _bar(progress) as show:
        flags += ["--json", "--progress", "never" if show is None else "always"]
        output = _run([arguments[0], *flags, *arguments[1:]], text, show)
    return Dataset(Path(json.loads(output)["folder"]))


def _run(arguments: list[str], text: bytes, show: Callable[[int], None] | None) -> bytes:
    with tempfile.TemporaryFile() as recipe, tempfile.TemporaryFile() as output:
        recipe.write(text)
        recipe.seek(0)
        process = subprocess.Popen([tool_path(), *arguments], stdin=recipe, stdout=output, stderr=subprocess.PIPE)
        try:
            assert process.stderr is not None
            errors = _follow(process.stderr, show)
            process.wait()
        except BaseException:
            # What is written so far stays, for `resume`.
            process.send_signal(signal.SIGINT)
            process.wait()
            raise
        output.seek(0)
        told = output.read()
    if process.returncode != 0:
        raise error_of(process.returncode, told, errors)
    return told


def _follow(stream: IO[bytes], show: Callable[[int], None] | None) -> bytes:
    """Reads standard error to its end, and shows the share done that lines of progress tell."""
    errors = b""
    while chunk := stream.read1(65_536):  # type: ignore[attr-defined]
        errors += chunk
        shares = re.findall(rb" (\d+) %", chunk)
        if show is not None and shares:
            show(int(shares[-1]))
    return errors


@contextlib.contextmanager
def _bar(is_wanted: bool | None) -> Iterator[Callable[[int], None] | None]:
    """What is told the share done in percent; None where nothing shall be shown."""
    if is_wanted is None:
        is_wanted = "ipykernel" in sys.modules or sys.stderr.isatty()
    try:
        from tqdm.auto import tqdm
    except ImportError:
        is_wanted = False
    if not is_wanted:
        yield None
        return
    with tqdm(total=100, unit="%", desc="gen-dataset") as bar:
        yield lambda share: bar.update(share - bar.n)
        bar.update(100 - bar.n)
