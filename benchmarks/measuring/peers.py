"""The programs that gen-dataset is measured against: how they get here, and how one of them is run."""
import json
import shutil
import subprocess
import sys
from pathlib import Path

from .contest import note
from .machine import output
from .process import Run, Skipped, measured
from .tool import FLEET

BENCHMARKS = Path(__file__).resolve().parents[1]
ENVIRONMENT = BENCHMARKS / ".venv"
PYTHON = ENVIRONMENT / "bin/python3"
# Package -> module by which it is known to be there.
MODULES = {
    "numpy": "numpy", "polars": "polars", "pyarrow": "pyarrow", "duckdb": "duckdb", "pandas": "pandas", "isal": "isal",
    "adbc-driver-sqlite": "adbc_driver_sqlite",
}
# Program -> Debian package that has it.
PROGRAMS = {"igzip": "isal", "pigz": "pigz", "gzip": "gzip", "cc": "gcc"}
TIMEOUT = 120  # seconds; a peer takes a tenth of it


class Peers:
    """Peers, and the dataset whose sensors and table they write."""

    def __init__(self, sensors, schema, folder, threads):
        self.sensors, self.schema, self.folder, self.threads = sensors, schema, folder, threads
        install_python_packages()
        install_programs()
        self.versions = versions()

    def generate(self, peer, output_kind, rows, level=None):
        """Lets a peer write rows into a file, and measures that."""
        file = self.folder / "peer"
        options = [] if level is None else ["--level", str(level)]
        command = [PYTHON, BENCHMARKS / "peers/generate.py", peer, output_kind, "--rows", rows, "--file", file,
                   "--sensors", self.sensors, "--schema", self.schema, "--threads", self.threads, *options]
        if not PYTHON.exists():
            raise Skipped("no virtual environment")
        try:
            # Compiled modules are left beside no source.
            return measured(command, TIMEOUT, lambda: file.stat().st_size, {"PYTHONDONTWRITEBYTECODE": "1"})
        finally:
            for name in self.folder.glob("peer*"):
                name.unlink()

    def read(self, kind, *arguments):
        """Lets Polars read a finished file, or what gen-dataset generates, into a frame, and measures that."""
        if not PYTHON.exists():
            raise Skipped("no virtual environment")
        environment = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": BENCHMARKS.parent / "python"}
        command = [PYTHON, BENCHMARKS / "peers/read.py", kind, "--threads", self.threads, *arguments]
        return measured(command, TIMEOUT, environment={key: str(value) for key, value in environment.items()})

    def scan(self, tool, seconds):
        """Lets Polars read what gen-dataset generates."""
        return self.read("scan", tool.path, FLEET, f"{seconds}s")

    def insert(self, dataset, rows, way):
        """Lets SQLite's C API insert the rows of a dataset; the program holds them in memory and has its own clock."""
        program, file = self.folder / "insert", self.folder / "peer"
        if not program.exists():
            source = BENCHMARKS / "peers/insert.c"
            self._printed(["cc", "-O3", "-march=native", "-o", program, source, "-lsqlite3"])
        try:
            told = json.loads(self._printed([program, dataset, rows, file, way]))
        finally:
            file.unlink(missing_ok=True)
        return Run(told["wall"], told["user"], told["system"], told["peak"] * 1024, told["bytes"])

    def _printed(self, command):
        """What a command prints; raises Skipped when it cannot run, fails or takes too long."""
        try:
            done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=TIMEOUT)
        except FileNotFoundError as error:
            raise Skipped(f"{command[0]} is not installed") from error
        except subprocess.TimeoutExpired as error:
            raise Skipped(f"took more than {TIMEOUT} s") from error
        if done.returncode != 0:
            lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
            raise Skipped(next((line for line in lines if "error" in line), lines[-1])[:200])
        return done.stdout


def install_python_packages(modules=None):
    """Makes the virtual environment and installs what is missing; what cannot be installed is skipped later."""
    if not PYTHON.exists():
        note("making " + str(ENVIRONMENT.relative_to(BENCHMARKS.parent)))
        subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=False)
    for package, module in (modules or MODULES).items():
        if PYTHON.exists() and not output(PYTHON, "-c", f"import {module}; print('yes')"):
            note("installing " + package)
            pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
            try:
                subprocess.run(pip, check=False, timeout=300)
            except subprocess.TimeoutExpired:
                note(f"{package} could not be installed within 300 s")


def install_programs():
    """Installs missing programs where that needs no password; elsewhere says how."""
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if not Path("/usr/include/sqlite3.h").exists():
        missing.append("libsqlite3-dev")
    if not missing:
        return
    command = ["apt-get", "install", "--yes", "-qq", "--no-install-recommends", *missing]
    if output("id", "-u") == "0" and shutil.which("apt-get"):
        note("installing " + ", ".join(missing))
        try:
            subprocess.run(["apt-get", "update", "-qq"], check=False, timeout=120, stdout=subprocess.DEVNULL)
            subprocess.run(command, check=False, timeout=300, stdout=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            note("they could not be installed in time")
    else:
        note("for all peers: sudo " + " ".join(command))


def versions():
    """Name -> version of everything that takes part."""
    code = "import importlib.metadata as m, sys; print(sys.version.split()[0], *(m.version(p) for p in sys.argv[1:]))"
    found = {}
    for package in MODULES:
        words = output(PYTHON, "-c", code, package).split()
        if len(words) == 2:
            found["Python"], found[package] = words
    for name, command in {
        "igzip": ("igzip", "--version"), "pigz": ("pigz", "--version"), "gzip": ("gzip", "--version"),
        "SQLite (C API)": ("pkg-config", "--modversion", "sqlite3"), "cc": ("cc", "-dumpfullversion"),
        "cp": ("cp", "--version"),
    }.items():
        text = output(*command).splitlines()[:1]
        if text:
            found[name] = text[0].split()[-1]
    return found
