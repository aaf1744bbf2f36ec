"""The program as it is shipped: with what it needs inside, or beside it."""

import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Where it is built; a folder of its own, as its options are others than those of the tests.
SCRATCH = ".build-release"
# What every Linux with the GNU C library has; of the others, what is linked statically is inside and the rest is carried.
COMMON = ("linux-vdso", "ld-linux", "libc.so", "libm.so", "libpthread", "libdl", "librt", "libgcc_s")
# Linked statically where the distribution has archives of them, with the names by which pkg-config knows them.
ARCHIVES = {
    "sqlite3": "sqlite3", "yaml": "yaml-0.1", "crypto": "libcrypto", "z": "zlib", "zstd": "libzstd", "isal": "libisal", "stdc++": None,
}
# Where libraries are looked for, from the folder of the program on.
LIBRARIES = "lib/gen-dataset"


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout


def version():
    text = (ROOT / "Sources/DatasetGen/Basics/Generator.swift").read_text(encoding="utf-8")
    return re.search(r'version = "([^"]+)"', text)[1]


def commit_time():
    """Seconds since 1970: how old what is made from the commit is said to be; in an image's build the environment says it."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or run("git", "log", "-1", "--format=%ct"))


def stripped(tool, folder):
    """The program without the names of what is in it."""
    subprocess.run(["strip", "-o", folder / "gen-dataset", tool], check=True)
    return folder / "gen-dataset"


def archives():
    """The libraries of the distribution that can be linked statically: name and file."""
    for name in ARCHIVES:
        path = pathlib.Path(run("clang", f"-print-file-name=lib{name}.a").strip())
        if path.is_absolute():
            yield name, path.resolve()


def build(folder):
    """The program with Swift's libraries inside, stripped, and the libraries that it is carried with."""
    # A folder in which the linker finds archives and no shared libraries; what pkg-config says of them names it before those of the system.
    found = ROOT / SCRATCH / "archives"
    found.mkdir(parents=True, exist_ok=True)
    for name, path in archives():
        link = found / f"lib{name}.a"
        link.unlink(missing_ok=True)
        link.symlink_to(path)
        if ARCHIVES[name]:
            text = f"Name: {name}\nDescription: {name}\nVersion: 1\nLibs: -L{found} -l{name}\nCflags:\n"
            (found / f"{ARCHIVES[name]}.pc").write_text(text, encoding="utf-8")
    options = ["-c", "release", "--product", "gen-dataset", "--static-swift-stdlib", "--scratch-path", SCRATCH]
    options += ["-Xlinker", f"-L{found}", "-Xlinker", "-rpath", "-Xlinker", f"$ORIGIN/../{LIBRARIES}"]
    environment = {**os.environ, "PKG_CONFIG_PATH": str(found)}
    subprocess.run(["swift", "build", *options], cwd=ROOT, check=True, stdout=sys.stderr, env=environment)
    place = run("swift", "build", *options, "--show-bin-path").strip()
    tool = stripped(pathlib.Path(place, "gen-dataset"), folder)
    return tool, list(libraries(tool))


def libraries(tool):
    """The shared libraries that a program needs beside what every Linux has."""
    for line in run("ldd", tool).splitlines():
        name, _, path = line.strip().partition(" => ")
        if path.startswith("/") and not name.startswith(COMMON):
            yield pathlib.Path(path.split()[0])


def c_library(files):
    """The version of the C library whose newest symbols the files need, as two numbers."""
    symbols = "".join(run("objdump", "-T", file) for file in files)
    return max(tuple(map(int, found)) for found in re.findall(r"GLIBC_(\d+)\.(\d+)", symbols))
