"""What a benchmark was measured on."""
import datetime
import os
import pathlib
import platform
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]


def output(*command):
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def word(path, key):
    """The first value after a key in a file of /proc."""
    for line in pathlib.Path(path).read_text().splitlines():
        if line.startswith(key):
            return line.split(":", 1)[1].strip()
    return ""


def describe():
    return {
        "commit": output("git", "describe", "--always", "--dirty"),
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
        "processor": word("/proc/cpuinfo", "model name") or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(int(word("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "compiler": output("cc", "--version").split("\n")[0],
        "load": os.getloadavg()[0],
    }


def sentence(machine):
    return (f"Commit {machine['commit']}, {machine['date']}, {machine['processor']}, {machine['cores']} cores, "
            f"{machine['memory_gib']} GiB, {machine['compiler']}; medians of {machine['rounds']} rounds; load average "
            f"{machine['load']:.1f} at the start. One thread each.")
