"""What a clean clone holds: a file that a run has made on this machine is not there for a reader."""

import functools
import subprocess
from pathlib import PurePosixPath

from .markdown import ROOT


@functools.cache
def _names() -> frozenset[str]:
    # A container may see the clone as somebody else's.
    git = ["git", "-c", "safe.directory=*", "-C", ROOT]
    command = [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    files = {name for name in listed if name and (ROOT / name).exists()}
    return frozenset(files | {str(folder) for name in files for folder in PurePosixPath(name).parents})


def holds(name: str) -> bool:
    """Whether there is such a file or folder."""
    return name.rstrip("/") in _names()
