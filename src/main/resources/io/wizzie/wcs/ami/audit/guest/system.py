"""What system it is, and what of one instance it may not carry to others."""


@check("end-of-life-system")
def end_of_life_system():
    # Judged by the program, which has the table.
    values = {}
    for line in text_of("/etc/os-release").splitlines():
        name, _, value = line.partition("=")
        values[name] = value.strip().strip("\"'")
    name = values.get("PRETTY_NAME", "unknown")
    tell(system=values.get("ID", ""), version=values.get("VERSION_ID", ""), name=name)
    return name


@check("encrypted-file-system")
def encrypted_file_system():
    seen = 0
    for point, _, kind, source in mounts():
        seen += 1
        if kind in ("ecryptfs", "fuse.encfs", "fuse.gocryptfs", "fuse.securefs"):
            found("encrypted-file-system", "a %s file system is mounted" % kind, point)
        elif source.startswith("/dev/"):
            device = os.path.basename(os.path.realpath(source))
            if text_of("/sys/class/block/%s/dm/uuid" % device).startswith("CRYPT-"):
                found("encrypted-file-system", "lies on the encrypted device %s" % source, point)
    for number, line in enumerate(text_of("/etc/crypttab").splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            found("encrypted-file-system", "sets up an encrypted device at boot", "/etc/crypttab", number)
    return "%d mounts, /etc/crypttab" % seen


@check("data-collection")
def data_collection():
    switches = (
        ("/etc/popularity-contest.conf", r"(?m)^\s*PARTICIPATE=[\"']?yes", "reports the packages in use"),
        ("/etc/default/motd-news", r"(?m)^\s*ENABLED=[\"']?1", "tells Canonical of the system at each login's news"),
        ("/etc/default/whoopsie", r"(?m)^\s*report_crashes=[\"']?true", "sends crash reports"),
    )
    for path, pattern, what in switches:
        if re.search(pattern, text_of(path)):
            found("data-collection", what, path)
    return ", ".join(path for path, _, _ in switches)


@check("instance-identity", launched_only=True)
def instance_identity():
    paths = ["/etc/machine-id", "/var/lib/dbus/machine-id", "/var/lib/systemd/random-seed"]
    paths += ["/etc/docker/key.json", "/var/lib/docker/engine-id"]
    for path in paths:
        if os.path.isfile(path) and not os.path.islink(path) and os.path.getsize(path) and in_image(path):
            if text_of(path).strip() != "uninitialized":
                found("instance-identity", "is in the image, the same on every instance", path)
    return ", ".join(paths)


@check("cloud-init-state", launched_only=True)
def cloud_init_state():
    folder = "/var/lib/cloud/instances"
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in names:
        path = os.path.join(folder, name)
        # Its files are of that boot; the folder's own time may be of now.
        if in_image(path) or in_image(os.path.join(path, "user-data.txt")):
            found("cloud-init-state", "the state of an earlier instance is in the image", path)
    return "%d folders in %s" % (len(names), folder)


@check("left-over-logs", launched_only=True)
def left_over_logs():
    seen = 0
    for folder, _, names in os.walk("/var/log"):
        for name in names:
            path = os.path.join(folder, name)
            status = os.lstat(path)
            if stat.S_ISREG(status.st_mode) and status.st_size:
                seen += 1
                if in_image(path):
                    found("left-over-logs", "%d bytes of the build's log are in the image" % status.st_size, path)
    return "%d files below /var/log" % seen


@check("left-over-files", launched_only=True)
def left_over_files():
    seen = 0
    for folder in ("/tmp", "/var/tmp", "/root/.wcs-ami"):
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            path = os.path.join(folder, name)
            seen += 1
            if in_image(path):
                found("left-over-files", "a temporary file is in the image", path)
    return "%d entries of /tmp and /var/tmp" % seen
