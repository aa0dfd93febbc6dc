package io.wizzie.wcs.ami.audit;

import io.wizzie.wcs.ami.guest.PodmanGuest;
import java.util.List;

/**
 * A violation to plant in a guest.
 *
 * @param sow shell text that plants it, as root
 * @param revert shell text that takes it away again
 * @param place where the finding is to be
 * @param words what the finding is to say
 */
record Plant(Check check, String sow, String revert, String place, String words) {
  // In parts, so that this file itself holds nothing that looks like a secret.
  private static final String AWS_ID = "AK" + "IAQ3EGR7ZLNHCTWXYZ";
  private static final String AWS_SECRET = "aws_secret_" + "access_key = " + "abcdeFGHIJ".repeat(4);
  private static final String GITHUB = "gh" + "p_" + "a1B2c3D4e5F6".repeat(3);
  private static final String PUBLIC_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ9nRLpV4oXbqz0sTgT8gZyqS8rYzQ2u5Jc9bq6p0abc op@example";

  @Override
  public String toString() {
    return check.id() + " at " + place;
  }

  /** Whether the two can't be planted together. */
  boolean sharesAFileWith(Plant other) {
    return revert.equals(other.revert) || place.equals(other.place);
  }

  /** What a guest may have before it is cleaned. */
  static List<Plant> inTheGuest() {
    return List.of(
        new Plant(
            Check.AUTHORIZED_KEYS,
            "mkdir -p /home/admin/.ssh; echo '"
                + PUBLIC_KEY
                + "' > /home/admin/.ssh/authorized_keys",
            "rm -r /home/admin/.ssh",
            "/home/admin/.ssh/authorized_keys:1",
            "(op@example)"),
        new Plant(
            Check.AUTHORIZED_KEYS,
            "mkdir -p /srv/gone/.ssh; echo '# one\ncommand=\"id\" "
                + PUBLIC_KEY
                + "' > /srv/gone/.ssh/authorized_keys",
            "rm -r /srv/gone",
            "/srv/gone/.ssh/authorized_keys:2",
            "ssh-ed25519"),
        new Plant(
            Check.EMPTY_PASSWORDS,
            "passwd -q -d games",
            "usermod -p '*' games",
            "/etc/shadow",
            "games"),
        new Plant(
            Check.PASSWORDS,
            "usermod -p '$6$salt$abcdefgh' games",
            "usermod -p '*' games",
            "/etc/shadow",
            "games"),
        new Plant(
            Check.PASSWORDS,
            "usermod -p '!$6$salt$abcdefgh' games",
            "usermod -p '*' games",
            "/etc/shadow",
            "games"),
        new Plant(
            Check.LOGIN_SUDO,
            "echo 'system_info: {default_user: {sudo: null}}' > /etc/cloud/cloud.cfg.d/99-z.cfg",
            "rm /etc/cloud/cloud.cfg.d/99-z.cfg",
            "/etc/cloud/cloud.cfg",
            "no sudo"),
        sshd(Check.SSH_PASSWORD_LOGIN, "PasswordAuthentication yes", "for root"),
        sshd(
            Check.SSH_PASSWORD_LOGIN,
            "Match User admin\nPasswordAuthentication yes",
            "passwordauthentication yes for admin"),
        sshd(Check.SSH_PASSWORD_LOGIN, "KbdInteractiveAuthentication yes", "kbdinteractive"),
        sshd(Check.SSH_PASSWORD_LOGIN, "PermitEmptyPasswords yes", "permitemptypasswords"),
        sshd(Check.SSH_ROOT_LOGIN, "PermitRootLogin yes", "permitrootlogin yes"),
        new Plant(
            Check.PRIVATE_KEYS,
            "ssh-keygen -q -t ed25519 -N '' -f /opt/app/deploy",
            "rm /opt/app/deploy*",
            "/opt/app/deploy:1",
            "private key"),
        new Plant(
            Check.PRIVATE_KEYS,
            "ssh-keygen -q -t rsa -m PEM -N '' -f /opt/app/k; (echo key: '|'; cat /opt/app/k) > /etc/x.yml; rm /opt/app/k*",
            "rm /etc/x.yml",
            "/etc/x.yml:2",
            "private key"),
        file(
            Check.AWS_CREDENTIALS,
            "/opt/app/settings.py",
            "KEY = '" + AWS_ID + "'",
            "access key ID"),
        file(Check.AWS_CREDENTIALS, "/root/.aws/credentials", AWS_SECRET, "a secret key"),
        file(Check.TOKENS, "/usr/local/bin/deploy", "TOKEN=" + GITHUB, "GitHub"),
        file(
            Check.TOKENS,
            "/opt/app/repo/.git/config",
            "url = https://bot:" + "hunter22@git.example/x.git",
            "URL with a password"),
        file(Check.ENV_FILES, "/opt/app/.env", "DB_PASSWORD=postgres", "DB_PASSWORD"),
        file(Check.ENV_FILES, "/usr/local/etc/app.env", "export API_KEY='k-123'", "API_KEY"),
        file(
            Check.CREDENTIAL_FILES,
            "/root/.netrc",
            "machine git.example login bot password hunter22",
            "credentials"),
        file(
            Check.CREDENTIAL_FILES,
            "/home/admin/.docker/config.json",
            "{\"auths\": {\"r.example\": {\"auth\": \"Ym90Omh1bnRlcjIy\"}}}",
            "credentials"),
        file(Check.CREDENTIAL_FILES, "/root/.pgpass", "*:*:*:postgres:hunter22", "credentials"),
        file(Check.SHELL_HISTORIES, "/srv/.bash_history", "mysql -phunter22", "history"),
        file(
            Check.ASKS_FOR_AWS_KEYS,
            "/usr/local/bin/setup.sh",
            "read -r -p 'Key? ' AWS_SECRET_ACCESS_KEY",
            "asks for AWS keys"),
        new Plant(
            Check.ENCRYPTED_FILE_SYSTEM,
            "echo 'data /dev/xvdb none luks' > /etc/crypttab",
            "rm /etc/crypttab",
            "/etc/crypttab:1",
            "encrypted"),
        new Plant(
            Check.SECURITY_UPDATES, archiveText("99"), archiveText("0"), "", "-> 99 is pending"),
        new Plant(
            Check.END_OF_LIFE_SYSTEM,
            "rm /etc/os-release; sed 's/^VERSION_ID=.*/VERSION_ID=\"10\"/' /usr/lib/os-release > /etc/os-release",
            "ln -sf ../usr/lib/os-release /etc/os-release",
            "",
            "until 2024-06-30 only"),
        file(Check.DATA_COLLECTION, "/etc/default/motd-news", "ENABLED=1", "Canonical"),
        new Plant(
            Check.COMPOSE_IMAGES,
            container(),
            "rm -r /var/lib/docker",
            "example/druid:1",
            "base Debian 9, without security updates since 2022-06-30"),
        new Plant(
            Check.ROOT_LOCKED,
            "cp -p /etc/shadow /etc/shadow.kept; sed -i 's/^root:[^:]*:/root:x:/' /etc/shadow",
            "mv /etc/shadow.kept /etc/shadow",
            "/etc/shadow",
            "root's password"));
  }

