package io.wizzie.wcs.ami.chef.differential;

import io.wizzie.wcs.ami.chef.CookbookBundle;
import io.wizzie.wcs.ami.config.BuildSpec;
import io.wizzie.wcs.ami.guest.Commands;
import io.wizzie.wcs.ami.localregion.engine.ContainerEngine;
import io.wizzie.wcs.ami.localregion.model.GuestEngine.GuestRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What one chef-solo made of a fresh guest: provisioning twice, bootstrapping twice, and following
 * another address, where there is a recipe for that.
 *
 * @param version what it says of itself
 * @param runs how each of them ended
 * @param changes by path, what is other than before; the state it has now
 * @param contents where the changed files were copied to
 */
record Convergence(
    String version, List<Run> runs, SortedMap<String, String> changes, Path contents) {
  /** Both guests are the same instance, one after the other, so that no file tells them apart. */
  private static final String INSTANCE = "i-0d1ff0d1ff0d1ff0d";

  private static final String STAGING = "/root/.wcs-ami";
  private static final String IMAGE_FOLDER = "/usr/local/etc/wcs/ami";

  /** What is large, and of packages and Docker. */
  private static final List<String> PACKAGES =
      List.of("/usr/bin", "/usr/lib", "/usr/sbin", "/usr/share", "/var/lib/docker", "/var/cache");

  private static final Pattern SUMMARY = Pattern.compile("(\\d+)/(\\d+) resources updated");

  /** As the pipeline and the bootstrap hook set it. */
  private static final String ENVIRONMENT =
      "env -i HOME=/root USER=root LOGNAME=root LANG=C.UTF-8 TERM=dumb CHEF_LICENSE=accept-no-persist"
          + " DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1"
          + " PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin ";

  /** Its name, without the version. */
  String product() {
    return version.replaceFirst(":.*", "");
  }

  /** Counts of the last line. */
  record Run(String name, int updated, int total) {}

  /**
   * Launches a guest, converges in it and removes it.
   *
   * @param folder for the bundle, the output of chef-solo and the changed files
   */
  static Convergence of(
      ChefSource chef,
      BuildSpec spec,
      ContainerEngine engine,
      String baseImage,
      String address,
      Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    engine.launch(
        new GuestRequest(
            INSTANCE,
            baseImage,
            "ip-" + address.replace('.', '-'),
            null,
            Map.of("operator", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOperator operator"),
            Map.of("local-ipv4", address, "placement/region", "local"),
            false));
    try {
      return converge(chef, spec, folder);
    } finally {
      engine.remove(INSTANCE);
    }
  }

  private static Convergence converge(ChefSource chef, BuildSpec spec, Path folder)
      throws IOException, InterruptedException {
    // apt's timers would change files at a time of their own.
    Commands.inGuest(
        INSTANCE,
        "cloud-init status --wait >/dev/null; systemctl stop --quiet 'apt-daily*.timer' || true");
    String solo = chef.install(INSTANCE);
    String version =
        Commands.inGuest(INSTANCE, ENVIRONMENT + "'" + solo + "' --version")
            .lines()
            .reduce("", (first, last) -> last);
    unpack(CookbookBundle.write(spec, folder).file());
    GuestTree before = GuestTree.read(INSTANCE);
    List<Run> runs = new ArrayList<>();
    for (String time : List.of("first", "second")) {
      runs.add(run(solo, STAGING + "/provision", "provision, " + time, folder));
    }
    Commands.inGuest(
        INSTANCE,
        "umask 022; mkdir -p "
            + (IMAGE_FOLDER + "/chef_conf")
            + String.format(" && cp -R %s/bootstrap/cookbooks %s", STAGING, IMAGE_FOLDER)
            + "/bootstrap-cookbooks && "
            + String.format(
                "cp %1$s/bootstrap/solo.rb %1$s/bootstrap/node.json %2$s/chef_conf",
                STAGING, IMAGE_FOLDER));
    // The recipe for later boots installs its unit only beside the bootstrap hook.
    String hook = "/usr/local/sbin/wcs-bootstrap";
    Commands.inGuest(
        INSTANCE, String.format("printf '#!/bin/sh\\n' >%1$s && chmod 755 %1$s", hook));
    String bootstrap = IMAGE_FOLDER + "/chef_conf";
    for (String time : List.of("first", "second")) {
      runs.add(run(solo, bootstrap, "bootstrap, " + time, folder));
    }
    if (spec.bootstrap().runList().toString().contains("wcsbootstrap")) {
      Commands.inGuest(
          INSTANCE, "sed -i 's/^INTERFACE_IP=.*/INTERFACE_IP=192.0.2.9/' /usr/local/etc/wcs/.env");
      for (String time : List.of("first", "second")) {
        runs.add(
            run(
                solo + "' --override-runlist 'recipe[wcsbootstrap::address]",
                bootstrap,
                "address, " + time,
                folder));
      }
    }
    SortedMap<String, String> changes = GuestTree.read(INSTANCE).since(before);
    Path contents = folder.resolve("files");
    copyOut(changes, folder, contents);
    return new Convergence(version, runs, changes, contents);
  }

  private static void unpack(Path bundle) throws IOException, InterruptedException {
    Commands.copyIn(INSTANCE, bundle, "/root/bundle.tar.gz");
    Commands.inGuest(
        INSTANCE,
        String.format(
            "umask 077; mkdir %1$s && tar -xzf /root/bundle.tar.gz -C %1$s"
                + " && rm /root/bundle.tar.gz",
            STAGING));
  }

  private static Run run(String solo, String configuration, String name, Path folder)
      throws IOException, InterruptedException {
    String output =
        Commands.inGuest(
            INSTANCE,
            ENVIRONMENT
                + String.format(
                    "'%1$s' --config %2$s/solo.rb --json-attributes %2$s/node.json --no-color"
                        + " --force-formatter --log_level warn 2>&1; echo \"exit code $?\"",
                    solo, configuration));
    Path log = folder.resolve(name.replace(", ", "-") + ".log");
    Files.writeString(log, output + "\n");
    Matcher summary = SUMMARY.matcher(output);
    if (!output.endsWith("exit code 0") || !summary.find()) {
      throw new AssertionError(solo + " failed (" + name + "), see " + log + ":\n" + output);
    }
    return new Run(name, Integer.parseInt(summary.group(1)), Integer.parseInt(summary.group(2)));
  }

  /** Keeps what files became, for people and for differences of their text. */
  private static void copyOut(SortedMap<String, String> changes, Path folder, Path contents)
      throws IOException, InterruptedException {
    Files.createDirectories(contents);
    Path list = folder.resolve("changed");
    Files.write(
        list,
        changes.entrySet().stream()
            .filter(change -> change.getValue().startsWith("f "))
            .map(change -> change.getKey())
            .filter(path -> PACKAGES.stream().noneMatch(path::startsWith))
            .collect(Collectors.toList()),
        StandardCharsets.UTF_8);
    Commands.copyIn(INSTANCE, list, "/root/changed");
    // A file may go while it is read.
    Commands.inGuest(
        INSTANCE,
        "tar -C / -czf /root/changed.tar.gz --ignore-failed-read -T /root/changed 2>/dev/null || true");
    Path archive = folder.resolve("changed.tar.gz");
    Commands.copyOut(INSTANCE, "/root/changed.tar.gz", archive);
    Commands.run("tar", "-xzf", archive.toString(), "--no-same-owner", "-C", contents.toString());
  }
}
