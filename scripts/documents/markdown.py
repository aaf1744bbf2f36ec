"""Pages of Markdown: their blocks of code, what stands in backticks, their headings and links."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^(\s*)```(\S*)\s*$")
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^(#{1,6}) +(.*?) *#*$")


@dataclass
class Block:
    """What stands between two fences."""

    page: str
    line: int
    language: str
    text: str
    # The block of text right behind it: what the page says that it prints.
    shown: str | None = None
    # The table right behind it, which it may print as well.
    table: str = ""

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def title(self) -> str:
        return self.text.split("\n", 1)[0].strip()


@dataclass(frozen=True)
class Span:
    """Words of a line: what stands in backticks, or the target of a link."""

    page: str
    line: int
    text: str

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


class Page:
    """A file of Markdown; `name` is its path from the root of the repository."""

    def __init__(self, name: str):
        self.name = name
        self.blocks: list[Block] = []
        self.codes: list[Span] = []
        self.links: list[Span] = []
        self.anchors: set[str] = set()
        self._read((ROOT / name).read_text(encoding="utf-8"))

    def _read(self, text: str) -> None:
        block: Block | None = None
        behind: Block | None = None
        prose: list[tuple[int, str]] = []
        for number, line in enumerate(text.split("\n"), 1):
            fence = _FENCE.match(line)
            if block is None and fence:
                block = Block(self.name, number, fence[2], "")
            elif block is not None and fence and not fence[2]:
                if block.language == "text" and behind is not None:
                    behind.shown = block.text
                self.blocks.append(block)
                behind = block if block.language in ("bash", "python") else None
                block = None
            elif block is not None:
                block.text += line + "\n"
            else:
                if behind is not None and line.startswith("|"):
                    behind.table += line + "\n"
                behind = behind if not line.strip() or line.startswith("|") else None
                prose.append((number, line))
        self._read_prose(prose)

    def _read_prose(self, lines: list[tuple[int, str]]) -> None:
        text, starts = "", []
        for number, line in lines:
            heading = _HEADING.match(line)
            if heading:
                self._add_anchor(heading[2])
            starts.append((len(text), number))
            text += line + "\n"
        text = text.replace("\\|", "|")
        for found in re.finditer(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", text, re.S):
            words = " ".join(found[2].split())
            if "\n\n" not in found[2]:
                self.codes.append(Span(self.name, self._line(starts, found.start()), words))
        for found in _LINK.finditer(re.sub(r"`[^`\n]*`", lambda code: " " * len(code[0]) if "](" in code[0] else code[0], text)):
            self.links.append(Span(self.name, self._line(starts, found.start()), found[1]))

    @staticmethod
    def _line(starts: list[tuple[int, int]], offset: int) -> int:
        return max((start, number) for start, number in starts if start <= offset)[1]

    def _add_anchor(self, heading: str) -> None:
        name = anchor_of(re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", ""))
        anchor, number = name, 0
        while anchor in self.anchors:
            number += 1
            anchor = f"{name}-{number}"
        self.anchors.add(anchor)


def anchor_of(heading: str) -> str:
    """The name that GitHub gives a heading, of which there is one with these words."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@functools.cache
def page(name: str) -> Page:
    return Page(name)


def names() -> Iterator[str]:
    """All pages of the repository."""
    yield from sorted(path.name for path in ROOT.glob("*.md"))
    for folder in ("docs", "benchmarks", "datasets"):
        paths = (ROOT / folder).rglob("*.md")
        yield from sorted(str(path.relative_to(ROOT)) for path in paths if not any(part.startswith(".") for part in path.parts[len(ROOT.parts) :]))


def pages() -> list[Page]:
    return [page(name) for name in names()]
