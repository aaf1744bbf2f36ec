"""What goes wrong on a cluster, done to the program of a task."""

import os
import pathlib
import signal
import threading
import time


def programs(*arguments):
    """The programs that make a shard now, of the package that is installed here."""
    tool = os.fspath(pathlib.Path(os.environ["PATH"].split(":")[0]).parent)
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if words[0].decode().startswith(tool) and state != "Z":
            # --shard=3/16, or --shard 3/16.
            text = b"=".join(words).decode(errors="replace")
            if "--shard=" in text:
                found.append((int(entry.name), text.partition("--shard=")[2].partition("=")[0]))
    return found


class Fault(threading.Thread):
    """Sends a signal to the first program that makes a shard, once; `target` tells which, in the end."""

    def __init__(self, number):
        super().__init__(daemon=True)
        self.number, self.target, self.is_over = number, None, False
        self.start()

    def run(self):
        while not self.is_over:
            for process, shard in programs():
                os.kill(process, self.number)
                self.target = (process, shard)
                return
            time.sleep(0.005)
