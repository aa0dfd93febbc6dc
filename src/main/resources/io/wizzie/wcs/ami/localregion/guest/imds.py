"""Instance metadata service of a local guest.

Answers as EC2's does at 169.254.169.254, version 2 only: without a token every
path is 401. A second listener on loopback answers cloud-init without a token,
because cloud-init asks for one only where the DMI tables say Amazon, which
they can't in a container.

What the region knows is read from metadata.json and user-data in the folder
given as the argument, at every request; addresses are those of the guest now.
"""

import base64
import hashlib
import hmac
import http.server
import json
import os
import re
import socket
import sys
import threading
import time

VERSIONS = (
    "1.0",
    "2009-04-04",
    "2016-09-02",
    "2018-09-24",
    "2019-10-01",
    "2021-03-23",
    "2023-05-01",
    "latest",
)
MAX_TTL_SECONDS = 21600
TOKEN_HEADER = "X-aws-ec2-metadata-token"
TTL_HEADER = "X-aws-ec2-metadata-token-ttl-seconds"
FIRST_PASSED_SOCKET = 3  # sd_listen_fds(3)
EC2_PORT = 80


def primary_interface():
    """Name, MAC address and IPv4 address of the interface with the default route."""
    with open("/proc/net/route", encoding="ascii") as routes:
        for line in routes.readlines()[1:]:
            fields = line.split()
            if fields[1] == "00000000":
                name = fields[0]
                break
        else:
            return None
    with open(f"/sys/class/net/{name}/address", encoding="ascii") as file:
        mac = file.read().strip()
    # Connecting a datagram socket sends nothing: it only chooses the source address.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return name, mac, probe.getsockname()[0]


def put(tree, path, value):
    """Adds a value at a path, unless the region has set it."""
    *folders, leaf = path.split("/")
    for folder in folders:
        tree = tree.setdefault(folder, {})
    tree.setdefault(leaf, value)


class Metadata:
    """What is below one version of the service, as a tree of dicts and texts."""

    def __init__(self, folder):
        self.folder = folder

    def tree(self):
        with open(os.path.join(self.folder, "metadata.json"), encoding="utf-8") as file:
            given = json.load(file)
        data = {}
        for path, value in given["metadata"].items():
            put(data, path, value)
        self._add_keys(data, given["publicKeys"])
        self._add_network(data, given.get("publicIpv4"))
        tree = {"meta-data": data, "dynamic": {}}
        put(tree, "dynamic/instance-identity/document", self._identity(data, given))
        try:
            with open(os.path.join(self.folder, "user-data"), "rb") as file:
                tree["user-data"] = file.read()
        except FileNotFoundError:
            pass
        return tree

    @staticmethod
    def _add_keys(data, keys):
        for index, (name, line) in enumerate(keys.items()):
            # A listing shows "0=name", the path is "0/openssh-key".
            put(data, f"public-keys/{index}={name}/openssh-key", line)

    @staticmethod
    def _add_network(data, public):
        interface = primary_interface()
        if not interface:
            return
        _, mac, address = interface
        public = public or address
        below = f"network/interfaces/macs/{mac}"
        hostname = data.get("local-hostname", "")
        for path, value in {
            "local-ipv4": address,
            "public-ipv4": public,
            "public-hostname": hostname,
            "mac": mac,
            f"{below}/device-number": "0",
            f"{below}/mac": mac,
            f"{below}/local-ipv4s": address,
            f"{below}/local-hostname": hostname,
            f"{below}/public-ipv4s": public,
            f"{below}/public-hostname": hostname,
            f"{below}/ipv4-associations/{public}": address,
        }.items():
            put(data, path, value)

    @staticmethod
    def _identity(data, given):
        placement = data.get("placement", {})
        interfaces = data.get("network", {}).get("interfaces", {}).get("macs", {})
        owners = [mac["owner-id"] for mac in interfaces.values() if "owner-id" in mac]
        document = {
            "accountId": owners[0] if owners else given["accountId"],
            "architecture": given["architecture"],
            "availabilityZone": placement.get("availability-zone"),
            "billingProducts": None,
            "devpayProductCodes": None,
            "marketplaceProductCodes": None,
            "imageId": data.get("ami-id"),
            "instanceId": data.get("instance-id"),
            "instanceType": data.get("instance-type"),
            "kernelId": None,
            "pendingTime": given["launchTime"],
            "privateIp": data.get("local-ipv4"),
            "ramdiskId": None,
            "region": placement.get("region"),
            "version": "2017-09-30",
        }
        return json.dumps(document, indent=2)


