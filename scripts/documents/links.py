"""Links of pages: whether the file is there, and the heading in it."""

import posixpath
from collections.abc import Iterator

from . import markdown, tree


def problems() -> Iterator[str]:
    for page in markdown.pages():
        for link in page.links:
            problem = _problem(page.name, link.text)
            if problem:
                yield f"{link.place}: {link.text}: {problem}"


def _problem(page: str, target: str) -> str | None:
    if "://" in target or target.startswith("mailto:"):
        return None
    path, _, anchor = target.partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    if name.startswith(".."):
        return "lies outside the repository"
    if not tree.holds(name):
        return "there is no such file"
    if anchor and (not name.endswith(".md") or anchor not in markdown.page(name).anchors):
        return "there is no such heading"
    return None
