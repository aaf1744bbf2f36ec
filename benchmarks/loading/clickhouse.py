"""ClickHouse: against its own client with a finished file."""
import subprocess

from measuring.contest import Contestant
from measuring.process import in_parallel, measured
from measuring.servers import ClickHouse
from measuring.tool import FLEET

from .contest import TABLE, TIMEOUT, ServerContest, shell


class ClickHouseContest(ServerContest):
    """Rows of a MergeTree ordered by sensor and time."""

    name, server, part = "ClickHouse", ClickHouse, 1
    goals = [("at least 0.9 times its client on a finished Native file", 0.9, "client", "two")]
    text = """Rows with what is known of their sensors, four metrics and labels in a MergeTree ordered by sensor and time. gen-dataset
computes them and sends them over HTTP; the server's client is given them in a finished file of the format Native. The rows
that arrived are counted."""
    outputs, written, kept = {"clickhouse": "none"}, "readings.native", "rows.native"
    columns = ["id", "timestamp", "firmware_version", "location", "manufacturer", "model", "sensor_id", "temperature",
               "humidity", "pressure", "voltage", "anomaly_flag", "anomaly_type"]
    options = [f"--set=outputs.clickhouse.columns=[{', '.join(columns)}]", "--set=outputs.clickhouse.time=datetime"]

    def contestants(self):
        text = "clickhouse-client, INSERT of the finished Native file"
        peer = Contestant("client", text, "peer", self.rows, self._insert)
        return [*self._tools(f"clickhouse://127.0.0.1:{self.server.port}/bench"), peer]

    def _insert(self):
        self._empty()
        url = f"clickhouse://127.0.0.1:{self.server.port}/bench"
        command = [self.tool.path, "load", FLEET, url, "--table", TABLE, "--create", "print", "--quiet"]
        printed = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout
        for statement in printed.replace("DateTime64(6, 'UTC')", "DateTime('UTC')").split(";"):
            for plain in ["Nullable(String)", "String"]:
                statement = statement.replace(f"LowCardinality({plain})", plain)
            if statement.strip():
                self.server.statement(statement)
        query = f"INSERT INTO bench.{TABLE} ({', '.join(self.columns)}) FORMAT Native"
        line = shell(["clickhouse-client", "--host", "127.0.0.1", "--port", self.server.client_port, "--query", query])
        return self._checked(measured(in_parallel([f"{line} < {shell([self.file])}"]), TIMEOUT))

    def _empty(self):
        self.server.statement("DROP DATABASE IF EXISTS bench")
        self.server.statement("CREATE DATABASE bench")

    def _count(self):
        return int(self.server.statement(f"SELECT count() FROM bench.{TABLE}"))
