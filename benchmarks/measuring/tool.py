"""gen-dataset itself: its release build, and runs of it."""
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from .process import Run, Skipped, measured

ROOT = Path(__file__).resolve().parents[2]
FLEET = ROOT / "benchmarks/fleet.yaml"
SENSORS = 1_000  # of fleet.yaml, a reading a second each
TIMEOUT = 600  # seconds; the longest run takes a tenth of it


class Tool:
    """The release build; `folder` is where its datasets go."""

    def __init__(self, folder):
        build = ["swift", "build", "-c", "release", "--product", "gen-dataset"]
        if shutil.which("swift"):
            subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        self.path = ROOT / ".build/release/gen-dataset"
        if not self.path.exists():
            raise SystemExit(f"there is no {self.path}, and no swift to build it with")
        self.folder = folder

    def version(self):
        return subprocess.run([self.path, "--version"], capture_output=True, text=True, check=True).stdout.strip()

    def digest(self):
        """What tells this build from others."""
        digest = hashlib.sha256()
        with open(self.path, "rb") as file:
            while chunk := file.read(1 << 16):
                digest.update(chunk)
        return digest.hexdigest()

    def command(self, dataset, seconds, outputs, *options):
        """The command that writes a dataset; `outputs` maps formats to compressions, or to None for SQLite."""
        settings = [f"--set=outputs.{name}.compression={how}" for name, how in outputs.items() if how]
        return [self.path, "recipe", FLEET, "-o", dataset, "--overwrite", "--quiet", "--duration", f"{seconds}s",
                "--format", ",".join(outputs), *settings, *options]

    def stream(self, seconds, format, *options):
        """The command that writes readings to standard output."""
        return [self.path, "recipe", FLEET, "-o", "-", "--quiet", "--duration", f"{seconds}s", "--format", format, *options]

    def run(self, seconds, outputs, *options, keep=None):
        """Writes a dataset and measures that; the size is that of the readings' files.

        `keep` maps the names of files to where they are kept; all else is removed.
        """
        dataset = self.folder / "dataset"
        try:
            return measured(self.command(dataset, seconds, outputs, *options), TIMEOUT,
                            size=lambda: sum(file.stat().st_size for file in dataset.glob("readings.*")))
        finally:
            for name, place in (keep or {}).items():
                if (dataset / name).exists():
                    (dataset / name).replace(place)
            shutil.rmtree(dataset, ignore_errors=True)
            shutil.rmtree(self.folder / "dataset.partial", ignore_errors=True)

    def generate(self, rows, threads):
        """Generates rows in memory alone, as `gen-dataset bench` measures it: from inside, without its start."""
        command = [self.path, "bench", "--rows", str(rows), "--sensors", str(SENSORS), "--threads", str(threads),
                   "--runs", "1", "--format", "none", "--json", "-o", self.folder]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
        if done.returncode != 0:
            raise Skipped(done.stderr.strip())
        report = json.loads(done.stdout)
        told, millions = report["outputs"][0], report["rows"] / 1e6
        return Run(report["rows"] / told["rows_per_second"], told["user_seconds_per_million_rows"] * millions,
                   told["system_seconds_per_million_rows"] * millions, 0, 0)

    def write(self, dataset, seconds, outputs, *options):
        """Writes a dataset that stays."""
        done = subprocess.run(self.command(dataset, seconds, outputs, *options), capture_output=True, text=True)
        if done.returncode != 0:
            raise Skipped(done.stderr.strip())
