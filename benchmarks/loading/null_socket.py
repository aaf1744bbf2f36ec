"""Line protocol into a socket that forgets it: what the client alone can do."""
import subprocess
import sys
import time
from functools import partial

from measuring.contest import Contestant
from measuring.process import measured
from measuring.servers import free_port
from measuring.tool import FLEET, SENSORS

from .contest import TIMEOUT

PROGRAM = "peers/null_socket.py"


class NullSocket:
    """The program that takes and forgets, for one script; use it with `with`."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()

    def __enter__(self):
        program = [sys.executable, __file__.replace("loading/null_socket.py", PROGRAM), str(self.port)]
        self.process = subprocess.Popen(program, stdin=subprocess.DEVNULL)
        time.sleep(0.5)
        return self

    def __exit__(self, *reason):
        self.process.kill()
        self.process.wait()

    def version(self):
        return PROGRAM


class NullSocketContest:
    """The rows of benchmarks/fleet.yaml as line protocol."""

    name, server = "Null socket", NullSocket
    goals = []
    rates = [("line protocol, two workers, at least 4 million rows a second", 4_000_000, "two")]
    text = """Line protocol with five tags, four metrics and labels over HTTP, as QuestDB is sent it, to a program on the same machine that
reads and forgets it."""

    def __init__(self, tool, server, folder, rows):
        self.tool, self.server, self.journal, self.rows = tool, server, folder / "socket.journal", rows

    def contestants(self):
        return [
            Contestant("one", "gen-dataset, 1 worker", "tool", self.rows, partial(self._load, 1)),
            Contestant("two", "gen-dataset, 2 workers", "tool", self.rows, partial(self._load, 2)),
        ]

    def _load(self, workers):
        self.journal.unlink(missing_ok=True)
        url = f"questdb://127.0.0.1:{self.server.port}"
        command = [self.tool.path, "load", FLEET, url, "--duration", f"{self.rows // SENSORS}s", "--quiet", "--workers",
                   str(workers), "--verify", "none", "--journal", self.journal]
        return measured(command, TIMEOUT)
