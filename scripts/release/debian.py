"""A package of Debian: the files below /usr, as dpkg-deb packs them."""

import gzip
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .program import LIBRARIES, c_library, commit_time, run, version

CONTROL = """\
Package: gen-dataset
Version: {version}
Architecture: {architecture}
Maintainer: gen-dataset <noreply@localhost>
Section: science
Priority: optional
Installed-Size: {size}
Depends: libc6 (>= {c_library}), libgcc-s1
Recommends: libpq5, libcurl4
Suggests: libmosquitto1, librdkafka1, libnats3.4, sqlite3, zstd
Description: labelled, reproducible sensor datasets from a recipe
 Describe sensors, their readings and their anomalies in a few lines of YAML;
 get SQLite, Parquet, Arrow, CSV and JSON Lines with the ground truth, at the
 speed of the disk, the same bytes for the same seed. Loads databases, sends
 to brokers, and runs live with monitoring.
"""


def package(tree, libraries, output):
    """The package of what is laid out in a folder."""
    architecture = run("dpkg", "--print-architecture").strip()
    path = output / f"gen-dataset_{version()}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "root")
        shutil.copytree(tree, root / "usr")
        # As Debian's policy has them: manual pages and the licence under names of its own.
        for page in (root / "usr/share/man").rglob("*.1"):
            with gzip.GzipFile(f"{page}.gz", "wb", 9, mtime=0) as compressed:
                compressed.write(page.read_bytes())
            page.unlink()
        documents = root / "usr/share/doc/gen-dataset"
        (documents / "LICENSE").rename(documents / "copyright")
        size = sum(file.stat().st_size for file in root.rglob("*") if file.is_file()) // 1024
        needed = ".".join(map(str, c_library([root / "usr/bin/gen-dataset", *(root / "usr" / LIBRARIES).iterdir()])))
        control = root / "DEBIAN/control"
        control.parent.mkdir()
        control.write_text(CONTROL.format(version=version(), architecture=architecture, size=size, c_library=needed))
        for file in [root, *root.rglob("*")]:
            if file.is_dir():
                file.chmod(0o755)
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, path],
            check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(commit_time())},
        )
    return path
