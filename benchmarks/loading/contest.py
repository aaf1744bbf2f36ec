"""What contests of loads have in common."""
from functools import partial

from measuring.contest import Contestant
from measuring.process import Skipped, measured
from measuring.tool import FLEET, SENSORS

TIMEOUT = 600  # seconds
TABLE = "readings"


class ServerContest:
    """The rows into a server over HTTP: by the tool, and by the server's own client from a finished file."""

    def __init__(self, tool, server, folder, rows):
        self.tool, self.server, self.rows = tool, server, rows // self.part // SENSORS * SENSORS
        self.file = folder / self.kept
        tool.run(self.rows // SENSORS, self.outputs, *self.options, keep={self.written: self.file})

    def _load(self, workers, url):
        self._empty()
        return self._checked(measured(self._command(workers, url) + ["--verify", "none"], TIMEOUT))

    def _prove(self, url):
        self._load(2, url)
        return measured(self._command(2, url) + ["--verify", "rows", "--verify-only"], TIMEOUT)

    def _command(self, workers, url):
        return [self.tool.path, "load", FLEET, url, "--duration", f"{self.rows // SENSORS}s", "--quiet", "--table", TABLE,
                "--workers", str(workers)]

    def _checked(self, run):
        count = self._count()
        if count != self.rows:
            raise Skipped(f"{count:,} rows arrived instead of {self.rows:,}")
        return run

    def _tools(self, url):
        return [
            Contestant("one", "gen-dataset, 1 worker", "tool", self.rows, partial(self._load, 1, url)),
            Contestant("two", "gen-dataset, 2 workers", "tool", self.rows, partial(self._load, 2, url)),
            Contestant("proof", "gen-dataset, 2 workers, proof by all rows", "tool", self.rows, partial(self._prove, url)),
        ]


def shell(command):
    return " ".join("'" + str(part).replace("'", "'\\''") + "'" for part in command)
