"""Runs smoke checks inside an instance: python3 - SECONDS CHECKS.

CHECKS is a JSON list of objects, each with one of tcp, http, unit and command.
Each is tried until it passes or the time is over; then one JSON list is
printed, of objects with "passed" and "said".
"""

import http.client
import json
import socket
import subprocess
import sys
import time

HOST = "127.0.0.1"
CONNECT_SECONDS = 5
PAGE_SECONDS = 15
COMMAND_SECONDS = 60
PAUSE_SECONDS = 2
MOST_READ = 1024 * 1024
MOST_SAID = 500


def tcp(check):
    with socket.create_connection((HOST, check["tcp"]), CONNECT_SECONDS):
        return True, "accepts connections"


def page(check):
    connection = http.client.HTTPConnection(HOST, check["http"], timeout=PAGE_SECONDS)
    try:
        connection.request("GET", check["path"])
        response = connection.getresponse()
        status, body = response.status, response.read(MOST_READ)
    finally:
        connection.close()
    wanted = check.get("status")
    good = 200 <= status < 400 if wanted is None else status == wanted
    if not good:
        return False, f"answers with status {status}"
    text = check.get("text")
    if text is not None and text not in body.decode("utf-8", "replace"):
        return False, f'serves a page without "{text}"'
    return True, f"status {status}"


def run(command):
    result = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    said = result.stdout.decode("utf-8", "replace").strip()
    return result.returncode, said[-MOST_SAID:]


def unit(check):
    code, said = run(["systemctl", "is-active", check["unit"]])
    return code == 0, f"is {said}"


def command(check):
    code, said = run(["sh", "-c", check["command"]])
    return code == 0, f"exits {code}" + (f": {said}" if said else "")


KINDS = {"tcp": tcp, "http": page, "unit": unit, "command": command}


def attempt(check):
    for kind, look in KINDS.items():
        if kind in check:
            try:
                return look(check)
            except ConnectionRefusedError:
                return False, "refuses connections"
            except (OSError, http.client.HTTPException) as failed:
                return False, f"does not answer: {failed}"
            except subprocess.TimeoutExpired:
                return False, f"does not end within {COMMAND_SECONDS} s"
    return False, "is of no known kind"


def main(seconds, checks):
    deadline = time.monotonic() + seconds
    results = [None] * len(checks)
    while True:
        for index, check in enumerate(checks):
            if results[index] is None or not results[index][0]:
                results[index] = attempt(check)
        if all(passed for passed, _ in results) or time.monotonic() >= deadline:
            break
        time.sleep(PAUSE_SECONDS)
    print(json.dumps([{"passed": passed, "said": said} for passed, said in results]))


main(int(sys.argv[1]), json.loads(sys.argv[2]))
