"""Contests: who is measured against whom, in turns, so that a machine that gets slower does so for all."""
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from statistics import median

from .machine import Others
from .process import Run, Skipped


@dataclass
class Contestant:
    """Something to measure.

    `key` is its name in its contest, `kind` tool, peer or limit, `run` measures once, `runs` is the number of runs if
    it is not the contest's.
    """
    key: str
    name: str
    kind: str
    rows: int
    run: Callable[[], Run]
    runs: int | None = None


@dataclass
class Result:
    """What was measured of a contestant; all figures are medians over its runs."""
    key: str
    name: str
    kind: str
    rows: int
    runs: list[Run] = field(default_factory=list)
    skipped: str | None = None

    def _median(self, name):
        return median(getattr(run, name) for run in self.runs)

    @property
    def wall(self):
        """Seconds."""
        return self._median("wall")

    @property
    def rate(self):
        """Rows a second."""
        return self.rows / self.wall

    @property
    def user(self):
        """Microseconds a row, which are seconds per million rows."""
        return self._median("user") / self.rows * 1e6

    @property
    def system(self):
        """Microseconds a row."""
        return self._median("system") / self.rows * 1e6

    @property
    def cpu(self):
        """Microseconds a row, user and system."""
        return self._median("cpu") / self.rows * 1e6

    @property
    def size(self):
        """Bytes a row."""
        return self._median("size") / self.rows

    @property
    def peak(self):
        """Bytes of memory: the greatest of all runs."""
        return max(run.peak for run in self.runs)

    def as_json(self):
        return asdict(self)

    @staticmethod
    def from_json(value):
        return Result(**{**value, "runs": [Run(**run) for run in value["runs"]]})


def measure(title, contestants, runs):
    """Measures all contestants in turns; who cannot run once is skipped with the reason.

    Between two runs the disk is idle: what the one has left to write is not charged to the other. Returns the results,
    and the cores that others used meanwhile.
    """
    others = Others()
    results = [Result(c.key, c.name, c.kind, c.rows) for c in contestants]
    for turn in range(max((c.runs or runs) for c in contestants)):
        for contestant, result in zip(contestants, results):
            if result.skipped or turn >= (contestant.runs or runs):
                continue
            os.sync()
            try:
                run = contestant.run()
            except Skipped as reason:
                # One failure after good runs says something of the machine, not of the contestant.
                if not result.runs:
                    result.skipped = str(reason)
                note(f"{title}: {contestant.name}: skipped: {reason}")
                continue
            result.runs.append(run)
            note(f"{title}: {contestant.name}: {contestant.rows / run.wall:,.0f} rows/s, "
                 f"{run.wall:.2f} s, {run.cpu / contestant.rows * 1e6:.3f} CPU s per million rows")
    return results, others.cores()


def note(text):
    """Says on standard error what is going on."""
    print(text, file=sys.stderr, flush=True)
