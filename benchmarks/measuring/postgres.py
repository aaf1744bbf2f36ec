"""A PostgreSQL server of one's own, on this machine and for one script."""
import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

from .machine import output
from .process import Skipped

# What keeps its own checkpoints from falling into somebody's run; all contestants have it alike.
SETTINGS = {"max_wal_size": "16GB", "checkpoint_timeout": "1h"}


class PostgreSQL:
    """A server with a database `bench`; use it with `with`."""

    def __init__(self, folder):
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not programs:
            raise Skipped("no PostgreSQL server (Debian package postgresql)")
        self.programs = programs[-1]
        self.folder = folder / "postgresql"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"postgres://postgres@127.0.0.1:{self.port}/bench"

    def __enter__(self):
        self.folder.mkdir()
        if os.geteuid() == 0:
            # The server refuses to be run by root; its user has to get through to its folder.
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            for parent in self.folder.parents:
                if parent.stat().st_mode & 0o001 == 0:
                    parent.chmod(parent.stat().st_mode | 0o011)
        self._program("initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync")
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder, **SETTINGS}
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._program("pg_ctl", "-w", "-l", self.folder / "log", "-o", options, "start")
        self.sql("CREATE DATABASE bench", database="postgres")
        return self

    def __exit__(self, *reason):
        try:
            self._program("pg_ctl", "-m", "immediate", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _program(self, name, *arguments):
        command = [self.programs / name, "-D", self.folder, *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            raise Skipped(f"{name}: {done.stderr.strip().splitlines()[-1:]}")

    def psql(self, *arguments, database="bench"):
        """The command of psql with its arguments."""
        return [self.programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", self.port, "-U",
                "postgres", "-d", database, *arguments]

    def sql(self, text, database="bench"):
        """What statements give, without heads and frames."""
        command = [str(part) for part in self.psql("-A", "-t", "-c", text, database=database)]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise Skipped(f"psql: {done.stderr.strip()[:200]}")
        return done.stdout.strip()

    def version(self):
        return output(self.programs / "postgres", "--version")
