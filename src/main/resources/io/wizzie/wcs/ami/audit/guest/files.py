"""One walk over the file system for all that files may give away; bounded in time and bytes."""

LONGEST_SECONDS = CONFIG["walkSeconds"]
LARGEST_BYTES = 1 << 20
# What is no file of the image, has no secrets but public ones, or is other archives' content.
PRUNED = {
    "/proc", "/sys", "/dev", "/run", "/snap", "/lost+found",
    "/usr/share/doc", "/usr/share/man", "/usr/share/info", "/usr/share/locale", "/usr/share/zoneinfo",
    "/usr/lib/modules", "/usr/lib/firmware", "/var/lib/dpkg", "/var/lib/apt/lists", "/var/cache/apt",
    # Layers of container images, as their registry gives them to everybody; volumes are looked at.
    "/var/lib/docker/image", "/var/lib/docker/overlay2", "/var/lib/docker/vfs", "/var/lib/docker/btrfs",
    "/var/lib/docker/zfs", "/var/lib/docker/fuse-overlayfs", "/var/lib/docker/buildkit",
    "/var/lib/docker/rootfs", "/var/lib/containerd", "/var/lib/snapd",
}  # fmt: skip
UNREAL = {"tmpfs", "proc", "sysfs", "devtmpfs", "squashfs", "nfs", "nfs4", "cifs", "autofs", "ramfs", "iso9660"}
BINARY = (
    ".so", ".gz", ".xz", ".zst", ".bz2", ".zip", ".png", ".jpg", ".gif", ".ico", ".pyc", ".mo", ".jar", ".war",
    ".class", ".deb", ".ko", ".o", ".a", ".woff", ".woff2", ".ttf", ".db", ".gresource", ".iso",
)  # fmt: skip

PRIVATE_KEY = re.compile(
    rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\\n|\\r|\s)+"
    rb"(?:[A-Za-z-]+: [^\n]*\n\s*)*(?:[A-Za-z0-9+/=]|\\n|\\r|\s){60}"
    rb"|^PuTTY-User-Key-File-[0-9]+:",
    re.MULTILINE,
)
AWS = re.compile(
    rb"\b(?P<id>(?:AKIA|ASIA)(?![0-9A-Z]{9}EXAMPLE)[0-9A-Z]{16})\b"
    rb"|(?i:aws_?(?:secret_?access_?key|session_?token)[\"']?\s*(?:=>|[:=])\s*[\"']?)"
    rb"(?P<secret>(?![A-Za-z0-9/+=]*EXAMPLE)[A-Za-z0-9/+=]{40,})"
)
TOKEN = re.compile(
    rb"\b(?:(?P<GitHub>gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})"
    rb"|(?P<GitLab>glpat-[A-Za-z0-9_-]{20,})|(?P<Slack>xox[abprs]-[A-Za-z0-9-]{20,})"
    rb"|(?P<Google>AIza[0-9A-Za-z_-]{35})|(?P<Stripe>[rs]k_live_[0-9a-zA-Z]{24,})"
    rb"|(?P<npm>npm_[A-Za-z0-9]{36})|(?P<PyPI>pypi-AgEI[A-Za-z0-9_-]{50,})"
    rb"|(?P<Docker>dckr_pat_[A-Za-z0-9_-]{27,})|(?P<SendGrid>SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})"
    rb"|(?P<Vault>hv[sb]\.[A-Za-z0-9_-]{90,}))"
)
URL_PASSWORD = re.compile(rb"https?://[^\s/:@'\"]+:[^\s/@'\"$<{]{3,}@[\w.-]+")
URL_PLACES = re.compile(r"/\.git/config$|^/etc/apt/|^/etc/environment$|/pip\.conf$|/\.gitconfig$|^/etc/systemd/system/")
ASKS_AWS = re.compile(
    rb"\baws\s+configure\s*(?:$|--profile)|\bread\b[^\n]*\bAWS_(?:ACCESS|SECRET)"
    rb"|(?i:\b(?:enter|type|paste|provide)\b[^\n]{0,40}\baws\b[^\n]{0,12}\b(?:access|secret)[^\n]{0,10}\bkey)",
    re.MULTILINE,
)
ASKING = re.compile(r"\.(?:sh|bash|rb|erb|py|pl)$|^/etc/(?:profile\.d|update-motd\.d)/|^/etc/motd$")
QUICK = re.compile(
    rb"PRIVATE KEY|PuTTY-User|AKIA|ASIA|(?i:aws)|gh[pousr]_|github_pat|glpat-|xox|AIza|k_live_|npm_|pypi-|dckr_|SG\.|hv[sb]\.|://"
)