  /** What the cleaning takes away, and what would be found wherever it is. */
  static List<Plant> inTheImage() {
    return List.of(
        file(Check.PRIVATE_KEYS, "/etc/leak.pem", "", "")
            .sowing("ssh-keygen -q -t ed25519 -N '' -f /etc/leak.pem"),
        file(Check.ENV_FILES, "/opt/app/.env", "DB_PASSWORD=postgres", "DB_PASSWORD"),
        file(Check.SSH_HOST_KEYS, "/etc/ssh/ssh_host_baked", "x", "image"),
        file(Check.INSTANCE_IDENTITY, "/var/lib/systemd/random-seed", "x", "image"),
        file(Check.CLOUD_INIT_STATE, "/var/lib/cloud/instances/i-old/user-data.txt", "x", "image")
            .at("/var/lib/cloud/instances/i-old"),
        file(Check.LEFT_OVER_LOGS, "/var/log/planted.log", "x", "image"),
        file(Check.LEFT_OVER_FILES, "/var/tmp/planted", "x", "image"));
  }

  /** A security archive, the only one, with one package in this version. */
  static void archive(PodmanGuest guest, String version) {
    guest.root(archiveText(version));
  }

  /** The same as the suite {@code x-security} of an archive, which no source names yet. */
  static void securityArchive(PodmanGuest guest, String version) {
    guest.root(
        archiveText(version, "dists/x-security", "main/binary-$(dpkg --print-architecture)/"));
  }

