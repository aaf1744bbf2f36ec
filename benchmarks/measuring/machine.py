"""Which machine the figures are of."""
import os
import platform
import resource
import shutil
import subprocess
import time
from pathlib import Path


def description(folder):
    """Processor, cores, memory, system and disk of `folder`, as pairs of name and value."""
    return {
        "processor": processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "kernel": f"{platform.system()} {platform.release()}",
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", "unknown"),
        "disk": disk(folder),
    }


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def disk(folder):
    """File system and size of the disk that a folder is on."""
    kind = output("stat", "-f", "-c", "%T", folder) or "unknown"
    source = output("df", "--output=source", folder).splitlines()[-1:] or ["unknown"]
    return f"{source[0]}, {kind}, {shutil.disk_usage(folder).total / 1e9:.0f} GB"


class Others:
    """How many cores others use from now on: programs beside this one and its children, and other virtual machines."""

    def __init__(self):
        self._begin = time.monotonic()
        self._used = self._all() - self._own()

    def cores(self):
        """Cores on average; the system's own work for all, such as writing back, is in it."""
        used = self._all() - self._own() - self._used
        return max(0.0, used / (time.monotonic() - self._begin))

    @staticmethod
    def _all():
        """Seconds of all processors, proc_stat(5): all but idle and waiting, and guests, which count as user."""
        names = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]
        with open("/proc/stat") as file:
            ticks = dict(zip(names, map(int, file.readline().split()[1:])))
        return sum(ticks[name] for name in names if name not in ("idle", "iowait")) / os.sysconf("SC_CLK_TCK")

    @staticmethod
    def _own():
        """Seconds of this process and of the children that it has waited for."""
        usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def output(*command):
    """What a command prints, without the last newline; nothing if it fails."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
