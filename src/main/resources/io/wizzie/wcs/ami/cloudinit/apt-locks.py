"""Waits until nobody holds a lock of apt or dpkg: apt-locks.py SECONDS."""
import fcntl
import os
import struct
import sys
import time

LOCKS = (
    "/var/lib/dpkg/lock-frontend",
    "/var/lib/dpkg/lock",
    "/var/lib/apt/lists/lock",
    "/var/cache/apt/archives/lock",
)
# struct flock of 64-bit Linux: l_type, l_whence, l_start, l_len, l_pid.
FLOCK = "hhqqi4x"


def holder(path):
    """The process that holds the lock, or 0: asked of the kernel, the lock is not taken."""
    try:
        with open(path, "rb+") as file:
            asked = struct.pack(FLOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            told = struct.unpack(FLOCK, fcntl.fcntl(file, fcntl.F_GETLK, asked))
    except FileNotFoundError:
        return 0
    return 0 if told[0] == fcntl.F_UNLCK else told[4]


def name(pid):
    """The process's name and the beginning of its command line."""
    try:
        with open(f"/proc/{pid}/comm", encoding="utf-8") as file:
            comm = file.read().strip()
        with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:
            words = file.read().replace("\0", " ").strip()
    except OSError:
        return "a process that just ended", ""
    return comm, words[:120]


def main():
    deadline = time.monotonic() + float(sys.argv[1])
    said = None
    free = 0
    # Free twice, because apt lets go of one lock before it takes the next.
    while free < 2:
        held = [(path, pid) for path in LOCKS for pid in [holder(path)] if pid]
        free = 0 if held else free + 1
        if held:
            path, pid = held[0]
            command, words = name(pid)
            detail = f"process {pid}: {words}" if words else f"process {pid}"
            text = f"{path} is held by {command} ({detail})"
            if text != said:
                print(text, flush=True)
                said = text
            if time.monotonic() > deadline:
                sys.exit(1)
        if free < 2:
            time.sleep(1.0 if held else 0.3)


main()