HISTORY = re.compile(r"^\.(?:\w+_)?(?:bash|zsh|ash|sh|python|psql|mysql|rediscli|irb|node_repl|sqlite)?_?history$")
ENV_FILE = re.compile(r"^(?:\.env(?:\..+)?|.+\.env)$")
ENV_EXAMPLE = re.compile(r"(?:example|sample|template|dist|defaults?)$")
ENV_SECRET = re.compile(
    r"^\s*(?:export\s+)?(\w*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)\w*)"
    r"\s*=\s*(?![\"']?\$\{?\w)[\"']?([^\s\"'#]+)",
    re.IGNORECASE,
)
CREDENTIALS = (
    (re.compile(r"(?:^|/)[._]netrc$"), re.compile(r"(?m)^\s*(?:machine|default)\b[\s\S]*?\bpassword\s+\S+")),
    (re.compile(r"/\.git-credentials$"), re.compile(r"://[^\s:@/]+:[^\s@/]+@")),
    (re.compile(r"/(?:\.docker/config\.json|\.dockercfg)$"), re.compile(r"\"(?:auth|identitytoken|registrytoken)\"\s*:\s*\"[^\"]+\"")),
    (re.compile(r"/\.pgpass$"), re.compile(r"(?m)^[^#\s][^:]*:[^:]*:[^:]*:[^:]*:\S+")),
    (re.compile(r"/\.my(?:login)?\.cnf$"), re.compile(r"(?m)^\s*password\s*=\s*\S+")),
    (re.compile(r"/\.npmrc$"), re.compile(r"_(?:authToken|password|auth)\s*=\s*[^\s$]+")),
    (re.compile(r"/\.pypirc$"), re.compile(r"(?m)^\s*password\s*[=:]\s*\S+")),
    (re.compile(r"/\.config/gh/hosts\.yml$"), re.compile(r"oauth_token:\s*\S+")),
    (re.compile(r"/\.kube/config$"), re.compile(r"(?:client-key-data|token|password):\s*\S+")),
    (re.compile(r"/application_default_credentials\.json$"), re.compile(r"\"refresh_token\"\s*:")),
    (re.compile(r"/\.(?:s3cfg|boto)$"), re.compile(r"(?m)^\s*(?:secret_key|aws_secret_access_key)\s*=\s*\S+")),
)  # fmt: skip
walked = {}


def line_of(data, offset):
    return data.count(b"\n", 0, offset) + 1


class Walk:
    def __init__(self):
        self.owned = Ownership()
        self.files = self.read = self.packaged = 0
        self.justified = []
        self.cut = None
        # Loading the list of packages is not part of the walk.
        self.deadline = time.monotonic() + LONGEST_SECONDS
        self.pruned = set(PRUNED)
        for point, root, kind, _ in mounts():
            bound = root != "/" and kind != "btrfs"
            if point != "/" and (kind in UNREAL or kind == "overlay" or kind.startswith("fuse") or bound):
                self.pruned.add(point)

    def go(self):
        for folder, folders, names in os.walk("/"):
            folders[:] = [name for name in folders if self.enters(os.path.join(folder, name))]
            for name in names:
                if time.monotonic() > self.deadline:
                    self.cut = folder
                    return
                self.see(os.path.join(folder, name), name)

    def enters(self, path):
        return path not in self.pruned and (LAUNCHED or path not in REMOVED)

    def see(self, path, name):
        if path in self.pruned:
            return
        try:
            status = os.lstat(path)
        except OSError:
            return
        if not stat.S_ISREG(status.st_mode) or not status.st_size:
            return
        if name.startswith("authorized_keys") and folder_is_ssh(path):
            key_files.add(path)
        if not in_image(path) or (not LAUNCHED and path.startswith("/etc/ssh/ssh_host_")):
            return
        self.files += 1
        if self.owned.untouched(path, status):
            self.packaged += 1
            return
        if HISTORY.match(name):
            self.note("shell-histories", "is a history of commands", path, 1)
        if name.lower().endswith(BINARY):
            return
        try:
            with open(path, "rb") as file:
                data = file.read(LARGEST_BYTES)
        except OSError:
            return
        self.read += 1
        if b"\0" not in data[:1024]:
            self.search(path, name, data)

    def search(self, path, name, data):
        if ENV_FILE.match(name) and not ENV_EXAMPLE.search(name):
            for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), 1):
                match = ENV_SECRET.match(line)
                if match:
                    self.note("env-files", "gives %s a fixed value" % match.group(1), path, number)
        for place, content in CREDENTIALS:
            match = place.search(path) and content.search(data.decode("utf-8", "replace"))
            if match:
                self.note("credential-files", "holds credentials", path, line_of(data, match.start()))
        if not QUICK.search(data):
            return
        for match in PRIVATE_KEY.finditer(data):
            self.note("private-keys", "holds a private key", path, line_of(data, match.start()))
        for match in AWS.finditer(data):
            what = "an access key ID (%s…)" % match.group("id")[:4].decode() if match.group("id") else "a secret key"
            self.note("aws-credentials", "holds %s of AWS" % what, path, line_of(data, match.start()))
        for match in TOKEN.finditer(data):
            self.note("tokens", "holds a token of %s" % match.lastgroup, path, line_of(data, match.start()))
        if URL_PLACES.search(path):
            for match in URL_PASSWORD.finditer(data):
                self.note("tokens", "holds a URL with a password", path, line_of(data, match.start()))
        if data.startswith(b"#!") or ASKING.search(path):
            for match in ASKS_AWS.finditer(data):
                self.note("asks-for-aws-keys", "asks for AWS keys", path, line_of(data, match.start()))

    def note(self, identifier, message, path, line):
        package = self.owned.proven(path)
        if package:
            # Known to everybody who has the package, such as the keys of its own tests.
            self.justified.append("%s (%s)" % (path, package))
        else:
            found(identifier, message, path, line)


def folder_is_ssh(path):
    return os.path.basename(os.path.dirname(path)) == ".ssh"


def walk_once():
    if "walk" not in walked:
        walk = walked["walk"] = Walk()
        walk.go()
    walk = walked["walk"]
    looked = "%d files, %d read, %d as their packages brought them" % (walk.files, walk.read, walk.packaged)
    if walk.justified:
        looked += "; of packages: " + ", ".join(sorted(set(walk.justified))[:10])
    if walk.cut:
        raise NotAskable("after %d s, half of timeouts.guestAudit, the walk was cut off in %s (%s)" % (LONGEST_SECONDS, walk.cut, looked))
    return looked


for each in ("private-keys", "aws-credentials", "tokens", "env-files", "shell-histories", "credential-files", "asks-for-aws-keys"):
    check(each)(walk_once)
