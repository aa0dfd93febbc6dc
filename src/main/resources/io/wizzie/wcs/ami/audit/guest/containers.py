"""The container images that Compose starts: read from Docker's own files, so no daemon is needed."""

DOCKER = "/var/lib/docker"


@check("compose-images")
def compose_images():
    stores = []
    folder = os.path.join(DOCKER, "image")
    for driver in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        stores.append((driver, os.path.join(folder, driver)))
    told = 0
    for driver, store in stores:
        try:
            repositories = json.loads(text_of(os.path.join(store, "repositories.json"), 16 << 20) or "{}")
        except ValueError:
            repositories = {}
        names, digests = {}, {}
        for references in repositories.get("Repositories", {}).values():
            for reference, identifier in references.items():
                (digests if "@" in reference else names).setdefault(identifier, []).append(reference)
        configs = os.path.join(store, "imagedb", "content", "sha256")
        for digest in sorted(os.listdir(configs)) if os.path.isdir(configs) else ():
            identifier = "sha256:" + digest
            config = json.loads(text_of(os.path.join(configs, digest), 16 << 20))
            labels = (config.get("config") or {}).get("Labels") or {}
            base = base_system(store, driver, config)
            tell(
                image=", ".join(names.get(identifier, digests.get(identifier, [identifier]))),
                digest=", ".join(digests.get(identifier, [])),
                created=config.get("created", ""),
                label=labels.get("org.opencontainers.image.base.name", ""),
                **base
            )
            told += 1
    if not stores and os.path.isdir("/var/lib/containerd/io.containerd.content.v1.content"):
        raise NotAskable("Docker keeps its images in containerd here, which this audit does not read")
    return "%d container images" % told


def base_system(store, driver, config):
    """os-release of the lowest layer that has one."""
    chain = None
    for layer in (config.get("rootfs") or {}).get("diff_ids") or []:
        chain = layer if chain is None else "sha256:" + hashlib.sha256((chain + " " + layer).encode()).hexdigest()
        cache = text_of(os.path.join(store, "layerdb", "sha256", chain[7:], "cache-id")).strip()
        for root in (os.path.join(DOCKER, driver, cache, "diff"), os.path.join(DOCKER, driver, "dir", cache)):
            for name in ("etc/os-release", "usr/lib/os-release"):
                path = os.path.join(root, name)
                if cache and os.path.isfile(path) and not os.path.islink(path):
                    values = {}
                    for line in text_of(path).splitlines():
                        key, _, value = line.partition("=")
                        values[key] = value.strip().strip("\"'")
                    return {
                        "system": values.get("ID", ""),
                        "version": values.get("VERSION_ID", ""),
                        "name": values.get("PRETTY_NAME", ""),
                    }
    return {"system": "", "version": "", "name": ""}
