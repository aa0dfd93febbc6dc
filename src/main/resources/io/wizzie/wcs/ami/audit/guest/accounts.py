"""Who may log in, and with what."""
import glob

KEY = re.compile(
    r"(?:^|[\s,\"])(ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-\S+|sk-(?:ssh|ecdsa)-\S+)\s+(AAAA[A-Za-z0-9+/=]+)"
    r"\s*(.*)$"
)
# Files that sshd reads keys from, whether or not their owner has an account.
key_files = set()


def launch_keys():
    """The keys of the key pair that this instance was launched with, as cloud-init was told them."""
    try:
        data = json.loads(text_of("/run/cloud-init/instance-data.json") or "{}")
    except ValueError:
        data = {}
    keys = data.get("v1", {}).get("public_ssh_keys") or []
    return {match.group(2) for match in map(KEY.search, keys) if match}


def authorized_key_files():
    patterns = {".ssh/authorized_keys*"}
    configured = re.search(r"(?m)^authorizedkeysfile (.*)$", sshd_settings("root"))
    if configured:
        patterns.update(p for p in configured.group(1).split() if p != "none")
    for account in accounts():
        for pattern in patterns:
            pattern = pattern.replace("%u", account.pw_name).replace("%h", account.pw_dir)
            pattern = pattern.replace("%U", str(account.pw_uid)).replace("%%", "%")
            key_files.update(glob.glob(os.path.join(account.pw_dir, pattern)))
    return sorted(path for path in key_files if os.path.isfile(path))


@check("authorized-keys")
def authorized_keys():
    own = launch_keys()
    files = authorized_key_files()
    for path in files:
        for number, line in enumerate(text_of(path).splitlines(), 1):
            match = None if line.lstrip().startswith("#") else KEY.search(line)
            # The launch key is this very instance's: in the image there is no such file.
            if match and match.group(2) not in own:
                found(
                    "authorized-keys",
                    "admits the key %s %s…%s" % (match.group(1), match.group(2)[:12], comment(match)),
                    path,
                    number,
                )
    return "%d key files of %d accounts" % (len(files), len(accounts()))


def comment(match):
    return " (%s)" % match.group(3).strip() if match.group(3).strip() else ""


def shadow():
    for line in text_of("/etc/shadow").splitlines():
        fields = line.split(":")
        if len(fields) > 1:
            yield fields[0], fields[1]


@check("empty-passwords")
def empty_passwords():
    entries = list(shadow())
    for name, password in entries:
        if not password:
            found("empty-passwords", "the account %s has an empty password" % name, "/etc/shadow")
    for line in text_of("/etc/passwd").splitlines():
        fields = line.split(":")
        if len(fields) > 1 and not fields[1]:
            found("empty-passwords", "the account %s needs no password" % fields[0], "/etc/passwd")
    return "%d accounts" % len(entries)


@check("passwords")
def passwords():
    entries = list(shadow())
    for name, password in entries:
        # Root's that is not even locked is told by another check.
        if name == "root" and not password.startswith(("!", "*")):
            continue
        # A lock is an exclamation mark before the hash, which stays, and can be taken off again.
        if password.lstrip("!").lstrip("*"):
            found("passwords", "the account %s has a fixed password" % name, "/etc/shadow")
    for line in text_of("/etc/passwd").splitlines():
        fields = line.split(":")
        if len(fields) > 1 and fields[1] not in ("", "x", "*", "!"):
            found("passwords", "the account %s has a fixed password" % fields[0], "/etc/passwd")
    return "%d accounts" % len(entries)


@check("root-locked")
def root_locked():
    password = dict(shadow()).get("root", "")
    if not password.startswith(("!", "*")):
        found("root-locked", "root's password is not locked", "/etc/shadow")
    return "root's entry of /etc/shadow"


@check("login-sudo")
def login_sudo():
    user = os.environ.get("SUDO_USER", "")
    if LAUNCHED:
        return "sudo of %s, which this audit runs by" % user
    # The builder's own right is taken away by the cleaning; cloud-init gives it anew by this.
    import yaml

    merged = {}
    for path in ["/etc/cloud/cloud.cfg"] + sorted(glob.glob("/etc/cloud/cloud.cfg.d/*.cfg")):
        config = yaml.safe_load(text_of(path)) or {}
        default = ((config.get("system_info") or {}).get("default_user")) or {}
        merged.update(default)
    if not merged.get("sudo"):
        found(
            "login-sudo",
            "cloud-init will give its default user %s no sudo" % merged.get("name", "(none)"),
            "/etc/cloud/cloud.cfg",
        )
    return "cloud-init's default user %s" % merged.get("name", "(none)")