def listing(tree):
    """Names in a folder, one a line; folders end in a slash, but not keys ("0=name")."""
    return "\n".join(
        name + "/" if isinstance(value, dict) and "=" not in name else name
        for name, value in tree.items()
    )


def look_up(tree, path):
    """The value or listing at a path, None where there is nothing."""
    for name in filter(None, path.split("/")):
        if not isinstance(tree, dict):
            return None
        # Instance tags may hold any character, so their names are compared whole first.
        if name not in tree:
            name = next((key for key in tree if key.split("=")[0] == name), None)
        if name is None:
            return None
        tree = tree[name]
    return listing(tree) if isinstance(tree, dict) else tree


class Tokens:
    """Session tokens that need no memory: an expiry time and its signature."""

    def __init__(self):
        self._key = os.urandom(32)

    def issue(self, ttl_seconds):
        expiry = int(time.monotonic()) + ttl_seconds
        payload = expiry.to_bytes(8, "big") + os.urandom(8)
        return base64.urlsafe_b64encode(payload + self._sign(payload)).decode("ascii")

    def valid(self, token):
        try:
            raw = base64.urlsafe_b64decode(token.encode("ascii"))
        except (ValueError, UnicodeError):
            return False
        payload, signature = raw[:16], raw[16:]
        return (
            hmac.compare_digest(signature, self._sign(payload))
            and int.from_bytes(payload[:8], "big") > time.monotonic()
        )

    def _sign(self, payload):
        return hmac.new(self._key, payload, hashlib.sha256).digest()


class Handler(http.server.BaseHTTPRequestHandler):
    """One request, answered with EC2's status codes."""

    server_version = "EC2ws"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self):
        if self.server.needs_token:
            token = self.headers.get(TOKEN_HEADER)
            if token is None or not self.server.tokens.valid(token):
                self.answer(401)
                return
        path = self.path.split("?")[0]
        if path == "/":
            self.answer(200, "\n".join(VERSIONS))
            return
        version, _, rest = path.lstrip("/").partition("/")
        if version not in VERSIONS:
            self.answer(404)
            return
        found = look_up(self.server.metadata.tree(), rest)
        if found is None:
            self.answer(404)
        else:
            self.answer(200, found)

    do_HEAD = do_GET

    def do_PUT(self):
        if self.path.split("?")[0] != "/latest/api/token":
            self.answer(405)
        elif self.headers.get("X-Forwarded-For") is not None:
            self.answer(403)
        else:
            ttl = self.headers.get(TTL_HEADER, "")
            if not re.fullmatch("[0-9]{1,5}", ttl) or not 1 <= int(ttl) <= MAX_TTL_SECONDS:
                self.answer(400)
            else:
                self.answer(200, self.server.tokens.issue(int(ttl)), {TTL_HEADER: ttl})

    def answer(self, status, body="", headers=None):
        content = body if isinstance(body, bytes) else body.encode("utf-8")
        # A body that was not read would be taken for the next request.
        self.close_connection = self.headers.get("Content-Length", "0") != "0"
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format, *args):  # pylint: disable=redefined-builtin
        """Requests are not logged: they would fill the journal that the image check reads."""


class Server(http.server.ThreadingHTTPServer):
    """Serves on a socket that systemd has opened."""

    daemon_threads = True

    def __init__(self, listener, metadata, tokens):
        super().__init__(listener.getsockname(), Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.metadata = metadata
        self.tokens = tokens
        self.needs_token = listener.getsockname()[1] == EC2_PORT


def main(folder):
    metadata, tokens = Metadata(folder), Tokens()
    count = int(os.environ.get("LISTEN_FDS", "0"))
    servers = [
        Server(socket.socket(fileno=FIRST_PASSED_SOCKET + index), metadata, tokens)
        for index in range(count)
    ]
    if not servers:
        sys.exit("no sockets were passed: start the socket unit")
    threads = [threading.Thread(target=server.serve_forever) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main(sys.argv[1])
