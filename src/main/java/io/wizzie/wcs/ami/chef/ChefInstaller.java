package io.wizzie.wcs.ami.chef;

import io.wizzie.wcs.ami.base.BuildException;
import io.wizzie.wcs.ami.base.BuildException.Category;
import io.wizzie.wcs.ami.config.ChefSpec;
import io.wizzie.wcs.ami.config.ChefSpec.ChefPackage;
import io.wizzie.wcs.ami.event.BuildEvent;
import io.wizzie.wcs.ami.ssh.CommandResult;
import io.wizzie.wcs.ami.ssh.RemoteCommand;
import io.wizzie.wcs.ami.ssh.RemoteShell;
import io.wizzie.wcs.ami.ssh.RootScript;
import io.wizzie.wcs.ami.ssh.ShellWords;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Installs the configured Chef in the guest, or accepts the one that is there. */
public final class ChefInstaller {
  private static final RootScript SCRIPT = RootScript.load(ChefInstaller.class, "install-chef.sh");
  private static final String PACKAGE_FILE = ProvisionConverge.STAGING_FOLDER + "/chef-package";
  private static final String URL_FILE = ProvisionConverge.STAGING_FOLDER + "/chef-package.url";
  private static final int UNREACHABLE = 75;
  private static final int MISMATCH = 76;
  private static final String DOWNLOAD_TRIES = "4";
  private static final Duration LEAST = Duration.ofSeconds(1);
  // The script enforces the limit itself and reports the cause, which a timeout here could not.
  private static final Duration GRACE = Duration.ofSeconds(20);
  // The guest is told whole seconds, and so gives up a moment before the deadline.
  private static final Duration ROUNDING = Duration.ofSeconds(2);
  private static final String TIMEOUT_FIELD = "timeouts.chefInstall";

  private final Clock clock;
  private final Consumer<BuildEvent> events;
  private final Duration timeout;
  private final Instant deadline;

  /**
   * @param timeout {@code timeouts.chefInstall}, which begins now
   */
  public ChefInstaller(Clock clock, Consumer<BuildEvent> events, Duration timeout) {
    this.clock = clock;
    this.events = events;
    this.timeout = timeout;
    this.deadline = clock.instant().plus(timeout);
  }

  /**
   * Installs the package unless the wanted version is there already, and checks what is there then.
   * When the package's server can't be reached and {@code chef.fallbackSoloPath} names a chef-solo,
   * that is used, with a warning. A package of another SHA-256 is never installed.
   *
   * @throws BuildException category GUEST
   */
  public InstalledChef install(RemoteShell shell, ChefSpec chef) {
    Optional<InstalledChef> present = find(shell, chef.soloPath());
    ChefPackage chefPackage = chef.chefPackage();
    if (chefPackage == null) {
      return checked(
          present,
          chef,
          "The source image has no chef-solo at "
              + chef.soloPath()
              + " (chef.soloPath), and chef.package names none to install.");
    }
    String version = chef.version();
    if (version != null
        && present.isPresent()
        && InstalledChef.satisfies(present.get().version(), version)) {
      progress(described(present.get()) + " is in the source image already.");
      return checked(present, chef, "");
    }
    if (!fetch(shell, chef, chefPackage)) {
      return fallback(shell, chef, chefPackage);
    }
    shell.require(
        SCRIPT.command(remaining().plus(GRACE), TIMEOUT_FIELD, "install", seconds()),
        "Installing Chef's package");
    return checked(
        find(shell, chef.soloPath()),
        chef,
        "The package was installed, but the guest has no chef-solo at "
            + chef.soloPath()
            + "; correct chef.soloPath.");
  }

  /** Gets the package into the guest; false when that is impossible and there is a way out. */
  private boolean fetch(RemoteShell shell, ChefSpec chef, ChefPackage chefPackage) {
    Path file = chefPackage.file();
    if (file != null) {
      upload(shell, file);
    } else if (!download(shell, chef, chefPackage)) {
      return false;
    }
    String sha256 = chefPackage.sha256();
    if (sha256 == null) {
      if (file == null) {
        throw Category.GUEST.failure(
            "chef.package.url needs chef.package.sha256; nothing was installed.");
      }
      return true;
    }
    String wanted = sha256.toLowerCase(Locale.ROOT);
    CommandResult check = shell.run(SCRIPT.command(remaining(), TIMEOUT_FIELD, "check", wanted));
    if (check.exitCode() == MISMATCH) {
      throw Category.GUEST.failure(
          String.format(
              "Chef's package from %s has the SHA-256 %s, but chef.package.sha256 is %s; it was not"
                  + " installed. If the publisher replaced the package, verify the new one and"
                  + " change the configuration.",
              source(chefPackage), check.stdout().strip(), wanted));
    }
    if (!check.succeeded()) {
      throw Category.GUEST.failure(
          "The SHA-256 of Chef's package could not be checked: " + check.said());
    }
    return true;
  }

