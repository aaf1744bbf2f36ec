"""Runs the blocks of a page one after the other, in an empty folder, as a reader would, and compares what they print.

A block of text right behind a block of commands is what these print; an ellipsis in it stands for anything. So is a table, of commands that print one.
"""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from .markdown import ROOT, Block
from .plan import LANGUAGES, SCENES, Left, Scene
from .sources import RUN

_MARK = "--- next block ---"
_SQL = "import duckdb, sys\nfor line in sys.stdin.read().split(';'):\n    print(duckdb.sql(line)) if line.strip() else None"
_LIMIT = 600


@dataclass
class Outcome:
    page: str
    ran: list[Block] = field(default_factory=list)
    left: list[tuple[Block, Left]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seconds: float = 0


def divided(page: str, blocks: list[Block]) -> Outcome:
    """Which blocks of a page are run, and which are left, without running any; what is planned and not there is a problem."""
    scene = SCENES.get(page, Scene())
    outcome = Outcome(page)
    used = set()
    for block in blocks:
        if block.language in LANGUAGES:
            outcome.left.append((block, LANGUAGES[block.language]))
        if block.language not in RUN:
            continue
        start = next((start for start in scene.left if block.text.startswith(start)), None)
        if start is None:
            outcome.ran.append(block)
        else:
            used.add(start)
            outcome.left.append((block, scene.left[start]))
    for start in scene.left.keys() - used:
        outcome.problems.append(f"{page}: the plan leaves a block that begins with {start!r}, and there is none")
    for _, left in outcome.left:
        if left.by and not (ROOT / left.by).exists():
            outcome.problems.append(f"{page}: {left.by}, which is to try what is left, is not there")
    return outcome


def run(page: str, blocks: list[Block], tool: Path) -> Outcome:
    outcome = divided(page, blocks)
    if not outcome.ran:
        return outcome
    scene = SCENES.get(page, Scene())
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="check-docs-") as folder:
        _lay_out(Path(folder), scene, blocks)
        status, printed = _shell(_script(outcome.ran, scene).replace("$PORT", str(_free_port())), Path(folder), tool)
    outcome.seconds = time.monotonic() - begin
    before, *parts = printed.split(_MARK + "\n")
    if not parts:
        outcome.problems.append(f"{page}: what was to stand there before cannot be made: {before.strip()}")
    for block, part in zip(outcome.ran, parts, strict=False):
        if block.shown is not None and not is_like(part, block.shown):
            outcome.problems.append(f"{block.place}: {block.title}\n  printed\n{part}  not\n{block.shown}")
        # Of what it prints as a table, the page has all lines.
        printed_table = "".join(f"{line}\n" for line in part.split("\n") if line.startswith("|"))
        if block.table and printed_table and block.table != printed_table:
            outcome.problems.append(f"{block.place}: {block.title}\n  printed\n{printed_table}  not\n{block.table}")
    if status and parts:
        outcome.problems.append(f"{outcome.ran[len(parts) - 1].place}: status {status}: {outcome.ran[len(parts) - 1].text}  printed\n{parts[-1]}")
    return outcome


def _lay_out(folder: Path, scene: Scene, blocks: list[Block]) -> None:
    for start, name in scene.files.items():
        text = next(block.text for block in blocks if block.text.startswith(start))
        (folder / name).write_text(text, encoding="utf-8")
    for name in scene.folders:
        (folder / name).symlink_to(ROOT / name)
    (folder / ".home").mkdir()


def _script(blocks: list[Block], scene: Scene) -> str:
    parts = ["set -e\nexec 2>&1\ntrap 'jobs -p | xargs -r kill 2>/dev/null' EXIT\n" + scene.before + "\n"]
    for block in blocks:
        text = block.text
        for old, new in scene.instead.items():
            text = text.replace(old, new)
        command = {"bash": text, "python": f"python3 -W ignore - <<'BLOCK'\n{text}BLOCK\n", "sql": f"python3 -c \"{_SQL}\" <<'BLOCK'\n{text}BLOCK\n"}
        parts.append(f"echo '{_MARK}'\n" + command[block.language])
    return "".join(parts)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _shell(script: str, folder: Path, tool: Path) -> tuple[int, str]:
    """Runs a script with nothing of this environment but what a reader has; all that it has started ends with it."""
    environment = {
        "PATH": f"{tool.parent}:{ROOT / '.venv/bin'}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "python"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder / ".home"),
        "LANG": "C.UTF-8",
    }
    process = subprocess.Popen(
        ["bash", "-c", script], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
    )
    try:
        printed, _ = process.communicate(timeout=_LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        printed, _ = process.communicate()
        printed += f"\nit has not ended after {_LIMIT} s\n".encode()
    return process.returncode, printed.decode(errors="replace")


def is_like(text: str, pattern: str) -> bool:
    """Whether a text is another one in which an ellipsis stands for anything, line breaks too."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("…"))), text, re.S) is not None
