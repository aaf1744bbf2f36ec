"""PostgreSQL: against psql with finished files, and psycopg."""
import json
import subprocess
from functools import partial

from measuring.contest import Contestant
from measuring.peers import BENCHMARKS, PYTHON
from measuring.postgres import SETTINGS, PostgreSQL
from measuring.process import Run, Skipped, in_parallel, measured
from measuring.tool import FLEET, SENSORS

from .contest import TABLE, TIMEOUT, shell


class PostgreSQLContest:
    """The rows of benchmarks/fleet.yaml into a table, by whom and how."""

    name, server = "PostgreSQL", PostgreSQL
    goals = [
        (r"at least 0.9 times `psql \copy` of the finished binary file", 0.9, "binary", "one"),
        (r"at least 1.8 times `psql \copy` of the finished CSV", 1.8, "csv", "one"),
        ("two workers at least 1.5 times two `psql` on the split CSV", 1.5, "split", "two"),
        ("at least 3 times psycopg's binary COPY of rows that it makes", 3, "psycopg", "one"),
    ]
    text = f"""A table of readings with the number of the sensor, four metrics and labels, without indexes. gen-dataset makes the
reference to the table of sensors at the end, the others have none. gen-dataset computes the rows; `psql` is given them in
finished files, psycopg brings a tenth as many, of noise or from memory. All end when the server has committed; the rows that
arrived are counted. The server has {", ".join(f"`{name}={value}`" for name, value in SETTINGS.items())}, and writes what it has to
before each run."""

    def __init__(self, tool, server, folder, rows):
        self.tool, self.server, self.folder, self.rows = tool, server, folder, rows
        # What others load are the very rows: from the table that the tool has made, which stays for them.
        self._load(1)
        self.binary, self.texts = folder / "rows.pgcopy", [folder / "rows-0.csv", folder / "rows-1.csv"]
        self._run(f"\\copy {TABLE} TO '{self.binary}' (FORMAT binary)")
        half = f"(SELECT * FROM {TABLE} ORDER BY time, sensor_id"
        self._run(f"\\copy {half} LIMIT {rows // 2}) TO '{self.texts[0]}' (FORMAT csv)")
        self._run(f"\\copy {half} OFFSET {rows // 2}) TO '{self.texts[1]}' (FORMAT csv)")

    def contestants(self):
        psql = partial(Contestant, kind="peer", rows=self.rows)
        single = self.rows // 10
        return [
            Contestant("one", "gen-dataset, 1 worker", "tool", self.rows, partial(self._load, 1)),
            Contestant("two", "gen-dataset, 2 workers", "tool", self.rows, partial(self._load, 2)),
            Contestant("proof", "gen-dataset, 2 workers, proof by all rows", "tool", self.rows, self._prove),
            psql("binary", r"psql \copy of the finished binary file", run=partial(self._copy, [self.binary], "binary")),
            psql("csv", r"psql \copy of the finished CSV", run=partial(self._copy_after, self.texts)),
            psql("split", r"two psql \copy, half of the CSV each", run=partial(self._copy, self.texts, "csv")),
            Contestant("psycopg", "psycopg, binary COPY, rows made on the way", "peer", single,
                       partial(self._psycopg, single, "made")),
            Contestant("memory", "psycopg, binary COPY, rows in memory", "peer", single, partial(self._psycopg, single)),
        ]

    def _load(self, workers):
        """The tool's load of the recipe; what it proves afterwards is no part of the others' work."""
        self._empty(keeps=False)
        return self._checked(measured(self._command(workers) + ["--verify", "none"], TIMEOUT))

    def _prove(self):
        self._load(2)
        return measured(self._command(2) + ["--verify", "rows", "--verify-only"], TIMEOUT)

    def _command(self, workers):
        return [self.tool.path, "load", FLEET, self.server.address, "--duration", f"{self.rows // SENSORS}s", "--quiet",
                "--table", TABLE, "--workers", str(workers)]

    def _copy(self, files, form):
        self._empty()
        lines = [shell(self.server.psql("-c", f"\\copy {TABLE} FROM '{file}' (FORMAT {form})")) for file in files]
        return self._checked(measured(in_parallel(lines), TIMEOUT))

    def _copy_after(self, files):
        """One psql, one file after the other."""
        self._empty()
        commands = [part for file in files for part in ("-c", f"\\copy {TABLE} FROM '{file}' (FORMAT csv)")]
        return self._checked(measured(self.server.psql(*commands), TIMEOUT))

    def _psycopg(self, rows, *mode):
        self._empty()
        command = [PYTHON, BENCHMARKS / "peers/with_psycopg.py", self.server.address, TABLE, self.texts[0], rows, *mode]
        if not PYTHON.exists():
            raise Skipped("no virtual environment")
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=TIMEOUT)
        if done.returncode != 0:
            raise Skipped(done.stderr.strip().splitlines()[-1][:200])
        told = json.loads(done.stdout)
        return self._checked(Run(told["wall"], told["user"], told["system"], 0, 0), rows)

    def _empty(self, keeps=True):
        """Empties the table, or removes all that a load has made, and lets the server write what it has to.

        What is kept is the bare table: without the reference to sensors, which would be checked row by row.
        """
        if keeps:
            self.server.sql(f"TRUNCATE {TABLE}; ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {TABLE}_sensor_id_fkey")
        else:
            self.server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        self.server.sql("CHECKPOINT")

    def _checked(self, run, rows=None):
        """The run, if the table holds what it should: a loader that loses rows is not fast."""
        count = int(self.server.sql(f"SELECT count(*) FROM {TABLE}"))
        if count != (rows or self.rows):
            raise Skipped(f"{count:,} rows arrived instead of {rows or self.rows:,}")
        return run

    def _run(self, command):
        done = subprocess.run([str(part) for part in self.server.psql("-c", command)], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stderr.strip())


def psycopg_version():
    command = [PYTHON, "-c", "import psycopg; print(psycopg.__version__)"]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    return done.stdout.strip() or "none"
