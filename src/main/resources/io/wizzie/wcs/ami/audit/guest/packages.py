"""What the package manager knows: who owns a file, and which updates are pending."""
import glob
import hashlib
import shutil
import tempfile


class Ownership:
    """Which package a file is of, and whether it is as the package brought it."""

    def __init__(self):
        self.owner = {}
        self.installed = {}
        self.conffiles = self.read_conffiles()
        self.links = [link for link in ("/bin", "/sbin", "/lib", "/lib64") if os.path.islink(link)]
        folder = "/var/lib/dpkg/info"
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            if name.endswith(".list"):
                package = name[: -len(".list")]
                path = os.path.join(folder, name)
                self.installed[package] = os.stat(path).st_mtime
                for line in text_of(path, 64 << 20).splitlines():
                    self.owner[self.real(line)] = package

    def real(self, path):
        """Packages still name /lib/x where the file system has /usr/lib/x."""
        for link in self.links:
            if path.startswith(link + "/"):
                return "/usr" + path
        return path

    @staticmethod
    def read_conffiles():
        sums = {}
        inside = False
        for line in text_of("/var/lib/dpkg/status", 64 << 20).splitlines():
            if line.startswith(" ") and inside:
                fields = line.split()
                if len(fields) > 1:
                    sums[fields[0]] = fields[1]
            else:
                inside = line.startswith("Conffiles:")
        return sums

    def untouched(self, path, status):
        """Quickly: of a package, and not written since that was installed."""
        package = self.owner.get(path)
        return package is not None and status.st_mtime <= self.installed[package]

    def proven(self, path):
        """The package that brought exactly this content, or None."""
        package = self.owner.get(path)
        if package is None:
            return None
        wanted = self.conffiles.get(path)
        if wanted is None:
            for line in text_of("/var/lib/dpkg/info/%s.md5sums" % package, 64 << 20).splitlines():
                sum_, _, name = line.partition("  ")
                if self.real("/" + name) == path:
                    wanted = sum_
        with open(path, "rb") as file:
            return package if hashlib.md5(file.read()).hexdigest() == wanted else None


def security_sources(folder):
    """
    Writes the sources of security archives alone to the folder, in apt's two formats; the options
    with which apt reads them. Everything else of an archive is many times as much and not asked.
    """
    parts = os.path.join(folder, "sources")
    os.mkdir(parts)
    sources = []
    for path in ["/etc/apt/sources.list"] + sorted(glob.glob("/etc/apt/sources.list.d/*")):
        text = "".join(line for line in text_of(path).splitlines(True) if not line.lstrip().startswith("#"))
        if path.endswith(".list"):
            sources += [(".list", line) for line in text.splitlines() if "security" in line]
        elif path.endswith(".sources"):
            for stanza in re.split(r"\n\s*\n", text):
                if not re.search(r"(?im)^uris:.*security", stanza):
                    stanza = re.sub(r"(?im)^(suites:)(.*(?:\n[ \t].*)*)", security_suites, stanza)
                if re.search(r"(?im)^(?:suites|uris):.*security", stanza):
                    sources.append((".sources", stanza))
    for number, (kind, text) in enumerate(sources):
        with open(os.path.join(parts, "%d%s" % (number, kind)), "w") as file:
            file.write(text + "\n")
    return ["-o", "Dir::Etc::SourceList=/dev/null", "-o", "Dir::Etc::SourceParts=" + parts] if sources else []


def security_suites(field):
    return field.group(1) + " " + " ".join(suite for suite in field.group(2).split() if "security" in suite)


@check("security-updates")
def security_updates():
    if not shutil.which("apt-get"):
        raise NotAskable("there is no apt here")
    # Lists of its own: nothing waits for apt's locks, and nothing of the guest changes.
    work = tempfile.mkdtemp(prefix="wcs-ami-audit-", dir="/var/tmp")
    try:
        os.makedirs(os.path.join(work, "lists", "partial"))
        os.makedirs(os.path.join(work, "cache", "archives", "partial"))
        os.chmod(work, 0o755)
        options = [
            "-o", "Dir::State::lists=" + os.path.join(work, "lists"),
            "-o", "Dir::Cache=" + os.path.join(work, "cache"),
            "-o", "Acquire::Languages=none",
            "-o", "Acquire::Retries=2",
            "-o", "Acquire::http::Timeout=20",
            "-o", "APT::Update::Error-Mode=any",
            "-o", "Debug::NoLocking=1",
        ]  # fmt: skip
        selected = security_sources(work)
        options += selected
        updated = run("apt-get", "-qq", *options, "update", timeout=300)
        if updated.returncode:
            lines = updated.stderr.strip().splitlines()
            raise NotAskable("the package archives can't be reached: " + (lines[0] if lines else "apt-get update failed"))
        origins = run("apt-cache", *options, "policy").stdout
        if not re.search(r"(?i)-security|debian-security", origins):
            raise NotAskable("no security archive is among the package sources")
        # Not a simulated upgrade: that keeps back what is held, and what needs a package of the other archives.
        listed = run("apt", *options, "list", "--upgradable", timeout=120)
        if listed.returncode:
            raise NotAskable("apt list --upgradable failed: " + listed.stderr.strip()[:300])
    finally:
        shutil.rmtree(work, ignore_errors=True)
    pending = 0
    for line in listed.stdout.splitlines():
        match = re.match(r"([^/\s]+)/(\S+) (\S+) \S+ \[upgradable from: (\S+)\]", line)
        if match and (selected or "security" in match.group(2).lower()):
            pending += 1
            found("security-updates", "%s %s -> %s is pending" % (match.group(1), match.group(4), match.group(3)))
    return "what apt can upgrade from the security archives of now: %d pending" % pending