  private static String archiveText(String version) {
    return archiveText(version, ".", "")
        + " echo 'deb [trusted=yes] file:/srv/archive ./' > /etc/apt/sources.list.d/plant.list";
  }

  private static String archiveText(String version, String suite, String component) {
    String folder = "/srv/archive/" + suite;
    return ("mkdir -p %1$s/%2$s; cd %1$s; printf 'Package: hostname\\nVersion: %3$s\\nArchitecture: '"
            + "$(dpkg --print-architecture)'\\nFilename: ./h.deb\\nSize: 1\\nSHA256: %4$s\\n\\n' >"
            + " %2$sPackages; printf 'Label: Debian-Security\\nSuite: stable-security\\n"
            + "Codename: x-security\\nSHA256:\\n %%s %%s %%s\\n' $(sha256sum < %2$sPackages | cut -c1-64)"
            + " $(stat -c %%s %2$sPackages) %2$sPackages > Release;")
        .formatted(folder, component, version, "0".repeat(64));
  }

  private static Plant sshd(Check check, String setting, String words) {
    String path = "/etc/ssh/sshd_config.d/00-plant.conf";
    return new Plant(
        check, "echo '" + setting + "' > " + path, "rm " + path, "/etc/ssh/sshd_config", words);
  }

  private static Plant file(Check check, String path, String content, String words) {
    String folder = path.substring(0, path.lastIndexOf('/'));
    String place = check.place() == Check.Place.LAUNCHED ? path : path + ":1";
    return new Plant(
        check,
        "mkdir -p " + folder + "; cat > " + path + " <<'END'\n" + content + "\nEND",
        "rm " + path,
        check == Check.DATA_COLLECTION ? path : place,
        words);
  }

  private Plant sowing(String text) {
    return new Plant(check, text, revert, place, words);
  }

  private Plant at(String other) {
    return new Plant(check, sow, revert, other, words);
  }

  // As Docker's overlay2 keeps an image of one layer.
  private static String container() {
    String store = "/var/lib/docker/image/overlay2";
    String layer = "sha256:" + "ab".repeat(32);
    String image = "cd".repeat(32);
    return "mkdir -p "
        + store
        + "/imagedb/content/sha256 "
        + store
        + "/layerdb/sha256/"
        + "ab".repeat(32)
        + " /var/lib/docker/overlay2/l1/diff/etc; echo '{\"Repositories\": {\"example/druid\":"
        + " {\"example/druid:1\": \"sha256:"
        + image
        + "\"}}}' > "
        + store
        + "/repositories.json; echo '{\"created\": \"2018-03-04T05:06:07Z\", \"config\": {},"
        + " \"rootfs\": {\"diff_ids\": [\""
        + layer
        + "\"]}}' > "
        + store
        + "/imagedb/content/sha256/"
        + image
        + "; printf l1 > "
        + store
        + "/layerdb/sha256/"
        + "ab".repeat(32)
        + "/cache-id; printf 'ID=debian\\nVERSION_ID=\"9\"\\nPRETTY_NAME=\"Debian 9\"\\n' >"
        + " /var/lib/docker/overlay2/l1/diff/etc/os-release";
  }
}
