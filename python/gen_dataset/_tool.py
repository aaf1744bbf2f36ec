"""The program that does the work."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NoReturn

from ._errors import error_of

_MEMBER = "gen_dataset/bin/gen-dataset"


@functools.cache
def tool_path() -> Path:
    """Where the program `gen-dataset` is: that of this package, else the one on the path."""
    own = Path(__file__).parent / "bin" / "gen-dataset"
    if own.is_file():
        return own
    archive = Path(__file__).parents[1]
    if archive.is_file():
        return _unpacked(archive)
    found = shutil.which("gen-dataset")
    if found is None:
        raise FileNotFoundError(f"there is no {own}, and no gen-dataset on the path")
    return Path(found)


def _unpacked(archive: Path) -> Path:
    """The program of a package that is imported from an archive, unpacked beside it: Spark keeps archives in a folder of the application."""
    with zipfile.ZipFile(archive) as files:
        folder = archive.with_name(f"{archive.name}.{files.getinfo(_MEMBER).CRC:08x}")
        tool = folder / _MEMBER
        if tool.is_file():
            return tool
        with tempfile.TemporaryDirectory(dir=archive.parent, prefix=folder.name) as partial:
            for name in files.namelist():
                if name.startswith(("gen_dataset/bin/", "gen_dataset/lib/")):
                    os.chmod(files.extract(name, partial), 0o755)
            folder.mkdir(exist_ok=True)
            try:
                os.rename(Path(partial, "gen_dataset"), folder / "gen_dataset")
            except OSError:
                # Another process was faster.
                if not tool.is_file():
                    raise
    return tool


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
