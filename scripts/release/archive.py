"""Archives that are the same for the same files."""

import gzip
import lzma
import tarfile

from .program import commit_time


def pack(tree, path):
    """An archive of a folder, with the folder's name; compressed as its own name says."""
    partial = path.with_suffix(".partial")
    with partial.open("wb") as file, compressor(file, path.suffix) as compressed:
        with tarfile.open(fileobj=compressed, mode="w", format=tarfile.PAX_FORMAT) as archive:
            add(tree, archive, tree.name)
    partial.replace(path)
    return path


def compressor(file, suffix):
    if suffix == ".xz":
        return lzma.open(file, "wb", preset=6)
    # Without the name and the time that gzip notes.
    return gzip.GzipFile("", "wb", 9, file, mtime=0)


def add(folder, archive, name):
    """The files of a folder, sorted, of nobody, and as old as the commit."""
    time = commit_time()
    for file in sorted([folder, *folder.rglob("*")]):
        entry = archive.gettarinfo(file, arcname=f"{name}/{file.relative_to(folder).as_posix()}".removesuffix("/."))
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = time
        if entry.isdir():
            entry.mode = 0o755
            archive.addfile(entry)
        else:
            with file.open("rb") as content:
                archive.addfile(entry, content)
