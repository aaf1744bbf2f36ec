"""The licences of what is inside the program, and of what it is carried with."""

import pathlib
import shutil
import subprocess

from .program import ROOT, SCRATCH, archives


def write_notices(folder, carried):
    """A folder for each package whose code is in the program, or beside it."""
    folder.mkdir(parents=True)
    for package in swift_packages():
        for file in sorted(package.iterdir()):
            if file.is_file() and file.name.split(".")[0].upper() in ("LICENSE", "NOTICE", "COPYING"):
                copy(file, folder / package.name / file.name)
    swift = pathlib.Path(shutil.which("swift")).resolve().parents[1] / "share/swift/LICENSE.txt"
    copy(swift, folder / "swift" / swift.name)
    for file in [path for _, path in archives()] + list(carried):
        name = debian_package(file)
        copy(pathlib.Path("/usr/share/doc", name, "copyright"), folder / name / "copyright")


def swift_packages():
    """The checkouts of packages of which something is linked."""
    built = {path.name.removesuffix(".build") for path in (ROOT / SCRATCH / "release").resolve().glob("*.build") if any(path.rglob("*.o"))}
    for package in sorted((ROOT / SCRATCH / "checkouts").iterdir()):
        # The sources of a package may lie outside of Sources.
        if any(target.name in built for target in [*package.glob("Sources/*"), *package.glob("*")]):
            yield package


def debian_package(file):
    """The package that has installed a file."""
    # Where /lib is a link to /usr/lib, packages may know a file by either name.
    for name in (file, file.resolve(), str(file).removeprefix("/usr"), str(file.resolve()).removeprefix("/usr")):
        found = subprocess.run(["dpkg", "-S", name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        if found.returncode == 0:
            return found.stdout.split(":")[0]
    raise SystemExit(f"build-release: no package has installed {file}, so that its licence is not known")


def copy(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
