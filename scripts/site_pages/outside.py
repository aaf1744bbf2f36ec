"""What pages of HTML would load from elsewhere when they are opened."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

_LOADED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}


class _Loads(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        target = values.get(_LOADED.get(tag, ""))
        if target and "://" in target and values.get("rel") not in ("canonical", "edit"):
            self.found.append(target)


def loads(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.html")):
        parser = _Loads()
        parser.feed(path.read_text(encoding="utf-8"))
        for target in parser.found:
            yield f"{path.relative_to(folder)}: {target}"
