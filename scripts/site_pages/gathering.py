"""The files of the site: the pages, and whatever they link to, at the places that they have in the repository."""

import posixpath
import shutil
from pathlib import Path

from documents import markdown
from documents.markdown import ROOT

from .navigation import PROJECT

_FOLDERS = ("docs/",)


def gather(folder: Path) -> None:
    waiting = ["README.md", *PROJECT.values()] + [name for name in markdown.names() if name.startswith(_FOLDERS)]
    done: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in done:
            continue
        done.add(name)
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, target)
        if name.endswith(".md"):
            links = (link.text.partition("#")[0] for link in markdown.page(name).links if "://" not in link.text)
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(name), link)) for link in links if link]
