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
        command = [self.tool.path, "load", FLEET, url, "--duration", f"{self.rows // SENSORS}s", "--quiet", "--table",
                   TABLE, "--workers", str(workers), "--verify", "none"]
        return self._checked(measured(command, TIMEOUT))

    def _checked(self, run):
        count = self._count()
        if count != self.rows:
            raise Skipped(f"{count:,} rows arrived instead of {self.rows:,}")
        return run

    def _tools(self, url):
        return [
            Contestant("one", "gen-dataset, 1 worker", "tool", self.rows, partial(self._load, 1, url)),
            Contestant("two", "gen-dataset, 2 workers", "tool", self.rows, partial(self._load, 2, url)),
        ]


def shell(command):
    return " ".join("'" + str(part).replace("'", "'\\''") + "'" for part in command)
