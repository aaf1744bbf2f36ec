"""What all scripts of measuring begin and end with."""
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from . import machine
from .process import end_on_signals
from .tool import ROOT

RESULTS = ROOT / "benchmarks/results"


@contextmanager
def scratch():
    """A folder on the disk of the datasets, removed at the end whatever happens."""
    end_on_signals()
    datasets = ROOT / "datasets"
    datasets.mkdir(exist_ok=True)
    folder = tempfile.mkdtemp(prefix="benchmark-", suffix=".partial", dir=datasets)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def circumstances(tool, folder, **settings):
    """All that measurements depend on."""
    return {"machine": machine.description(folder), "build": tool.digest(), "version": tool.version(), **settings}
