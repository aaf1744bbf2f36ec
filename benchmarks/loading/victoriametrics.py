"""VictoriaMetrics: against curl with finished files."""
import json
import subprocess
from functools import partial

from measuring.contest import Contestant
from measuring.process import Skipped, measured
from measuring.tool import FLEET, SENSORS
from measuring.victoria import Recorder, VictoriaMetrics

from .contest import TIMEOUT, shell


class VictoriaMetricsContest:
    """The rows of benchmarks/fleet.yaml as series, by whom and how; a row is five samples."""

    name, server = "VictoriaMetrics", VictoriaMetrics
    goals = [
        ("at least 0.95 times `curl -T` of the finished import file", 0.95, "import", "two"),
        ("at least 2.2 times `curl -T` of the finished line protocol", 2.2, "write", "two"),
    ]
    text = """Four metrics and a series of labels for each sensor: a row is five samples, less what is missing. The import file is
what gen-dataset sends, in one piece; the line protocol is its file of points. Nothing is compressed but where it says so. All begin with
an empty server, and end when everything is on the server's disk."""

    def __init__(self, tool, server, folder, rows):
        self.tool, self.server, self.rows = tool, server, rows
        # The finished files are of the very samples: what the tool sends, and the same as line protocol.
        self.lines, self.points = folder / "import.json", folder / "points"
        with Recorder(self.lines) as recorder:
            self._run(self._loading(recorder.address, 1))
        with open(self.lines) as lines:
            self.samples = sum(len(json.loads(line)["timestamps"]) for line in lines)
        subprocess.run(["gzip", "-1", "--keep", self.lines], check=True)
        self._run([tool.path, "recipe", FLEET, "--duration", f"{rows // SENSORS}s", "--set",
                   "outputs={influx: {compression: none}}", "-o", self.points, "--quiet"])
        self.points = self.points / "readings.lp"

    def contestants(self):
        peer = partial(Contestant, kind="peer", rows=self.rows)
        return [
            Contestant("one", "gen-dataset, 1 worker", "tool", self.rows, partial(self._load, 1)),
            Contestant("two", "gen-dataset, 2 workers", "tool", self.rows, partial(self._load, 2)),
            Contestant("proof", "gen-dataset, 2 workers, proof by all rows", "tool", self.rows, self._prove),
            Contestant("remote", "gen-dataset, remote write", "tool", self.rows, partial(self._load, 1, "prometheus")),
            peer("import", "curl -T of the finished import file", run=partial(self._send, self.lines, "/api/v1/import")),
            peer("compressed", "curl -T of the finished import file, compressed",
                 run=partial(self._send, self.lines.with_name("import.json.gz"), "/api/v1/import")),
            peer("write", "curl -T of the finished line protocol",
                 run=partial(self._send, self.points, "/write?precision=s")),
        ]

    def _command(self, address, workers, scheme="victoriametrics"):
        url = f"{scheme}://{address}" + ("?store=victoriametrics" if scheme == "prometheus" else "")
        return [self.tool.path, "load", FLEET, url, "--duration", f"{self.rows // SENSORS}s", "--quiet", "--workers",
                str(workers)]

    def _load(self, workers, scheme="victoriametrics"):
        self.server.empty()
        return self._checked(measured(self._loading(self.server.address, workers, scheme), TIMEOUT))

    def _loading(self, address, workers, scheme="victoriametrics"):
        journal = self.lines.with_name("load.journal")
        return self._command(address, workers, scheme) + ["--verify", "none", "--journal", journal]

    def _prove(self):
        self._load(2)
        return measured(self._command(self.server.address, 2) + ["--verify", "rows", "--verify-only"], TIMEOUT)

    def _send(self, file, path):
        """Ends as a load does, with everything on the server's disk."""
        self.server.empty()
        base = f"http://{self.server.address}"
        compressed = ["-H", "Content-Encoding: gzip"] if file.suffix == ".gz" else []
        send = ["curl", "-s", "-S", "-f", "-X", "POST", *compressed, "-T", file, base + path]
        flush = ["curl", "-s", "-S", "-f", "-o", "/dev/null", base + "/snapshot/create"]
        return self._checked(measured(["sh", "-c", f"{shell(send)} && {shell(flush)}"], TIMEOUT))

    def _checked(self, run):
        """The run, if the server has been given what it should: line protocol has a flag more, and no type of normal readings."""
        count = self.server.samples()
        if count < self.samples:
            raise Skipped(f"{count:,} samples arrived instead of {self.samples:,}")
        return run

    def _run(self, command):
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr.strip())
