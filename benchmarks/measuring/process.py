"""Runs programs and measures them as whole processes."""
import os
import resource
import signal
import subprocess
import threading
import time
from dataclasses import dataclass


class Skipped(Exception):
    """Something cannot be measured here; the text is the reason."""


@dataclass(frozen=True)
class Run:
    """One measured run: seconds of wall, user and system time, greatest memory and output in bytes."""
    wall: float
    user: float
    system: float
    peak: int
    size: int

    @property
    def cpu(self):
        return self.user + self.system


def measured(command, timeout, size=lambda: 0, environment=None):
    """Runs a command and waits for it with wait4(2), whose figures include the processes that it waited for itself.

    `size` is asked for the bytes written after the end. The peak of memory cannot fall below that of this process, as
    exec counts what the memory had grown to before; see `floor`. Raises Skipped when the command fails or takes more
    than `timeout` seconds.
    """
    command = [str(part) for part in command]
    begin = time.monotonic()
    try:
        # A group of its own, so that nothing survives of a pipeline that is ended.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   start_new_session=True, env={**os.environ, **(environment or {})})
    except OSError as error:
        raise Skipped(f"{command[0]}: {error.strerror}") from error
    is_late = threading.Event()

    def end():
        is_late.set()
        end_group(process)

    watchdog = threading.Timer(timeout, end)
    watchdog.start()
    try:
        errors = process.stderr.read().decode(errors="replace").strip()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    except BaseException:
        end_group(process)
        process.wait()
        raise
    finally:
        watchdog.cancel()
        process.stderr.close()
    if is_late.is_set():
        raise Skipped(f"took more than {timeout:.0f} s")
    if process.returncode != 0:
        raise Skipped(errors.splitlines()[-1][:200] if errors else f"exit status {process.returncode}")
    return Run(wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss * 1024, size())


def floor():
    """The greatest memory of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def end_group(process):
    """Ends a process and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def in_parallel(commands):
    """A shell that runs lines of shell at the same time, and fails if one of them does."""
    started = [f"{{ {line}; }} & p{index}=$!" for index, line in enumerate(commands)]
    awaited = [f"wait $p{index}" for index in range(len(commands))]
    return ["sh", "-c", "\n".join(started) + "\n" + " && ".join(awaited)]


def end_on_signals():
    """Lets SIGTERM and SIGHUP end this process as Ctrl-C does: what `finally` promises is done."""
    def interrupt(number, frame):
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGHUP, interrupt)
