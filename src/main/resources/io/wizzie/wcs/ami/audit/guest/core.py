"""What all checks share. The parts of this folder are sent as one program; CONFIG comes before it."""
import json
import os
import pwd
import re
import stat
import subprocess
import sys
import time
import traceback

# True on an instance launched from the image, false on the builder that is still to be cleaned.
LAUNCHED = CONFIG["launched"]
# What the cleaning will have removed when the image is made: files, and folders with all in them.
REMOVED = set(CONFIG["removed"])
MOST_FINDINGS = 40

checks = []
counts = {}


def check(identifier, launched_only=False):
    """Marks a function as a check; it returns what it has looked at."""

    def mark(function):
        if LAUNCHED or not launched_only:
            checks.append((identifier, function))
        return function

    return mark


class NotAskable(Exception):
    """There is no answer here, and why."""


def tell(**answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def found(identifier, message, path=None, line=0, severity=None):
    """Reports a finding; never with the secret in it."""
    counts[identifier] = counts.get(identifier, 0) + 1
    if counts[identifier] <= MOST_FINDINGS:
        tell(check=identifier, found=message, path=path, line=line, severity=severity)
    elif counts[identifier] == MOST_FINDINGS + 1:
        tell(check=identifier, found="more of this kind, not listed", severity=severity)


def run_checks():
    for identifier, function in checks:
        try:
            tell(check=identifier, looked=function())
        except NotAskable as reason:
            tell(check=identifier, unasked=str(reason))
        except Exception:  # a check that breaks must not pass for one that found nothing
            tell(check=identifier, broken=traceback.format_exc(limit=-2).strip())


def run(*command, timeout=60, env=None):
    """The finished command, with its output as text."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        universal_newlines=True,
        errors="replace",
        timeout=timeout,
        env=dict(os.environ, LC_ALL="C", **(env or {})),
    )


def text_of(path, limit=1 << 20):
    """The file's text; empty when there is none."""
    try:
        with open(path, "rb") as file:
            return file.read(limit).decode("utf-8", "replace")
    except OSError:
        return ""


def removed(path):
    """Whether the cleaning takes this path away."""
    while path not in REMOVED:
        parent = os.path.dirname(path)
        if parent == path:
            return False
        path = parent
    return True


def boot_time():
    """When PID 1 was started: in a container not the machine's boot."""
    ticks = int(text_of("/proc/1/stat").rpartition(")")[2].split()[19])
    since = ticks / os.sysconf("SC_CLK_TCK")
    for line in text_of("/proc/stat").splitlines():
        if line.startswith("btime "):
            return int(line.split()[1]) + since
    raise NotAskable("/proc/stat has no boot time")


BOOT = boot_time()


def in_image(path):
    """
    Whether the file, as it is, is part of the image. On a launched instance what came into being
    after the boot is its own. A file of the image that was only moved or handed to another owner
    since keeps its time of modification; one that was copied in with old times has a new status.
    """
    if not LAUNCHED:
        return not removed(path)
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return min(status.st_mtime, status.st_ctime) < BOOT


def accounts():
    return pwd.getpwall()


def mounts():
    """Mount points with their root in the file system, type and source."""
    for line in text_of("/proc/self/mountinfo").splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        kind, source = after.split()[:2]
        point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal.group(1), 8)), fields[4])
        yield point, fields[3], kind, source
