"""The program that does the work."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from ._errors import error_of


@functools.cache
def tool_path() -> Path:
    """Where the program `gen-dataset` is: that of this package, else the one on the path."""
    own = Path(__file__).parent / "bin" / "gen-dataset"
    if own.is_file():
        return own
    found = shutil.which("gen-dataset")
    if found is None:
        raise FileNotFoundError(f"there is no {own}, and no gen-dataset on the path")
    return Path(found)


def run(arguments: list[str], recipe: bytes) -> bytes:
    """Runs a command to its end; its standard output, or an exception."""
    done = subprocess.run([tool_path(), *arguments], input=recipe, capture_output=True, check=False)
    if done.returncode != 0:
        raise error_of(done.returncode, done.stdout, done.stderr)
    return done.stdout


def main() -> NoReturn:
    """The command `gen-dataset` of the environment that the package is installed in."""
    path = os.fspath(tool_path())
    os.execv(path, [path, *sys.argv[1:]])