  private boolean download(RemoteShell shell, ChefSpec chef, ChefPackage chefPackage) {
    URI url = chefPackage.url();
    if (url == null) {
      throw Category.GUEST.failure("chef.package has neither a url nor a file; write one of them.");
    }
    progress("Downloading " + shown(url) + " in the guest.");
    // In a file, not on a command line: an address may hold a password or be a signed one.
    shell.require(
        RootScript.writeFile(
            URL_FILE,
            "0600",
            stdin -> stdin.write((url.toASCIIString() + "\n").getBytes(StandardCharsets.US_ASCII))),
        "Telling the guest where Chef's package is");
    // Where another chef-solo is at hand, an offline machine should not have to wait for it.
    String tries = chef.fallbackSoloPath() == null ? DOWNLOAD_TRIES : "1";
    CommandResult result =
        shell.run(
            SCRIPT.command(remaining().plus(GRACE), TIMEOUT_FIELD, "fetch", tries, seconds()));
    if (result.succeeded()) {
      return true;
    }
    if (result.exitCode() == UNREACHABLE && chef.fallbackSoloPath() != null) {
      warn("The guest can't download " + shown(url) + ": " + result.said());
      return false;
    }
    throw Category.GUEST.failure(
        String.format(
            "The guest could not download Chef's package from %s%s: %s\nCheck the address, and that"
                + " the builder's subnet has a way out; or give the package as chef.package.file,"
                + " which is uploaded over SSH.",
            shown(url),
            clock.instant().isBefore(deadline.minus(ROUNDING))
                ? ""
                : " within " + TIMEOUT_FIELD + " (" + timeout.toSeconds() + " s)",
            result.said()));
  }

  private void upload(RemoteShell shell, Path file) {
    progress("Uploading " + file.getFileName() + ".");
    if (!Files.isReadable(file)) {
      throw Category.CONFIGURATION.failure(
          "chef.package.file: " + file + " does not exist or can't be read.");
    }
    shell.require(
        RootScript.copyFile(PACKAGE_FILE, "0600", remaining(), TIMEOUT_FIELD, file),
        "Uploading Chef's package");
  }

  private InstalledChef fallback(RemoteShell shell, ChefSpec chef, ChefPackage chefPackage) {
    String path = chef.fallbackSoloPath();
    if (path == null) {
      throw Category.GUEST.failure(
          "Chef's package could not be installed from " + source(chefPackage) + "; check it.");
    }
    return checked(
        find(shell, path),
        chef,
        "Chef's package can't be downloaded, and the guest has no chef-solo at "
            + path
            + " (chef.fallbackSoloPath) either.");
  }

  /** Requires that the found Chef is the configured one; a stand-in is announced instead. */
  private InstalledChef checked(Optional<InstalledChef> present, ChefSpec chef, String otherwise) {
    InstalledChef found = present.orElseThrow(() -> Category.GUEST.failure(otherwise));
    if (found.standIn()) {
      warn("The cookbooks are converged by the stand-in, not Chef (" + found.soloPath() + ").");
      return found;
    }
    String version = chef.version();
    if (version != null && !InstalledChef.satisfies(found.version(), version)) {
      throw Category.GUEST.failure(
          String.format(
              "chef.version is %s, but the guest's chef-solo (%s) is %s. Correct chef.version or"
                  + " chef.package.",
              version, found.soloPath(), described(found)));
    }
    if (!InstalledChef.product(found.product()).equals(chef.product())) {
      throw Category.GUEST.failure(
          String.format(
              "chef.product is %s, but the guest's chef-solo (%s) is %s. Correct chef.product or"
                  + " chef.package.",
              chef.product(), found.soloPath(), described(found)));
    }
    progress(described(found) + " is installed.");
    return found;
  }

  private Optional<InstalledChef> find(RemoteShell shell, String soloPath) {
    String path = ShellWords.quote(soloPath);
    CommandResult result =
        shell.run(
            RemoteCommand.brief(
                "sudo -n /bin/sh -c "
                    + ShellWords.quote("[ -x " + path + " ] || exit 3; " + path + " --version")));
    if (result.exitCode() == 3 && result.stdout().isBlank()) {
      return Optional.empty();
    }
    if (!result.succeeded()) {
      throw Category.GUEST.failure(soloPath + " --version failed in the guest: " + result.said());
    }
    return Optional.of(
        InstalledChef.parse(result.stdout(), soloPath)
            .orElseThrow(
                () ->
                    Category.GUEST.failure(
                        soloPath
                            + " --version printed no version, so it is no chef-solo: "
                            + result.stdout().strip())));
  }

  /** A step that begins has a moment even when the time is over, so as to fail with its name. */
  private Duration remaining() {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }

  private String seconds() {
    return String.valueOf(remaining().toSeconds());
  }

  private static String source(ChefPackage chefPackage) {
    URI url = chefPackage.url();
    return chefPackage.file() != null || url == null
        ? String.valueOf(chefPackage.file())
        : shown(url);
  }

  /** Without user, password, query and fragment, any of which may be a secret. */
  private static String shown(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
  }

  private static String described(InstalledChef chef) {
    return chef.product() + " " + chef.version();
  }

  private void progress(String message) {
    events.accept(new BuildEvent.Progress(clock.instant(), message));
  }

  private void warn(String message) {
    events.accept(new BuildEvent.Warning(clock.instant(), message));
  }
}
