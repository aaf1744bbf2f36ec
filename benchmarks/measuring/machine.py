"""Which machine the figures are of."""
import os
import platform
import shutil
import subprocess
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


def load():
    """Processes that were running or waiting to run in the last minute, on average."""
    return os.getloadavg()[0]


def output(*command):
    """What a command prints, without the last newline; nothing if it fails."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
