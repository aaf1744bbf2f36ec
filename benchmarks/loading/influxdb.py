"""InfluxDB 1.x: against its own client with a finished file."""
import json

from measuring.contest import Contestant
from measuring.process import measured
from measuring.servers import InfluxDB

from .contest import TABLE, TIMEOUT, ServerContest


class InfluxDBContest(ServerContest):
    """Points of the measurement `readings`, a quarter of the rows."""

    name, server, part = "InfluxDB", InfluxDB, 4
    goals = [("at least 1.3 times `influx -import -compressed` of the finished file", 1.3, "client", "two")]
    text = """Points with five tags, four metrics and labels, a quarter of the rows. gen-dataset computes them and sends them uncompressed;
`influx` is given them in a finished file. The points that arrived are counted."""
    outputs, written, kept = {"influx": "gzip"}, "readings.lp.gz", "rows.lp.gz"
    options = ["--set=outputs.influx.database=bench", f"--set=outputs.influx.measurement={TABLE}"]

    def contestants(self):
        peer = Contestant("client", "influx -import -compressed of the finished file", "peer", self.rows, self._import)
        return [*self._tools(f"influx://127.0.0.1:{self.server.port}/bench"), peer]

    def _import(self):
        self._empty()
        command = ["influx", "-host", "127.0.0.1", "-port", self.server.port, "-import", "-path", self.file, "-precision",
                   "s", "-compressed"]
        return self._checked(measured(command, TIMEOUT))

    def _empty(self):
        self.server.statement("DROP DATABASE bench")
        self.server.statement("CREATE DATABASE bench")

    def _count(self):
        answer = json.loads(self.server.ask("/query", db="bench", q=f"SELECT count(anomaly_flag) FROM {TABLE}"))
        return answer["results"][0].get("series", [{"values": [[0, 0]]}])[0]["values"][0][1]
