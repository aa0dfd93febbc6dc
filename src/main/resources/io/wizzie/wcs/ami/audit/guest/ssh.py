"""How sshd is configured, and with which keys."""


def sshd_settings(user):
    """What sshd says to hold for this user; Match blocks count."""
    os.makedirs("/run/sshd", exist_ok=True)
    program = next((p for p in ("/usr/sbin/sshd", "/usr/local/sbin/sshd") if os.path.exists(p)), None)
    if program is None:
        raise NotAskable("there is no sshd")
    told = run(program, "-T", "-C", "user=%s,host=buyer.example,addr=192.0.2.1" % user)
    if told.returncode:
        raise NotAskable("sshd -T failed: %s" % told.stderr.strip())
    return told.stdout.lower()


def people():
    """Root, the login user and everybody else whom a Match block may mean."""
    shells = ("/bin/sh", "/bin/bash", "/bin/zsh", "/bin/dash", "/usr/bin/bash", "/usr/bin/zsh")
    names = [account.pw_name for account in accounts() if account.pw_shell in shells]
    return ["root"] + [name for name in names if name != "root"]


@check("ssh-password-login")
def ssh_password_login():
    for user in people():
        settings = sshd_settings(user)
        for setting in ("passwordauthentication", "kbdinteractiveauthentication"):
            if re.search(r"(?m)^%s yes$" % setting, settings):
                found("ssh-password-login", "sshd has %s yes for %s" % (setting, user), "/etc/ssh/sshd_config")
        if re.search(r"(?m)^permitemptypasswords yes$", settings):
            found("ssh-password-login", "sshd has permitemptypasswords yes for %s" % user, "/etc/ssh/sshd_config")
    return "sshd -T for %s" % ", ".join(people())


@check("ssh-root-login")
def ssh_root_login():
    if re.search(r"(?m)^permitrootlogin yes$", sshd_settings("root")):
        found("ssh-root-login", "sshd has permitrootlogin yes", "/etc/ssh/sshd_config")
    return "sshd -T for root"


@check("ssh-host-keys", launched_only=True)
def ssh_host_keys():
    folder = "/etc/ssh"
    keys = sorted(name for name in os.listdir(folder) if name.startswith("ssh_host_"))
    for name in keys:
        path = os.path.join(folder, name)
        if in_image(path):
            found("ssh-host-keys", "is in the image, the same on every instance", path)
    return "%d files" % len(keys)
