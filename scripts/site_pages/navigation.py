"""What stands beside the pages: the index of docs/README.md, row by row."""

import re

from documents.markdown import ROOT

_ROW = re.compile(r"^\| (?P<about>[^|]+) \| (?P<pages>[^|]*\]\([^|]+) \|$")
_PAGE = re.compile(r"\[([^\]]+)\]\(([^)#]+\.md)[^)]*\)")
PROJECT = {"Changes": "CHANGELOG.md", "Contributing": "CONTRIBUTING.md", "Security": "SECURITY.md"}


def navigation() -> list:
    """Each page of the index once, below the heading of its table; of the reference below what it is about."""
    text = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    begin, _, reference = text.partition("\n## Reference\n")
    seen: set[str] = set()
    start = [entry for entry in _entries(begin.split("\n|", 1)[0], seen)]
    questions = [entry for row in begin.split("\n") for entry in _row(row, seen)[1]]
    sections = [{about: entries} for about, entries in (_row(row, seen) for row in reference.split("\n")) if entries]
    return [
        {"Overview": "README.md"},
        {"Start": [{"Documentation": "docs/README.md"}, *start]},
        {"How do I …": questions},
        {"Reference": sections},
        {"The project": [{title: path} for title, path in PROJECT.items()]},
    ]


def _row(line: str, seen: set[str]) -> tuple[str, list[dict[str, str]]]:
    found = _ROW.match(line)
    return (_title(found["about"]), _entries(found["pages"], seen)) if found else ("", [])


def _entries(text: str, seen: set[str]) -> list[dict[str, str]]:
    entries = []
    for title, path in _PAGE.findall(text):
        if path not in seen:
            seen.add(path)
            entries.append({_question(path) or _title(title): f"docs/{path}"})
    return entries


def _question(path: str) -> str | None:
    """What a page of the guide answers: its heading without what all of them have."""
    if not path.startswith("guide/"):
        return None
    heading = (ROOT / "docs" / path).read_text(encoding="utf-8").split("\n", 1)[0]
    return _title(heading.removeprefix("# How do I ").rstrip("?"))


def _title(text: str) -> str:
    """As a title: without what explains it."""
    text = text.split(":")[0].strip()
    return text[:1].upper() + text[1:]
